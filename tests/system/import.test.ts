import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { hudson, serve, tempDir } from './hudson.ts'

const catalogue = resolve('..', 'shared', 'fixtures', 'shopify-csv', 'jewelery.csv')

test('a catalogue is imported, a second time changes nothing, and a dry run writes nothing', async ({ skip }) => {
  skip(!existsSync(catalogue), `${catalogue} is not here`)
  using dir = tempDir()
  const data = ['--data-dir', dir.path]
  const dry = await hudson(['import', catalogue, '--dry-run', ...data])
  expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('Would change: 20 created, 0 updated, 0 unchanged.')])
  const first = await hudson(['import', catalogue, ...data])
  expect([first.code, first.out]).toEqual([0, expect.stringContaining('Imported: 20 created, 0 updated, 0 unchanged.')])
  expect(first.out).toContain('Found 20 products, 23 variants, 41 pictures, 2 brands.')
  const second = await hudson(['import', catalogue, ...data])
  expect(second.out).toContain('Imported: 0 created, 0 updated, 20 unchanged.')
})

test('lines that are left out are told with their numbers; the rest is imported', async () => {
  using dir = tempDir()
  const file = join(dir.path, 'some.csv')
  writeFileSync(file, 'Handle,Title,Vendor,Variant Price\na,A,V,1.00\nb,B,V,many\nc,C,V,3.00\n')
  const { code, out } = await hudson(['import', file, '--data-dir', dir.path])
  expect(code).toBe(0)
  expect(out).toMatch(/Left out: 1 line\n {2}line 3: /)
})

test('a file that is refused ends with 1 and says why, on the running instance too', async () => {
  using dir = tempDir()
  const file = join(dir.path, 'not.csv')
  writeFileSync(file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]))
  await using _server = await serve(dir.path)
  for (const path of [file, join(dir.path, 'missing.csv')]) {
    const { code, out, err } = await hudson(['import', path, '--data-dir', dir.path])
    expect([code, out]).toEqual([1, ''])
    expect(err.length).toBeGreaterThan(20)
  }
})

test('serve --demo has the sample data, and loading it again changes nothing', async () => {
  using dir = tempDir()
  const info = { ok: true, value: { counts: { products: expect.any(Number), sessions: 2 } } }
  const counted: unknown[] = []
  for (let n = 0; n < 2; n++) {
    await using server = await serve(dir.path, '--demo')
    const reply = await server.call('app.info')
    expect(reply).toMatchObject(info)
    counted.push(reply)
    expect(await server.end('SIGTERM')).toBe(0)
  }
  expect(counted[1]).toEqual(counted[0])
})
