import { expect, test } from 'vitest'
import { refusal, sessionsCore } from './support.ts'

test('entries end at new lines, commas, semicolons and tabs, and keep their order', () => {
  const { call, make, names } = sessionsCore()
  for (const name of ['A', 'B', 'C', 'D', 'E']) make.product({ name, sku: `S ${name}` })
  const { id } = call('sessions.create', { name: 'X' })
  const pasted = call('lineup.paste', { sessionId: id, text: ' S E;S D\tS C,\r\n\n S B\rS A ' })
  expect(names(id)).toEqual(['E', 'D', 'C', 'B', 'A'])
  expect(pasted.added).toHaveLength(5)
  expect(pasted.found.map((one) => one.text)).toEqual(['S E', 'S D', 'S C', 'S B', 'S A'])
})

test('an entry is matched against SKU, variant SKU, pid, id and name, in this order, whatever its case', () => {
  const { call, make, names } = sessionsCore()
  make.product({ name: 'by sku', sku: 'Clash' })
  make.product({ name: 'by pid', pid: 'clash' })
  make.product({ name: 'CLASH' })
  const variant = make.product({ name: 'by variant' })
  make.variant(variant, { sku: 'HOOP-S' })
  make.product({ name: 'by its pid', pid: '1729384756' })
  const byId = make.product({ name: 'by id' })
  make.product({ name: 'Gold hoop' })
  const { id } = call('sessions.create', { name: 'X' })
  const text = `CLASH, hoop-s, 1729384756, ${byId.toUpperCase()}, gold HOOP, hoop`
  expect(call('lineup.paste', { sessionId: id, text }).missing).toEqual(['hoop'])
  expect(names(id)).toEqual(['by sku', 'by variant', 'by its pid', 'by id', 'Gold hoop'])
})

test('what matches nothing as a whole is tried again split at spaces', () => {
  const { call, filled, make, names } = sessionsCore()
  filled(3)
  make.product({ name: 'SKU-1 SKU-2', sku: 'whole' })
  const { id } = call('sessions.create', { name: 'X' })
  const pasted = call('lineup.paste', { sessionId: id, text: 'SKU-1 SKU-2\nSKU-3   nope SKU-1\nnothing at all' })
  expect(names(id)).toEqual(['SKU-1 SKU-2', 'P3', 'P1'])
  expect(pasted.missing).toEqual(['nope', 'nothing at all'])
})

test('what is in the line-up, or comes again in the text, is a duplicate', () => {
  const { call, filled, names } = sessionsCore()
  const { id, products } = filled(2)
  filled(0)
  expect(call('lineup.paste', { sessionId: id, text: `sku-1, P2, ${products[0]}` })).toEqual({
    added: [],
    found: [],
    missing: [],
    duplicates: ['sku-1', 'P2', products[0]],
  })
  const empty = call('sessions.create', { name: 'X' })
  expect(call('lineup.paste', { sessionId: empty.id, text: 'P1,SKU-1,P2' })).toMatchObject({ duplicates: ['SKU-1'] })
  expect(names(empty.id)).toEqual(['P1', 'P2'])
})

test('a dry run tells the same and writes nothing', () => {
  const { call, filled, snapshot, undoLabels } = sessionsCore()
  filled(3)
  const { id } = call('sessions.create', { name: 'X' })
  const before = snapshot()
  const text = 'P3, nope, P1, P3'
  const { added, ...told } = call('lineup.paste', { sessionId: id, text, dryRun: true })
  expect(added).toEqual([])
  expect(told.found.map((one) => one.name)).toEqual(['P3', 'P1'])
  expect(snapshot()).toEqual(before)
  expect(undoLabels(`session:${id}`)).toEqual([])
  const { added: really, ...same } = call('lineup.paste', { sessionId: id, text })
  expect(same).toEqual(told)
  expect(really).toHaveLength(2)
})

test('of several products the one of the session’s brand is taken, then an active one, then the newest', () => {
  const { call, make, clock } = sessionsCore()
  const brandId = make.brand('Other')
  const named = (fields: object) => {
    clock.advance(1_000)
    return make.product({ name: 'Ring', sku: 'R', ...fields })
  }
  const own = named({ brand_id: brandId, status: 'draft' })
  named({})
  const newest = named({})
  named({ status: 'draft' })
  named({ status: 'archived', brand_id: brandId })
  const session = call('sessions.create', { name: 'X' }).id
  const branded = call('sessions.create', { name: 'Y', brandId }).id
  const taken = (sessionId: string, text: string) =>
    call('lineup.paste', { sessionId, text, dryRun: true }).found[0]?.productId
  expect([taken(session, 'ring'), taken(session, 'R')]).toEqual([newest, newest])
  expect([taken(branded, 'ring'), taken(branded, 'R')]).toEqual([own, own])
})

test('an archived product is found by SKU and id, never by name', () => {
  const { call, make } = sessionsCore()
  const id = make.product({ name: 'Old ring', sku: 'AR-1', status: 'archived' })
  const sessionId = call('sessions.create', { name: 'X' }).id
  const found = (text: string) => call('lineup.paste', { sessionId, text, dryRun: true }).found.length
  expect([found('ar-1'), found(id), found('Old ring')]).toEqual([1, 1, 0])
})

test.each(['Größe XL – Café', '💍 ring', '<script>alert(1)</script>', `O'Brien "gold" %_`, 'İstanbul'])(
  'a product named %s is found by its name',
  (name) => {
    const { call, make, names } = sessionsCore()
    make.product({ name: name.normalize('NFC') })
    const { id } = call('sessions.create', { name: 'X' })
    expect(call('lineup.paste', { sessionId: id, text: name.normalize('NFD') }).missing).toEqual([])
    expect(names(id)).toEqual([name.normalize('NFC')])
  },
)

test('letters outside ASCII match whatever their case, and quotes around an entry do not matter', () => {
  const { call, make, names } = sessionsCore()
  make.product({ name: 'Élan Größe' })
  make.product({ name: '"Gold"' })
  make.product({ name: 'Gold', sku: 'G1' })
  const { id } = call('sessions.create', { name: 'X' })
  call('lineup.paste', { sessionId: id, text: 'éLAN GRÖßE\n"Gold"\n"G1"' })
  expect(names(id)).toEqual(['Élan Größe', '"Gold"', 'Gold'])
})

test('a thousand SKUs go in with one paste, as one step', () => {
  const { call, filled, names, undoLabels } = sessionsCore()
  filled(1_000)
  const { id } = call('sessions.create', { name: 'X' })
  const order = Array.from({ length: 1_000 }, (_, index) => ((index * 7) % 1_000) + 1)
  const { added } = call('lineup.paste', { sessionId: id, text: order.map((one) => `sku-${one}`).join('\n') })
  expect(added).toHaveLength(1_000)
  expect(names(id)).toEqual(order.map((one) => `P${one}`))
  expect(undoLabels(`session:${id}`)).toEqual(['Paste 1000 products'])
  call('history.undo', { scope: `session:${id}` })
  expect(names(id)).toEqual([])
})

test('a text that holds nothing does nothing, and an unknown session is not found', () => {
  const { call } = sessionsCore()
  const { id } = call('sessions.create', { name: 'X' })
  const nothing = { added: [], missing: [], duplicates: [], found: [] }
  expect(call('lineup.paste', { sessionId: id, text: ' \n,;\t' })).toEqual(nothing)
  expect(call('lineup.paste', { sessionId: id, text: `' OR 1=1 --` }).missing).toEqual([`' OR 1=1 --`])
  refusal(() => call('lineup.paste', { sessionId: '01900000-0000-7000-8000-000000000000', text: 'x' }), 'not-found')
})
