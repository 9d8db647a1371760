import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { csv, testLibrary } from '../library/support.ts'

const dir = mkdtempSync(join(tmpdir(), 'hudson-csv-'))
afterAll(() => rmSync(dir, { recursive: true }))

const good = (handle: string) => `${handle},Name of ${handle},,V,,true,Size,S,SKU-${handle},5.00,,,,,`
const file = (name: string, content: string | Buffer) => {
  const path = join(dir, name)
  writeFileSync(path, content)
  return path
}

test.each([
  ['price with a comma', 'x,X,,V,,true,,,,"12,50",,,,,', '"12,50" is not an amount'],
  ['price with a sign of money', 'x,X,,V,,true,,,,$12.50,,,,,', '"$12.50" is not an amount'],
  ['negative price', 'x,X,,V,,true,,,,-1,,,,,', '"-1" is not an amount'],
  ['huge price', 'x,X,,V,,true,,,,99999999.00,,,,,', 'is not an amount'],
  ['price that is no number', 'x,X,,V,,true,,,,NaN,,,,,', '"NaN" is not an amount'],
  ['no handle', ',X,,V,,true,,,,1.00,,,,,', 'no handle'],
  ['no title', 'x,,,V,,true,,,,1.00,,,,,', 'no title'],
  ['cut off', 'x,X', '2 columns'],
  ['too many columns', `${good('x')},,extra`, 'only 15'],
  ['quote within a field', 'x,5" ring,,V,,true,,,,1.00,,,,,', 'quote'],
  ['text behind a closing quote', 'x,"X"y,,V,,true,,,,1.00,,,,,', 'quote'],
])('a line with %s is left out with its number; its neighbours are taken', async (_, line, reason) => {
  const { importText } = testLibrary()
  const report = await importText(csv(good('a'), line, good('b')))
  expect(report.skipped).toEqual([{ line: 3, reason: expect.stringContaining(reason) }])
  expect(report.sample.map(({ handle }) => handle)).toEqual(['a', 'b'])
})

test('a quote that is never closed costs its own line only', async () => {
  const { importText } = testLibrary()
  const last = await importText(csv(good('a'), 'x,"X,,V,,true,,,,1.00,,,,,', good('b'), good('c')))
  expect(last.skipped).toEqual([{ line: 3, reason: expect.stringContaining('never closed') }])
  expect(last.created).toBe(3)
  const quoted = good('b').replace('Name of b', '"Name, quoted"')
  const between = await testLibrary().importText(csv(good('a'), 'x,"X,,V,,true,,,,1.00,,,,,', quoted, good('c')))
  expect(between.skipped).toMatchObject([{ line: 3 }])
  expect(between.created).toBe(3)
})

test.each(['\n', '\r\n', '\r'])(
  'lines are counted right with %j, empty lines and line breaks in quotes',
  async (end) => {
    const { importText, call } = testLibrary()
    const text = [
      csv().trim(),
      '',
      'a,A,"one',
      'two',
      'three",V,,true,,,,1.00,,,,,',
      '',
      'x,X,,V,,true,,,,bad,,,,,',
      good('b'),
    ]
    const report = await importText(text.join(end))
    expect(report.skipped).toMatchObject([{ line: 7 }])
    expect(report.created).toBe(2)
    expect((await call('products.list', {})).items[0]?.descriptionHtml).toBe(`one${end}two${end}three`)
  },
)

test.each([
  [';', 'a semicolon'],
  ['\t', 'a tab'],
])('columns separated by %j are understood', async (delimiter) => {
  const { importText } = testLibrary()
  expect(await importText(csv(good('a')).replaceAll(',', delimiter))).toMatchObject({ created: 1, skipped: [] })
})

test('other separators, missing columns and empty files are refused in words', async () => {
  const { importText } = testLibrary()
  await expect(importText(csv(good('a')).replaceAll(',', '|'))).rejects.toThrow('save the file with commas')
  await expect(importText('Handle,Name\na,b')).rejects.toThrow('no column "Title". Found: "Handle", "Name"')
  await expect(importText('')).rejects.toThrow('empty')
  await expect(importText('\n\n')).rejects.toThrow('empty')
})

test('a file with only a header brings nothing', async () => {
  expect(await testLibrary().importText(csv())).toMatchObject({ created: 0, skipped: [], found: { products: 0 } })
})

test('header names are found whatever their case, space, order and age', async () => {
  const { importText, call } = testLibrary()
  const report = await importText(
    '\uFEFF title ,"HANDLE",Price,Included / Germany,Product Category,Status,SKU\nA,a,3.00,true,Rings,Active,S1',
  )
  expect(report).toMatchObject({ created: 1, skipped: [] })
  expect((await call('products.list', {})).items).toMatchObject([{ name: 'A', priceCents: 300, sku: 'S1' }])
})

test('UTF-16 and Windows-1252 are decoded', async () => {
  const { call } = testLibrary()
  const text = csv(good('a').replace('Name of a', 'Größe'))
  const utf16 = file('utf16.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
  expect(await call('library.importCsv', { path: utf16 })).toMatchObject({ created: 1, warnings: [] })
  const report = await call('library.importCsv', { path: file('latin.csv', Buffer.from(text, 'latin1')) })
  expect(report).toMatchObject({ unchanged: 1, warnings: [{ line: 1 }] })
})

test('binary files, folders, missing files and 100 MB are refused', async () => {
  const { call } = testLibrary()
  const refused = (path: string, reason: string) => expect(call('library.importCsv', { path })).rejects.toThrow(reason)
  await refused(file('picture.csv', Buffer.from([0x89, 0x50, 0, 0, 1])), 'not a text file')
  await refused(dir, 'not a file')
  await refused(join(dir, 'nothing.csv'), 'cannot be read')
  const huge = file('huge.csv', csv())
  truncateSync(huge, 100_000_000)
  await refused(huge, 'at most 50 MiB')
  await expect(call('library.importCsv', {})).rejects.toThrow('Name one CSV file')
  await expect(call('library.importCsv', { content: 'a', path: huge })).rejects.toThrow('Name one CSV file')
})

test('10,000 bad lines are all reported, each with its line, and the good ones between them are taken', async () => {
  const { importText } = testLibrary()
  const bad = ['x,X', 'y,5" y,,V,,true,,,,1.00,,,,,', 'z,"Z"z,,V,,true,,,,1.00,,,,,', 'w,W,,V,,true,,,,one,,,,,']
  const lines = Array.from({ length: 10_000 }, (_, index) => bad[index % bad.length] ?? '')
  const report = await importText(csv(good('a'), ...lines, good('b')))
  expect(report.created).toBe(2)
  expect(report.skipped.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 3))
})
