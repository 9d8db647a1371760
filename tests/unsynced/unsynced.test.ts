import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { createUnsynced } from '../../src/main/unsynced/unsynced.ts'
import { unsyncedEdits } from '../../src/main/unsynced/edit-words.ts'
import { addBrand, addProduct, addSession, openDesk } from '../sync/desk.ts'
import type { Desk } from '../sync/desk.ts'

// What waits for a team that cannot have it yet, in a file for people.

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function desk(): Desk {
  // Nobody listens there, and nobody is asked.
  return openDesk('postgresql://nobody@127.0.0.1:1/none')
}

function handlers(one: Desk, saved: string[] = []) {
  const save = async ({ fileName }: { fileName: string }): Promise<string> => {
    saved.push(fileName)
    return fileName
  }
  return createUnsynced({ db: one.db, clock: one.clock, documents: { save } })
}

async function csvOf(one: Desk): Promise<string[]> {
  const { base64 } = await handlers(one)['sync.exportUnsynced']({ format: 'csv' })
  return Buffer.from(base64, 'base64').toString().replace('\uFEFF', '').trimEnd().split('\r\n')
}

test('every edit that waits is there with its name, its fields, and its values before and now', async () => {
  await using one = desk()
  const ring = addProduct(one, addBrand(one), { name: 'Ring', price_cents: 1_000 })
  one.writer.transact((tx) => tx.update('products', ring, { price_cents: 1_250, name: 'Gold "ring"' }))
  const show = addSession(one, 'Friday')
  one.writer.transact((tx) => tx.remove('sessions', show))
  const [titles, ...rows] = await csvOf(one)
  expect(titles).toBe('When (UTC),What,Name,Change,Field,Before,Now,Edit,Id')
  const at = one.clock.now().slice(0, 19).replace('T', ' ')
  const edit = must(
    unsyncedEdits(one.db).find(({ op }) => op === 'update'),
    'an edit',
  ).tx
  expect(rows).toContain(`${at},Product,"Gold ""ring""",changed,Price,10.00,12.50,${edit},${ring}`)
  expect(rows).toContain(`${at},Product,"Gold ""ring""",changed,Name,Ring,"Gold ""ring""",${edit},${ring}`)
  expect(rows.filter((row) => row.includes(',Session,Friday,new,Name,,Friday,'))).toHaveLength(1)
  expect(rows.at(-1)).toMatch(new RegExp(`,Session,Friday,deleted,,,,\\d+,${show}$`))
  expect(rows.some((row) => /,(Created at|Updated at|Id),/.test(row))).toBe(false)
})

test('as JSON it has every value, and counts edits as the status does', async () => {
  await using one = desk()
  const ring = addProduct(one, addBrand(one))
  one.writer.transact((tx) => {
    tx.update('products', ring, { sku: 'R-1' })
    tx.update('brands', String(one.row('products', ring)?.['brand_id']), { notes: '=1+1' })
  })
  const reply = await handlers(one)['sync.exportUnsynced']({ format: 'json' })
  const { edits } = JSON.parse(Buffer.from(reply.base64, 'base64').toString()) as { edits: object[] }
  expect(edits).toHaveLength(4)
  expect(reply.edits).toBe(one.outbox.edits())
  expect(reply.fileName).toMatch(/^hudson-edits-\d{4}-\d\d-\d\dT\d\d-\d\d\.json$/)
  expect(edits).toContainEqual(
    expect.objectContaining({ entity: 'products', before: { sku: null }, now: { sku: 'R-1' } }),
  )
})

test('no cell of it is a formula', async () => {
  await using one = desk()
  addBrand(one, '=HYPERLINK("http://x","y")')
  expect((await csvOf(one)).join('\n')).toContain(`"'=HYPERLINK(`)
})

test('a damaged edit does not keep the others from being saved', async () => {
  await using one = desk()
  addBrand(one, 'Acme')
  addBrand(one, 'Blom')
  one.db.statement(`UPDATE sync_outbox SET patch = '{"name":"Ac' WHERE id = 1`).run()
  const rows = await csvOf(one)
  expect(rows[1]).toMatch(/,Brand,Acme,new,\(cannot be read\),,,1,/)
  expect(rows.slice(2).join('\n')).toContain(',Name,,Blom,')
})

test('a path gets a new file that only this person reads, and no file is replaced', async () => {
  await using one = desk()
  addBrand(one)
  const folder = mkdtempSync(join(tmpdir(), 'hudson-unsynced-'))
  folders.push(folder)
  const path = join(folder, 'mine.csv')
  const save = handlers(one)['sync.saveUnsynced']
  expect(await save({ format: 'csv', path })).toEqual({ savedAs: 'mine.csv', edits: 1 })
  expect(readFileSync(path, 'utf8')).toContain('Acme')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  writeFileSync(path, 'of somebody else')
  await expect(save({ format: 'csv', path })).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(path, 'utf8')).toBe('of somebody else')
  await expect(save({ format: 'csv', path: join(folder, 'none', 'a.csv') })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(save({ format: 'csv', path: 'a.csv' })).rejects.toMatchObject({ code: 'bad-call' })
})

test('without a path the person is asked where', async () => {
  await using one = desk()
  const saved: string[] = []
  const { savedAs, edits } = await handlers(one, saved)['sync.saveUnsynced']({ format: 'csv' })
  expect(saved).toEqual([savedAs])
  expect(edits).toBe(0)
})
