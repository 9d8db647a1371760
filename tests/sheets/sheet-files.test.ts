import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import type { SheetData } from 'write-excel-file/node'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { AppError } from '../../src/shared/app-error.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { SheetFiles } from '../../src/main/sheets/sheet-files.ts'
import { csvFile } from '../../src/main/sheets/write-csv.ts'
import { xlsxFile } from '../../src/main/sheets/write-xlsx.ts'

const dir = mkdtempSync(join(tmpdir(), 'hudson-sheets-'))
const files = new SheetFiles({ pathOf: (id) => join(dir, id), runDiskJob: diskWork(undefined) })

afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function readFile(name: string, bytes: Uint8Array) {
  writeFileSync(join(dir, name), bytes)
  return await files.read({ uploadId: name })
}

const cells = async (content: string) => (await files.read({ content })).rows.map((row) => row.cells)

test.each([
  ['commas', 'a,b\n1,2'],
  ['semicolons', 'a;b\n1;2'],
  ['tabs', 'a\tb\n1\t2'],
  ['semicolons, with commas in the quotes of the header', '"a";b\n1;2'],
  ['what Excel says in a line of its own', 'sep=;\r\na;b\r\n1;2'],
  ['commas behind a byte order mark', '\uFEFFa,b\r\n1,2\r\n'],
])('columns are separated by %s', async (_what, content) => {
  expect(await cells(content)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test('lines are counted as an editor counts them; empty rows are left out, and a broken one costs only itself', async () => {
  const { rows, broken } = await files.read({ content: 'sep=,\na,b\n\n,\n"1\n1",2\nx"y,3\n4,5\n' })
  expect(rows.map(({ line, cells: [first] }) => [line, first])).toEqual([
    [2, 'a'],
    [5, '1\n1'],
    [8, '4'],
  ])
  expect(broken.map(({ line }) => line)).toEqual([7])
})

test('a workbook is read as text: numbers, dates, yes and no', async () => {
  const data: SheetData = [
    ['name', 'price', 'on', 'day', 'pid'],
    ['Ring', 19.99, true, { value: new Date('2026-11-27T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }, 1729384756],
    ['Hoop', 0.1 + 0.2, false, null, 1729384756123456800],
  ]
  const sheet = await readFile('values', await writeWorkbook(data, { sheet: 'Friday' }).toBuffer())
  expect(sheet.name).toBe('Friday')
  expect(sheet.rows.map((row) => [...row.cells])).toEqual([
    ['name', 'price', 'on', 'day', 'pid'],
    ['Ring', '19.99', 'yes', '2026-11-27', '1729384756'],
    ['Hoop', '0.3', 'no', '', '1.7293847561234568E+18'],
  ])
})

test('a workbook of another program: ids with all their digits, rounded ones, and cells that hold an error', async () => {
  const parts = unzipSync(await writeWorkbook([['a', 1, 2, 3, 4]]).toBuffer())
  const name = Object.keys(parts).find((one) => one.includes('worksheets/sheet')) ?? ''
  const xml = strFromU8(parts[name] ?? new Uint8Array())
    .replace('<v>1</v>', '<v>1729384756123456789</v>')
    .replace('<v>2</v>', '<v>1.72938475612345E+18</v>')
    .replace(/<c r="D1"[^>]*><v>3<\/v>/, '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v>')
    .replace('<v>4</v>', '<v>1.2E-2</v>')
  const { rows } = await readFile('other.xlsx', zipSync({ ...parts, [name]: strToU8(xml) }))
  expect(rows[0]?.cells).toEqual(['a', '1729384756123456789', '1.72938475612345E+18', '', '0.012'])
})

test('what is written as CSV and as a workbook is read back as it was', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', "'", '=', '-', '"', ',', ';', '\n', 'ü', '💍', '<', '&', '_x000D_'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { maxLength: 5 }), async (given) => {
      const rows = [['one', 'two'], ...given.filter((row) => row.some((one) => one.trim() !== ''))]
      const csv = await readFile('round.csv', csvFile(rows))
      expect(csv.rows.map((row) => [...row.cells])).toEqual(rows)
      const columns = ['one', 'two'].map((title) => ({ title, width: 10 }))
      const xlsx = await readFile('round.xlsx', await xlsxFile('x', columns, rows.slice(1)))
      expect(xlsx.rows.map(({ cells: [one = '', two = ''] }) => [one, two])).toEqual(rows)
    }),
    { numRuns: 60 },
  )
})

test('no cell of a workbook that is written is a formula', async () => {
  const bytes = await xlsxFile('a/b:c', [{ title: '=1+1', width: 5 }], [['=HYPERLINK("http://x")'], ['\u0000=2']])
  const parts = Object.values(unzipSync(bytes)).map((part) => strFromU8(part))
  expect(parts.some((part) => part.includes('HYPERLINK'))).toBe(true)
  expect(parts.join('')).not.toMatch(/<f[ >]/)
})

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was read'),
    (thrown: unknown) => thrown as Error,
  )
  if (!(error instanceof AppError)) throw error
  return error.message
}

test('what is no workbook, or unpacks to too much, is refused in words', async () => {
  const zip = zipSync({ '[Content_Types].xml': new Uint8Array(10) })
  expect(await refusal(readFile('small.xlsx', zip))).toMatch('cannot be read')
  expect(await refusal(readFile('cut.xlsx', zip.subarray(0, 20)))).toMatch('cannot be read')
  const bomb = Buffer.from(zip)
  // The unpacked size, as the archive's directory says it.
  bomb.writeUInt32LE(201 * 1024 * 1024, bomb.indexOf(Buffer.from('504b0102', 'hex')) + 24)
  expect(await refusal(readFile('bomb.xlsx', bomb))).toMatch('too large')
  expect(await refusal(readFile('picture', Buffer.from([0x89, 0x50, 0, 0, 1])))).toMatch('not a text file')
  expect(await refusal(files.read({ path: join(dir, 'nowhere.csv') }))).toMatch('cannot be read')
  expect(await refusal(files.read({ path: '/etc/hostname' }))).toMatch('.csv, .tsv, .txt or .xlsx')
  expect(await refusal(files.read({ content: '\n \n' }))).toMatch('empty')
  expect(await refusal(files.read({}))).toMatch('Name one file')
})
