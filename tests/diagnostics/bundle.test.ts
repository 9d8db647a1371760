import { unzipSync } from 'fflate'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Output } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import { describeSettings } from '../../src/main/bundle-contents.ts'
import { createBundle } from '../../src/main/diagnostics/bundle.ts'
import { logTail } from '../../src/main/diagnostics/log-tail.ts'
import { noDocuments } from '../../src/main/documents.ts'
import { withoutNames, withoutNamesIn } from '../../src/main/private-text.ts'
import { redactByForm } from '../../src/main/open-crashes.ts'
import { FakeClock } from '../support/core.ts'
import { openDesktop } from '../support/desktop.ts'
import { tempDir } from '../support/temp-dir.ts'

const textsOf = (zip: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]))
const asRecord = (parts: Output<'diagnostics.bundlePreview'>['parts']): Record<string, string> =>
  Object.fromEntries(parts.map(({ name, text }) => [name, text]))

describe('a bundle', () => {
  test('is, to the letter, what its preview showed; the file is private, whole, and replaces none', async () => {
    const here = openDesktop({})
    await here.call('sample.load', {})
    const { previewId, parts, fileName } = await here.call('diagnostics.bundlePreview', {})
    expect(fileName).toMatch(/^hudson-support-\d{4}-\d\d-\d\d-\d\d-\d\d\.zip$/)
    expect(parts.every(({ bytes, text }) => bytes === Buffer.byteLength(text))).toBe(true)
    // What happens in between changes nothing of it.
    await here.call('crashes.note', { name: 'TypeError', message: 'late' })
    const path = join(here.dataDir, 'bundle.zip')
    const { bytes } = await here.call('diagnostics.bundle', { path, previewId })
    const zip = readFileSync(path)
    expect(zip.length).toBe(bytes)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(textsOf(zip)).toEqual(asRecord(parts))
    const { base64 } = await here.call('diagnostics.exportBundle', { previewId })
    expect(Buffer.from(base64, 'base64').equals(zip)).toBe(true)

    await expect(here.call('diagnostics.bundle', { path })).rejects.toThrow('There is a file of that name already')
    expect(readFileSync(path).equals(zip)).toBe(true)
    expect(readdirSync(here.dataDir).filter((name) => name.endsWith('.part'))).toEqual([])
    const anew = await here.call('diagnostics.bundlePreview', {})
    expect(Object.keys(asRecord(anew.parts)).some((name) => name.startsWith('crashes/'))).toBe(true)
    await expect(here.call('diagnostics.bundle', { path: join(here.dataDir, 'b.zip'), previewId })).rejects.toThrow(
      'This preview is not kept any more',
    )
  })

  test('says how Hudson stands in counts, and names no product, session, shop or path', async () => {
    const here = openDesktop({})
    await here.call('sample.load', {})
    await here.call('settings.update', {
      patch: { shopify: { shop: 'anna-boutique' }, team: { deviceName: 'Annas Mac' } },
    })
    await here.call('crashes.note', { name: 'Error', message: 'No “Blue knit” at anna-boutique.myshopify.com' })
    const { parts } = await here.call('diagnostics.bundlePreview', {})
    const all = asRecord(parts)
    expect(Object.keys(all).toSorted()).toEqual([
      expect.stringMatching(/^crashes\/[0-9a-f-]{36}\.json$/),
      'diagnostics.json',
      'log.jsonl',
      'settings.json',
      'status.json',
      'versions.json',
    ])
    const { items } = await here.call('products.list', { limit: 500 })
    const sessions = await here.call('sessions.list', {})
    const names = [...items, ...sessions.items].map(({ name }) => name)
    const text = Object.values(all).join('\n')
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => text.includes(name))).toEqual([])
    expect(text).not.toMatch(/boutique|Annas|Blue knit/)
    expect(text).not.toContain(here.dataDir)
    expect(JSON.parse(must(all['status.json'], 'the status'))).toMatchObject({
      counts: { products: items.length, sessions: sessions.items.length },
      team: { state: 'unconfigured', pending: expect.any(Number) },
    })
    expect(JSON.parse(must(all['settings.json'], 'the settings'))).toMatchObject({
      theme: 'system',
      team: { deviceName: 'set' },
      shopify: { shop: 'set', clientId: null },
      privacy: { crashReports: 'off' },
    })
    const { checks } = JSON.parse(must(all['diagnostics.json'], 'the checks')) as Output<'diagnostics.run'>
    expect(checks.map(({ name }) => name)).toContain('queue')
  })

  test('goes nowhere that is not there, and no half of a path', async () => {
    const here = openDesktop({})
    await expect(here.call('diagnostics.bundle', { path: 'bundle.zip' })).rejects.toThrow('needs a whole path')
    const nowhere = join(here.dataDir, 'nowhere', 'b.zip')
    await expect(here.call('diagnostics.bundle', { path: nowhere })).rejects.toThrow('The folder for the file')
    await expect(
      here.call('diagnostics.bundle', { path: join(here.dataDir, `${'x'.repeat(300)}.zip`) }),
    ).rejects.toThrow('cannot be written there')
    await expect(here.call('diagnostics.saveBundle', {})).rejects.toThrow('Only the desktop app')
    expect(existsSync(nowhere)).toBe(false)
  })

  test('passes the redaction of the log in every part, line by line', async () => {
    const secret = 'correct horse battery'
    const bundle = createBundle({
      clock: new FakeClock(),
      documents: noDocuments,
      redact: (value) => redactByForm(JSON.parse(JSON.stringify(value).replaceAll(secret, '[redacted]'))),
      contents: async () => [
        { name: 'a.json', value: { token: 'x1', note: secret } },
        {
          name: 'log.jsonl',
          lines: Array.from({ length: 120 }, (_, n) => ({ n, error: `${secret} shpat_0123456789` })),
        },
      ],
    })
    const { parts } = await bundle['diagnostics.bundlePreview']({})
    const text = parts.map((part) => part.text).join('')
    expect(text).not.toMatch(/x1|correct horse|shpat_0/)
    expect(parts[1]?.text.trimEnd().split('\n')).toHaveLength(120)
  })
})

describe('the end of the log', () => {
  const line = (n: number): string => `${JSON.stringify({ n, text: 'x'.repeat(200) })}\n`
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, n) => line(from + n)).join('')

  test('is its last 500 lines, across the change to a new file', () => {
    const dir = tempDir()
    writeFileSync(join(dir, 'hudson.log.1'), lines(0, 600))
    writeFileSync(join(dir, 'hudson.log'), `${lines(600, 700)}{"cut off`)
    const tail = logTail(dir)
    expect(tail).toHaveLength(500)
    expect(tail[0]).toMatchObject({ n: 201 })
    expect(tail.at(-2)).toMatchObject({ n: 699 })
    expect(tail.at(-1)).toBe('{"cut off')
  })

  test('is at most 256 KiB, and never half a line', () => {
    const dir = tempDir()
    const large = Array.from({ length: 100 }, (_, n) => `${JSON.stringify({ n, text: 'y'.repeat(9_000) })}\n`).join('')
    writeFileSync(join(dir, 'hudson.log'), large)
    const tail = logTail(dir)
    expect(tail.length).toBeGreaterThan(20)
    expect(tail.every((one) => typeof one === 'object')).toBe(true)
    expect(Buffer.byteLength(JSON.stringify(tail))).toBeLessThanOrEqual(256 * 1024)
  })

  test('is empty where nothing was logged', () => {
    expect(logTail(join(tempDir(), 'nowhere'))).toEqual([])
  })
})

describe('names', () => {
  test.each([
    ['No “Blue knit” here', 'No "…" here'],
    ['Unexpected token B in "Blue \\" knit"', 'Unexpected token B in "…"'],
    ["reading 'priceCents' of 'Blue knit'", "reading 'priceCents' of '…'"],
    ['GET https://cdn.shop.example/blue-knit.jpg?v=1 failed', 'GET [link] failed'],
    ['getaddrinfo ENOTFOUND ep-cool-1.eu.neon.tech', 'getaddrinfo ENOTFOUND [host]'],
    ['mail anna.b+x@example.org now', 'mail [address] now'],
    ["open '/home/anna/x y.csv'", "open '…'"],
    ['open /home/anna/x.csv: no', 'open [path]: no'],
    ['at f (app://hudson/assets/index-1.js:1:2)', 'at f (assets/index-1.js:1:2)'],
    ['at f (http://127.0.0.1:4100/assets/index-1.js:1:2)', 'at f (assets/index-1.js:1:2)'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
  ])('%s', (text, clean) => {
    expect(withoutNames(text)).toBe(clean)
  })

  test('what people wrote goes by its field', () => {
    expect(withoutNamesIn([{ title: 'Blue knit', kind: 'x', n: 1, inner: { label: 'Ring', deep: null } }])).toEqual([
      { title: '[left out]', kind: 'x', n: 1, inner: { label: '[left out]', deep: null } },
    ])
  })
})

test('a setting that people type in is never told, whatever its name', async () => {
  const here = openDesktop({})
  const settings = await here.call('settings.get', {})
  const told = describeSettings({
    ...settings,
    points: { ...settings.points, model: 'secret model', baseUrl: 'https://user:pw@x.example' },
  })
  expect(told).toMatchObject({ points: { model: 'set', baseUrl: 'set', tone: settings.points.tone } })
})
