import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { TiktokReport } from '../../src/shared/library.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { createTiktokImport } from '../../src/main/library/import-tiktok.ts'
import { SheetFiles } from '../../src/main/sheets/sheet-files.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { testCore } from '../support/core.ts'
import { tempDir } from '../support/temp-dir.ts'

const [one, two, three] = ['1729384756123456781', '1729384756123456782', '1729384756123456783']

function tiktok() {
  const core = testCore()
  const sheets = new SheetFiles({ pathOf: (id) => id, runDiskJob: diskWork(undefined) })
  const handler = createTiktokImport({ ...core, sheets })['library.importTiktok']
  const take = async (input: Parameters<typeof handler>[0]) => {
    const report = await handler(input)
    expect(TiktokReport.parse(report)).toEqual(report)
    return report
  }
  const pid = (id: string) =>
    core.db.get(core.db.build.selectFrom('products').select('pid').where('id', '=', id))?.pid ?? null
  return { ...core, make: catalogue(core), take, pid }
}

const nothing = { matched: 0, unchanged: 0, unknown: [], ambiguous: [], problems: [] }

test('products get the id that TikTok has for their SKU, or for one of their variants', async () => {
  const { make, take, pid, history } = tiktok()
  const [ring, hoop, pin] = [make.product({ name: 'Ring', sku: 'R-1' }), make.product({ name: 'Hoop' }), make.product()]
  make.variant(hoop, { sku: 'H-S' })
  make.variant(hoop, { sku: 'H-M' })
  const content = `Product ID,Product Name,SKU ID,Seller SKU\n${one},Ring,1,r-1\n${two},Hoop,2,H-S\n${two},Hoop,3,H-M`
  const report = await take({ content })
  expect(report).toMatchObject({ ...nothing, matched: 2 })
  expect(report.sample[0]).toEqual({ name: 'Ring', sku: 'r-1', before: null, pid: one })
  expect([pid(ring), pid(hoop), pid(pin)]).toEqual([one, two, null])
  expect(await take({ content })).toMatchObject({ ...nothing, unchanged: 2, undoId: null })
  expect(history.state('products').undo.map(({ label }) => label)).toEqual(['Set the TikTok id of 2 products'])
  history.undo('products', report.undoId ?? undefined)
  expect([pid(ring), pid(hoop)]).toEqual([null, null])
})

test('a dry run tells the same and writes nothing', async () => {
  const { make, take, pid } = tiktok()
  const ring = make.product({ sku: 'R-1', pid: one })
  const content = `seller_sku;product_id\nR-1;${two}`
  expect(await take({ content, dryRun: true })).toMatchObject({ matched: 1, dryRun: true, undoId: null })
  expect(pid(ring)).toBe(one)
  await take({ content })
  expect(pid(ring)).toBe(two)
})

test('what is not clear is reported and left as it is', async () => {
  const { make, take, pid } = tiktok()
  const twins = [make.product({ name: 'A', sku: 'T' }), make.product({ name: 'B', sku: 't' })]
  const torn = make.product({ name: 'Torn', sku: 'X-1' })
  make.variant(torn, { sku: 'X-2' })
  const current = make.product({ name: 'Now', sku: 'OLD' })
  make.product({ name: 'Then', sku: 'OLD', status: 'archived' })
  const lines = [`${one},T,`, `${one},X-1,`, `${two},X-2,`, `${three},OLD,`, `${one},nope,No such`]
  const report = await take({ content: `Product ID,Seller SKU,Product name\n${lines.join('\n')}` })
  expect(report.ambiguous).toMatchObject([
    { line: 2, sku: 'T', products: ['A', 'B'] },
    { line: 4, sku: 'X-2', products: ['Torn'] },
  ])
  expect(report).toMatchObject({ matched: 1, unknown: [{ line: 6, sku: 'nope', name: 'No such' }] })
  expect([...twins, torn].map(pid)).toEqual([null, null, null])
  expect(pid(current)).toBe(three)
})

test('a workbook as TikTok makes it: titles below others, explanations below them', async () => {
  const { make, take, pid } = tiktok()
  const ring = make.product({ sku: '1001' })
  const path = join(tempDir(), 'Tiktoksellercenter_batchedit.xlsx')
  const rows = [
    ['V3', null, 'all_information'],
    ['product_id', 'product_name', 'seller_sku'],
    ['Product ID', 'Product name', 'Seller SKU'],
    ['Not editable', 'Mandatory', 'Optional'],
    [one, 'Ring', 1001],
    [Number(two), 'Hoop', 'H'],
    ['about', 'Pin', 'P'],
    [three, 'Bag', null],
  ]
  writeFileSync(path, await writeWorkbook(rows).toBuffer())
  const report = await take({ path })
  expect(report).toMatchObject({ matched: 1, unknown: [], problems: [{ line: 6 }, { line: 7 }, { line: 8 }] })
  expect(report.problems[0]?.reason).toContain('rounded')
  expect(pid(ring)).toBe(one)
})

test('another file is refused in words', async () => {
  const { take } = tiktok()
  await expect(take({ content: 'Handle,Title\nring,Ring' })).rejects.toMatchObject({
    code: 'bad-call',
    message: expect.stringContaining('Seller SKU') as string,
  })
})
