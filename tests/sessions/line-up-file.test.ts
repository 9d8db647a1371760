import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import type { Input } from '../../src/shared/contract.ts'
import type { LineupMapping } from '../../src/shared/sessions.ts'
import { tempDir } from '../support/temp-dir.ts'
import { sessionsCore } from './support.ts'

type Mode = Input<'lineup.importFile'>['mode']

function core() {
  const sessions = sessionsCore()
  const { call, later } = sessions
  const items = (id: string) => call('sessions.get', { id }).items
  /** Imports a CSV with the columns as they are suggested. */
  const take = async (id: string, content: string, mode: Mode = 'update') => {
    const { suggested } = await later('lineup.readFile', { sessionId: id, content })
    return await later('lineup.importFile', { sessionId: id, content, mapping: suggested, mode })
  }
  const csvOf = async (id: string): Promise<string> => {
    const { base64 } = await later('lineup.export', { sessionId: id, format: 'csv' })
    return Buffer.from(base64, 'base64').toString()
  }
  return { ...sessions, items, take, csvOf }
}

const nothing = { added: 0, updated: 0, unchanged: 0, missing: [], duplicates: [], problems: [] }

/** A line-up with everything in it that could come back otherwise. */
function difficult() {
  const one = core()
  const { call, make } = one
  const products = [
    make.product({
      name: '=1+1',
      sku: '+49',
      pid: '1729384756123456789',
      talking_points_md: '- A\r\n- B\n',
      price_cents: 1,
    }),
    make.product({ name: 'Größe "XL"; 💍', sku: '007', price_cents: null, compare_at_price_cents: 2_000 }),
    make.product({ name: "'- quoted", compare_at_price_cents: 2_000 }),
    make.product({ name: 'Twin', sku: 'T-1' }),
    make.product({ name: 'Twin', sku: 'T-2' }),
  ]
  const { id, items } = call('sessions.create', { name: 'Friday', productIds: products })
  const [first, second, third, fourth] = items.map((item) => item.id)
  const update = (itemId: string | undefined, patch: Input<'lineup.update'>['patch']) =>
    call('lineup.update', { itemId: itemId ?? '', patch })
  update(first, { section: '@home', skip: true, notes: '\tindented\n', overrides: { name: '=1+1' } })
  update(second, { overrides: { name: 'Other', priceCents: 123_456, talkingPointsMd: '' } })
  update(third, { overrides: { compareAtPriceCents: 0, priceCents: 1_900 }, notes: 'one, two;\n"three"' })
  update(fourth, { section: 'Rings' })
  return { ...one, id, products }
}

test.each(['csv', 'xlsx'] as const)('what is exported as %s and imported again changes nothing', async (format) => {
  const { id, later, snapshot, undoLabels } = difficult()
  const before = snapshot()
  const steps = undoLabels(`session:${id}`)
  const { base64, fileName } = await later('lineup.export', { sessionId: id, format })
  const path = join(tempDir(), fileName)
  writeFileSync(path, Buffer.from(base64, 'base64'))
  const read = await later('lineup.readFile', { sessionId: id, path })
  expect(read.total).toBe(5)
  expect(read.suggested).toEqual({
    itemId: 0,
    number: 1,
    section: 2,
    skip: 3,
    sku: 4,
    pid: 5,
    name: 6,
    price: 7,
    was: 8,
    points: 9,
    notes: 10,
    productId: 11,
  })
  const report = await later('lineup.importFile', { sessionId: id, path, mapping: read.suggested, mode: 'update' })
  expect(report).toEqual({ ...nothing, unchanged: 5, sample: [], dryRun: false, undoId: null })
  expect(snapshot()).toEqual(before)
  expect(undoLabels(`session:${id}`)).toEqual(steps)
})

test('an exported line-up that is edited changes just that, keeps the ids, and is one step to undo', async () => {
  const { id, items, take, csvOf, call, snapshot, undoLabels } = difficult()
  const before = snapshot()
  const ids = items(id).map((item) => item.id)
  const edited = (await csvOf(id))
    .replace('0.01', '"0,05"')
    .replace(',Rings,', ',,')
    .replace('Twin,19.00', 'Twin A,"€ 15.50"')
  const report = await take(id, edited)
  expect(report).toMatchObject({ ...nothing, updated: 2, unchanged: 3 })
  expect(report.sample).toEqual([
    { line: 2, name: '=1+1', action: 'update', changes: ['price'] },
    { line: expect.any(Number), name: 'Twin', action: 'update', changes: ['name', 'price', 'section'] },
  ])
  const after = items(id)
  expect(after.map((item) => item.id)).toEqual(ids)
  expect(after[0]?.overrides).toEqual({ name: '=1+1', priceCents: 5 })
  expect(after[3]).toMatchObject({ section: null, overrides: { name: 'Twin A', priceCents: 1_550 } })
  expect(undoLabels(`session:${id}`)[0]).toBe('Import 2 items')
  call('history.undo', { scope: `session:${id}` })
  expect(snapshot()).toEqual(before)
})

test('rows without our ids are matched by SKU, TikTok id, product id and name; what is new stands at the end', async () => {
  const { call, make, items, take } = core()
  const bySku = make.product({ name: 'by sku', sku: 'S-1' })
  const byVariant = make.product({ name: 'by variant' })
  make.variant(byVariant, { sku: 'V-M' })
  make.product({ name: 'by pid', pid: '1729384756123456789' })
  const byId = make.product({ name: 'by id' })
  make.product({ name: 'Élan' })
  make.product({ name: 'S-1' })
  const { id } = call('sessions.create', { name: 'X', productIds: [bySku] })
  const content = [
    'SKU;TikTok product id;Product id;Title;RRP;Live price',
    `;;;éLAN;;`,
    `;;${byId.toUpperCase()};;;`,
    `;1729384756123456789;;;29,00;19,00`,
    `v-m;;;;;`,
    `s-1;;;Sweet ring;;9,99`,
    `nope;;;no such ring;;`,
    `S-1;;;;;`,
  ].join('\n')
  const report = await take(id, content)
  expect(report).toMatchObject({
    added: 4,
    updated: 1,
    missing: [{ line: 7, text: 'no such ring' }],
    duplicates: [{ line: 8, text: 'S-1' }],
    problems: [],
  })
  expect(items(id).map((item) => item.name)).toEqual(['Sweet ring', 'Élan', 'by id', 'by pid', 'by variant'])
  expect(items(id)[1]?.overrides).toEqual({})
  expect(items(id)[3]).toMatchObject({ priceCents: 1_900, overrides: { compareAtPriceCents: 2_900 } })
})

test('a value that is the catalogue’s own is no override, and takes one away', async () => {
  const { call, make, items, take } = core()
  const product = make.product({ name: 'Ring', sku: 'R', price_cents: 1_900, talking_points_md: '- Gold' })
  const { id, items: made } = call('sessions.create', { name: 'X', productIds: [product] })
  call('lineup.update', {
    itemId: made[0]?.id ?? '',
    patch: { overrides: { priceCents: 1_500, name: 'Hoop', talkingPointsMd: '- Silver' } },
  })
  await take(id, 'sku,price,name,points\nR,19.00,Ring,"- Gold  \r\n"')
  expect(items(id)[0]?.overrides).toEqual({})
})

test('an empty cell changes nothing, but in a row with our id it empties section and notes', async () => {
  const { call, make, items, take, csvOf } = core()
  const products = [make.product({ name: 'A', sku: 'A' }), make.product({ name: 'B', sku: 'B' })]
  const { id, items: made } = call('sessions.create', { name: 'X', productIds: products })
  const itemIds = made.map((item) => item.id)
  call('lineup.update', { itemIds, patch: { section: 'Rings', notes: 'keep', overrides: { priceCents: 1 } } })
  expect(await take(id, 'sku,price,section,notes,name\nA,,,,\nB,,,,')).toMatchObject({ unchanged: 2, updated: 0 })
  await take(id, (await csvOf(id)).replaceAll('Rings', '').replaceAll('keep', '').replaceAll('0.01', ''))
  for (const item of items(id)) expect(item).toMatchObject({ section: null, notes: '', overrides: { priceCents: 1 } })
})

test('bad rows are reported by line and field, and cost nothing else', async () => {
  const { filled, items, take } = core()
  const { id } = filled(8)
  const content = [
    'sku,price,was,skip,number,section,notes',
    'SKU-1,twelve,,,,,',
    'SKU-2,1.299,-1,maybe,one,,',
    ',5.00,,,,,',
    `SKU-3,,,,,${'x'.repeat(121)},`,
    `SKU-4,,,,,,${'x'.repeat(5_001)}`,
    'SKU-5,"5",x"y,,,,',
    'SKU-6,99999999999,,,,,',
    'SKU-7,7.00,9.00,yes,,Rings,hello',
    'SKU-8',
  ].join('\n')
  const report = await take(id, content)
  expect(report.problems.map(({ line, field }) => [line, field])).toEqual([
    [2, 'price'],
    [3, 'number'],
    [3, 'skip'],
    [3, 'price'],
    [3, 'was'],
    [4, null],
    [5, 'section'],
    [6, 'notes'],
    [7, null],
    [8, 'price'],
  ])
  expect(report.problems[0]?.reason).toContain('"twelve"')
  expect(report).toMatchObject({ updated: 1, unchanged: 1, added: 0 })
  expect(items(id)[6]).toMatchObject({
    priceCents: 700,
    compareAtPriceCents: 900,
    skip: true,
    section: 'Rings',
    notes: 'hello',
  })
  expect(items(id).filter((item) => Object.keys(item.overrides).length > 0)).toHaveLength(1)
})

test('append only adds, in the order of the numbers that the file gives', async () => {
  const { call, filled, items, take, make } = core()
  const { id } = filled(2)
  call('lineup.update', { itemId: items(id)[1]?.id ?? '', patch: { section: 'Rings' } })
  for (const name of ['X', 'Y', 'Z']) make.product({ name, sku: name })
  const report = await take(id, 'no,name,price\n,Z,1\n2,Y,2\n1,X,3\n9,P1,4', 'append')
  expect(report).toMatchObject({ added: 3, updated: 0, duplicates: [{ line: 5, text: 'P1' }] })
  expect(items(id).map((item) => [item.name, item.priceCents, item.section])).toEqual([
    ['P1', 1_900, null],
    ['P2', 1_900, 'Rings'],
    ['X', 300, 'Rings'],
    ['Y', 200, 'Rings'],
    ['Z', 100, 'Rings'],
  ])
})

test('once numbers are frozen, items keep theirs and new ones count on', async () => {
  const { filled, goLive, numbers, take, make, csvOf } = core()
  const { id } = filled(3)
  goLive(id)
  make.product({ name: 'X', sku: 'X' })
  expect(await take(id, `${await csvOf(id)},1,,,X,,,,,,,\r\n`)).toMatchObject({ added: 1, unchanged: 3 })
  expect(numbers(id)).toEqual([1, 2, 3, 4])
})

test('a dry run tells the same and writes nothing', async () => {
  const { filled, later, snapshot, make } = core()
  const { id } = filled(2)
  make.product({ name: 'X', sku: 'X' })
  const content = 'sku,price\nSKU-1,5\nSKU-2,19\nX,1\nnope,1\nSKU-2,y'
  const mapping: LineupMapping = { sku: 0, price: 1 }
  const before = snapshot()
  const told = await later('lineup.importFile', { sessionId: id, content, mapping, mode: 'update', dryRun: true })
  expect(snapshot()).toEqual(before)
  const done = await later('lineup.importFile', { sessionId: id, content, mapping, mode: 'update' })
  expect({ ...done, undoId: null }).toEqual({ ...told, dryRun: false })
  expect(told).toMatchObject({ added: 1, updated: 1, unchanged: 1, missing: [{ line: 5 }], problems: [{ line: 6 }] })
})

test('a workbook made elsewhere is read: numbers as prices, whole SKUs, and ids that were rounded are told', async () => {
  const { call, make, items, later } = core()
  make.product({ name: 'Ring', sku: '1001', pid: '1729384756123456789' })
  make.product({ name: 'Hoop', sku: 'H', pid: '1729384756123456790' })
  const { id } = call('sessions.create', { name: 'X' })
  const path = join(tempDir(), 'made elsewhere.XLSX')
  const rows = [
    ['Article', 'Product ID', 'Price', 'Skip', 'Notes'],
    [1001, null, 12.5, true, new Date('2026-11-27T00:00:00Z')],
    [null, Number('1729384756123456790'), 3, false, null],
  ].map((row) => row.map((value) => (value instanceof Date ? { value, type: Date, format: 'dd/mm/yyyy' } : value)))
  await writeWorkbook(rows, { sheet: 'Plan' }).toFile(path)
  const read = await later('lineup.readFile', { sessionId: id, path })
  expect(read).toMatchObject({ sheet: 'Plan', total: 2, suggested: { sku: 0, pid: 1, price: 2, skip: 3, notes: 4 } })
  const report = await later('lineup.importFile', { sessionId: id, path, mapping: read.suggested, mode: 'update' })
  expect(report).toMatchObject({ added: 1, missing: [], problems: [{ line: 3, field: 'pid' }] })
  expect(items(id)).toMatchObject([{ name: 'Ring', priceCents: 1_250, skip: true, notes: '2026-11-27' }])
})

test('a column may be read as something else, or not at all', async () => {
  const { filled, items, later } = core()
  const { id } = filled(1)
  const content = 'code,a,b\nSKU-1,hello,5'
  const read = await later('lineup.readFile', { sessionId: id, content })
  expect(read).toEqual({
    columns: ['code', 'a', 'b'],
    suggested: {},
    rows: [['SKU-1', 'hello', '5']],
    total: 1,
    sheet: null,
    warning: null,
  })
  await later('lineup.importFile', { sessionId: id, content, mapping: { sku: 0, notes: 1 }, mode: 'update' })
  expect(items(id)).toMatchObject([{ notes: 'hello', overrides: {} }])
})

test('a thousand rows are one step', async () => {
  const { filled, items, take, undoLabels } = core()
  const { id } = filled(1_000)
  const rows = Array.from({ length: 1_000 }, (_, index) => `SKU-${index + 1},${index + 1}.00`)
  expect(await take(id, `sku,price\n${rows.join('\n')}`)).toMatchObject({ updated: 999, unchanged: 1 })
  expect(items(id)[999]?.priceCents).toBe(100_000)
  expect(undoLabels(`session:${id}`)).toEqual(['Import 999 items'])
})

test('an unknown session, a file without rows and a file with far too many are refused', async () => {
  const { filled, later } = core()
  const { id } = filled(1)
  const other = '01900000-0000-7000-8000-000000000000'
  const code = async (input: Input<'lineup.readFile'>) =>
    await later('lineup.readFile', input).then(
      () => 'read',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    )
  expect(await code({ sessionId: other, content: 'a' })).toBe('not-found')
  expect(await code({ sessionId: id, content: ' \n' })).toBe('bad-call')
  expect(await code({ sessionId: id, content: 'x\n'.repeat(10_002) })).toBe('bad-call')
  expect(await code({ sessionId: id, content: 'x\n'.repeat(10_001) })).toBe('read')
})
