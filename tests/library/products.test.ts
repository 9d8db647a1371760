import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { Input } from '#shared/contract.ts'
import { csv, testLibrary } from './support.ts'

type Library = ReturnType<typeof testLibrary>

function addToLineups({ writer }: Library, productId: string, names: readonly string[]): void {
  writer.transact((tx) => {
    for (const name of names) {
      const session = uuid()
      tx.insert('sessions', {
        id: session,
        brand_id: null,
        name,
        slug: name,
        notes: '',
        code: '',
        status: 'draft',
        status_before_archive: null,
        scheduled_at: null,
        numbers_frozen_at: null,
        highest_number: null,
      })
      for (const [index, number] of [null, name === 'Frozen' ? 25 : null].entries()) {
        tx.insert('session_products', {
          id: uuid(),
          session_id: session,
          product_id: index === 0 ? uuidOf(tx, productId) : productId,
          order_key: `a${index}`,
          number,
          section: null,
          skip: 0,
          notes: '',
          override_name: null,
          override_talking_points_md: null,
          override_price_cents: null,
          override_compare_at_price_cents: null,
        })
      }
    }
  })
}

/** Another product of the same brand, so that the one looked for stands second. */
function uuidOf(tx: Parameters<Parameters<Library['writer']['transact']>[0]>[0], productId: string): string {
  const row = tx.row('products', productId)
  if (!row) throw new Error('no such product')
  const { key: _key, created_at: _created, updated_at: _updated, ...fields } = row
  const id = uuid()
  tx.insert('products', { ...fields, id })
  return id
}

test('a product that line-ups use says where, and is archived rather than deleted', async () => {
  const library = testLibrary()
  const { id } = await library.call('products.create', { name: 'Ring', brand: 'B' })
  addToLineups(library, id, ['Draft', 'Frozen'])
  expect((await library.call('products.get', { id })).usedIn).toMatchObject([
    { name: 'Frozen', number: 25 },
    { name: 'Draft', number: 2 },
  ])
  await expect(library.call('products.delete', { id })).rejects.toMatchObject({
    code: 'conflict',
    message: '2 line-ups use "Ring", so it cannot be deleted. Archive it instead.',
  })
  expect((await library.call('products.archive', { id })).status).toBe('archived')
  expect((await library.call('products.list', { status: 'archived' })).items.map((one) => one.id)).toEqual([id])
  expect((await library.call('products.unarchive', { id })).status).toBe('active')
})

test('a delete can be undone with everything that was part of the product', async () => {
  const { call, importText, history } = testLibrary()
  await importText(csv('a,A,,V,,true,Size,S,SKU,5.00,,https://p.example/1.jpg,1,,'))
  const before = (await call('products.list', {})).items[0]
  const { undoId } = await call('products.delete', { id: before?.id ?? '' })
  expect(await call('products.list', { search: 'sku' })).toMatchObject({ items: [], total: 0 })
  history.undo('products', undoId)
  expect((await call('products.list', { search: 'sku' })).items).toEqual([before])
})

test('talking points that change leave a version; an unknown product and brand are not found', async () => {
  const { call, db } = testLibrary()
  const { id } = await call('products.create', { name: 'Ring', brand: 'B', talkingPointsMd: 'one' })
  await call('products.update', { id, patch: { talkingPointsMd: 'two' } })
  await call('products.update', { id, patch: { talkingPointsMd: 'two', name: 'Ring 2' } })
  expect(db.statement('SELECT text FROM talking_points ORDER BY id').pluck(true).all()).toEqual(['one', 'two'])
  await expect(call('products.update', { id: uuid(), patch: { name: 'x' } })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(call('products.update', { id, patch: { brandId: uuid() } })).rejects.toMatchObject({ code: 'not-found' })
})

test('a field of Shopify’s becomes a person’s when it differs, and Shopify’s again when it does not', async () => {
  const { call, importText } = testLibrary()
  await importText(csv('a,A,,V,"x, y",true,Size,S,SKU,5.00,9.00,,,,'))
  const id = (await call('products.list', {})).items[0]?.id ?? ''
  const update = async (patch: Input<'products.update'>['patch']) =>
    (await call('products.update', { id, patch })).overridden
  expect(await update({ priceCents: 400, tags: ['x', 'y'], brand: 'W' })).toEqual(['brand', 'priceCents'])
  expect(await update({ priceCents: 500 })).toEqual(['brand'])
  expect(await call('products.resetField', { id, field: 'brand' })).toMatchObject({
    brand: { name: 'V' },
    overridden: [],
  })
  expect((await call('products.archive', { id })).overridden).toEqual(['status'])
  expect((await call('products.unarchive', { id })).overridden).toEqual([])
})

test('brands are found whatever their case, and a name is given once', async () => {
  const { call } = testLibrary()
  const brand = await call('brands.create', { name: 'Größe & Co' })
  expect(brand).toMatchObject({ slug: 'grosse-co', productCount: 0 })
  await expect(call('brands.create', { name: 'grÖSSE & co' })).resolves.toBeDefined()
  await expect(call('brands.create', { name: 'größe & co' })).rejects.toMatchObject({ code: 'conflict' })
  const product = await call('products.create', { name: 'X', brand: 'GRÖßE & CO' })
  expect(product.brand.id).toBe(brand.id)
})

test.each(['name', 'price', '-price', 'updated'] as const)(
  'pages by %s hold every product once, in order',
  async (sort) => {
    const { call, clock } = testLibrary()
    const prices = [300, null, 100, 300, 200, null, 100]
    for (const [index, priceCents] of prices.entries()) {
      clock.advance(1000)
      await call('products.create', { name: `P${(index * 3) % 7}`, brand: 'B', priceCents })
    }
    const seen: (string | number | null)[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof call<'products.list'>>> = await call('products.list', {
        sort,
        limit: 2,
        ...(cursor && { cursor }),
      })
      seen.push(
        ...page.items.map((one) => (sort === 'name' ? one.name : sort === 'updated' ? one.updatedAt : one.priceCents)),
      )
      cursor = page.nextCursor
    } while (cursor !== null)
    const orders = {
      name: ['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6'],
      price: [100, 100, 200, 300, 300, null, null],
      '-price': [300, 300, 200, 100, 100, null, null],
      updated: seen.toSorted((a, b) => String(b).localeCompare(String(a))),
    }
    expect(seen).toEqual(orders[sort])
    expect(seen).toHaveLength(7)
  },
)

test('a cursor that no list gave is a bad call that names it', async () => {
  const { call } = testLibrary()
  await call('products.create', { name: 'A', brand: 'B' })
  await call('products.create', { name: 'B', brand: 'B' })
  const { nextCursor } = await call('products.list', { limit: 1 })
  const other = { sort: 'price' as const, cursor: nextCursor ?? '' }
  for (const input of [
    { cursor: 'x' },
    { cursor: '' },
    { cursor: 'bnVsbA' },
    { cursor: 'WyJuYW1lIiw5LFtdXQ' },
    other,
  ]) {
    await expect(call('products.list', input)).rejects.toMatchObject({
      code: 'bad-call',
      fields: { cursor: expect.any(String) },
    })
  }
})

test('filters by brand and status count and list alike, with and without a search', async () => {
  const { call } = testLibrary()
  const one = await call('products.create', { name: 'Gold A', brand: 'One' })
  await call('products.create', { name: 'Gold B', brand: 'Two', status: 'draft' })
  await call('products.create', { name: 'Gold C', brand: 'Two', status: 'archived' })
  const names = async (input: Input<'products.list'>) => {
    const { items, total } = await call('products.list', input)
    expect(total).toBe(items.length)
    return items.map(({ name }) => name)
  }
  for (const search of [{}, { search: 'go' }, { search: 'gold' }, { search: 'gold', sort: 'updated' as const }]) {
    expect((await names(search)).toSorted()).toEqual(['Gold A', 'Gold B'])
    expect(await names({ ...search, brandId: one.brand.id })).toEqual(['Gold A'])
    expect(await names({ ...search, status: 'archived' })).toEqual(['Gold C'])
    expect(await names({ ...search, status: 'draft', brandId: one.brand.id })).toEqual([])
  }
})
