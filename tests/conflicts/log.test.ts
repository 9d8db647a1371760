import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { addBrand, addItem, addProduct, addSession } from '../sync/desk.ts'
import { apart, lineup, refusal, team } from './support.ts'
import type { Member } from './support.ts'

const entries = async (member: Member, input: object = {}) => (await member.call('conflicts.log', input)).items
const newest = async (member: Member, decision: string) => must((await entries(member, { decision }))[0], decision)

test('a price that was replaced: the same entry, swapped, in words for each', async () => {
  const { anna, ben, settle, product, join } = await withCleo()
  anna.set('products', product, { price_cents: 800 })
  ben.set('products', product, { price_cents: 900 })
  await settle()
  const hers = await newest(anna, 'overwrote')
  const his = await newest(ben, 'overwrote')
  expect(hers).toMatchObject({
    id: his.id,
    entity: 'products',
    entityId: product,
    title: 'Gold hoop',
    sessionId: null,
    detail: null,
    mine: { device: 'Anna' },
    theirs: { device: 'Ben' },
    restorable: true,
    fields: [{ name: 'priceCents', base: 1000, mine: 800, theirs: 900, kept: 'theirs', value: null, now: 900 }],
    text: 'Your price of "Gold hoop" was replaced by Ben\'s; the old one can be restored.',
  })
  expect(his).toMatchObject({
    mine: { device: 'Ben' },
    theirs: { device: 'Anna' },
    fields: [{ base: 1000, mine: 900, theirs: 800, kept: 'mine' }],
    text: 'Anna\'s price of "Gold hoop" was replaced by yours; the old one can be restored.',
  })
  const cleo = await join('Cleo')
  expect((await newest(cleo, 'overwrote')).text).toBe(
    'Anna\'s price of "Gold hoop" was replaced by Ben\'s; the old one can be restored.',
  )
})

async function withCleo() {
  return await lineup()
}

test('two desktops of one name are told apart by what they wrote', async () => {
  const { anna, ben, settle } = await team(['studio', 'studio'])
  const product = addProduct(anna.desk, addBrand(anna.desk))
  await settle()
  anna.set('products', product, { price_cents: 800 })
  // Clocks that agree to the millisecond are no desktops'.
  ben.desk.clock.advance(5)
  ben.set('products', product, { price_cents: 900 })
  await settle()
  expect((await newest(anna, 'overwrote')).fields).toMatchObject([{ mine: 800, theirs: 900, kept: 'theirs' }])
  expect((await newest(ben, 'overwrote')).fields).toMatchObject([{ mine: 900, theirs: 800, kept: 'mine' }])
})

test('what was merged, and several fields at once', async () => {
  const { anna, ben, settle, product } = await lineup()
  anna.set('products', product, { name: 'Hoop', tags: '["silver"]' })
  ben.set('products', product, { price_cents: 900 })
  await settle()
  expect(await newest(ben, 'merged')).toMatchObject({
    fields: [{ name: 'priceCents', base: 1000, mine: 900, theirs: 1000, kept: 'mine' }],
    text: 'You and Anna changed different things of "Hoop", and both are kept; what was there before can be restored.',
  })
  anna.set('products', product, { name: 'A', tags: '["a"]', status: 'draft' })
  ben.set('products', product, { name: 'B', tags: '["b"]', status: 'archived' })
  await settle()
  expect(await newest(anna, 'overwrote')).toMatchObject({
    text: 'Your name, status and tags of "B" were replaced by Ben\'s; the old ones can be restored.',
    fields: [
      { name: 'name', mine: 'A', theirs: 'B' },
      { name: 'status', mine: 'draft', theirs: 'archived' },
      { name: 'tags', base: ['silver'], mine: ['a'], theirs: ['b'] },
    ],
  })
})

test('deletions and edits of the catalogue', async () => {
  const { anna, ben, settle } = await team()
  const brand = addBrand(anna.desk)
  const edited = addProduct(anna.desk, brand, { name: 'Pearl' })
  const removed = addProduct(anna.desk, brand, { name: 'Opal' })
  const used = addProduct(anna.desk, brand, { name: 'Ruby' })
  await settle()
  anna.remove('products', edited)
  anna.set('products', removed, { price_cents: 1 })
  addItem(anna.desk, { session: addSession(anna.desk), product: used })
  await anna.desk.sync()
  ben.set('products', edited, { price_cents: 1 })
  ben.remove('products', removed)
  ben.remove('products', used)
  await settle()
  expect(await newest(ben, 'deleted')).toMatchObject({
    title: 'Pearl',
    fields: [{ name: 'priceCents', base: 1000, mine: 1, theirs: null, kept: 'theirs', now: null }],
    text: 'Anna had deleted "Pearl" when your change of it came; the change can be restored.',
  })
  expect(await newest(ben, 'deleted changed')).toMatchObject({
    title: 'Opal',
    text: 'You deleted "Opal", which Anna had just changed; it can be restored.',
  })
  expect(await newest(anna, 'kept')).toMatchObject({
    title: 'Ruby',
    detail: 'A line-up uses it.',
    text: '"Ruby" was not deleted, because a line-up uses it.',
    restorable: false,
  })
})

test('what the database refuses is told without its words', async () => {
  const { anna, settle, ben } = await team()
  const product = addProduct(anna.desk, addBrand(anna.desk), { name: 'Pearl' })
  await settle()
  anna.set('products', product, { price_cents: 2 ** 40 })
  await settle()
  const entry = await newest(ben, 'rejected')
  expect(entry).toMatchObject({
    title: 'Pearl',
    detail: "The team's database does not take these values.",
    text: 'Anna\'s change of "Pearl" does not fit the team\'s data and was not taken; it can be restored.',
  })
  expect(JSON.stringify(entry)).not.toMatch(/integer|out of range/)
})

test('decisions of people', async () => {
  const { anna, ben, settle, product } = await apart()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'theirs' })
  await settle()
  expect(await newest(ben, 'resolved')).toMatchObject({
    sessionName: 'Friday',
    fields: [{ name: 'overrides.name', mine: 'Golden hoop', theirs: 'Hoops of gold', kept: 'theirs' }],
    text: 'You decided about the name of "Hoops of gold": Anna\'s stays; the other one can be restored.',
  })
  expect((await newest(anna, 'resolved')).text).toBe(
    'Ben decided about the name of "Hoops of gold": yours stays; the other one can be restored.',
  )
  // What was decided without asking is another list.
  anna.set('products', product, { price_cents: 800 })
  ben.set('products', product, { price_cents: 900 })
  await settle()
  const decisions = async (input: object) => (await entries(ben, input)).map(({ decision }) => decision)
  expect(await decisions({ automatic: false })).toEqual(['resolved'])
  expect(await decisions({ automatic: true })).toEqual(['overwrote'])
  expect(await decisions({})).toEqual(['overwrote', 'resolved'])
})

test('a third value, and a deletion that was decided', async () => {
  const { anna, ben, settle, item } = await apart()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, choices: { 'overrides.name': { value: 'Hoop' } } })
  await settle()
  expect(await newest(anna, 'resolved')).toMatchObject({
    fields: [{ mine: 'Hoops of gold', theirs: 'Golden hoop', kept: 'other', value: 'Hoop', now: 'Hoop' }],
    text: 'Ben decided about the name of "Hoop".',
  })
  anna.set('session_products', item, { notes: 'edited' })
  ben.remove('session_products', item)
  await settle()
  await ben.call('conflicts.resolve', { id: (await ben.only()).id, keep: 'mine' })
  await settle()
  const entry = await newest(anna, 'resolved')
  expect(entry.fields).toMatchObject([
    { name: 'deleted', base: false, mine: false, theirs: true, kept: 'theirs', now: true },
  ])
  expect(entry.text).toBe('Ben decided to delete "Hoop"; it can be restored.')
})

test('pages, filters and search', async () => {
  const { anna, ben, settle, session, item, product } = await lineup()
  const pearl = addProduct(anna.desk, addBrand(anna.desk), { name: 'Pearl' })
  await settle()
  for (let round = 0; round < 3; round++) {
    anna.set('products', product, { price_cents: 100 + round })
    ben.set('products', product, { price_cents: 200 + round })
    anna.set('products', pearl, { name: `Pearl ${round}` })
    ben.set('products', pearl, { price_cents: 300 + round })
    await settle()
  }
  anna.set('session_products', item, { notes: 'a' })
  ben.set('session_products', item, { section: 'Rings' })
  await settle()
  const all = await entries(anna)
  expect(all).toHaveLength(7)
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
  const paged: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = await anna.call('conflicts.log', {
      limit: 2,
      ...(cursor !== null && { cursor }),
    })
    expect(page.items.length).toBeLessThanOrEqual(2)
    paged.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(paged).toEqual(all.map(({ id }) => id))
  expect(await entries(anna, { sessionId: session })).toHaveLength(1)
  expect(await entries(anna, { entity: 'session_products' })).toHaveLength(1)
  expect(await entries(anna, { decision: 'overwrote' })).toHaveLength(3)
  expect(await entries(anna, { search: 'gold HOOP price' })).toHaveLength(3)
  expect(await entries(anna, { search: 'pearl', limit: 2 })).toHaveLength(2)
  expect(await entries(anna, { search: 'friday' })).toHaveLength(1)
  expect(await entries(anna, { search: 'nothing of the kind' })).toEqual([])
  const first = await anna.call('conflicts.log', { search: 'pearl', limit: 2 })
  const rest = await anna.call('conflicts.log', { search: 'pearl', limit: 2, cursor: must(first.nextCursor, 'more') })
  expect(rest.items).toHaveLength(1)
  expect(rest.nextCursor).toBeNull()
  for (const bad of ['x', Buffer.from('[1]').toString('base64url')]) {
    const { fields } = await refusal(anna.call('conflicts.log', { cursor: bad }), 'bad-call')
    expect(fields).toHaveProperty('cursor')
  }
})
