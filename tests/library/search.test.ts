import { array, assert, asyncProperty, boolean, constantFrom, nat, record, sample as sampleOf } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { Product } from '#shared/library.ts'
import { testLibrary } from './support.ts'

type Library = ReturnType<typeof testLibrary>

/** Letters of which pieces meet often: plain, with marks, of two code units, and all that SQL and FTS5 could take amiss. */
const alphabet = [
  'a',
  'b',
  'A',
  'ä',
  'Ä',
  'ß',
  'é',
  '😀',
  '"',
  "'",
  '%',
  '_',
  '*',
  '(',
  ')',
  '-',
  '1',
  ' ',
  'İ',
  'Σ',
  'ς',
  '\0',
]
const text = (max: number) => array(constantFrom(...alphabet), { maxLength: max }).map((letters) => letters.join(''))

const fold = (value: string) =>
  value.normalize('NFC').toWellFormed().toLowerCase().replaceAll('ς', 'σ').replaceAll('\0', '\uFFFD')

/** What a search must find: every word within one of the fields. */
function matches(product: Product, query: string): boolean {
  const fields = [product.name, product.sku, product.pid, ...product.tags, ...product.variants.map(({ sku }) => sku)]
  const words = fold(query)
    .split(/\s+/u)
    .filter((word) => word !== '')
  return words.every((word) => fields.some((field) => field !== null && fold(field).includes(word)))
}

async function searchAll(library: Library, search: string): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: { items: Product[]; nextCursor: string | null } = await library.call('products.list', {
      search,
      limit: 7,
      ...(cursor !== null && { cursor }),
    })
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return ids
}

test('every query finds exactly the products that hold all of its words, each once, over all pages', async () => {
  const library = testLibrary()
  const sample = sampleOf(
    record({ name: text(12), sku: text(6), pid: text(4), tags: array(text(5), { maxLength: 3 }) }),
    {
      numRuns: 60,
      seed: 5,
    },
  )
  for (const { name, sku, pid, tags } of sample) {
    const given = tags.map((tag) => tag.trim()).filter((tag) => tag !== '')
    await library.call('products.create', { name: `n${name}`, brand: 'B', sku, pid, tags: given })
  }
  const { items } = await library.call('products.list', { limit: 500 })
  await assert(
    asyncProperty(text(6), async (query) => {
      const found = await searchAll(library, query)
      expect(found.toSorted()).toEqual(
        items
          .filter((one) => matches(one, query))
          .map(({ id }) => id)
          .toSorted(),
      )
    }),
    { numRuns: 300 },
  )
})

type Edit = { readonly kind: number; readonly which: number; readonly text: string; readonly direct: boolean }

test('the index follows every insert, change and delete, by whatever path', async () => {
  const edit: Arbitrary<Edit> = record({ kind: nat(6), which: nat(20), text: text(5), direct: boolean() })
  await assert(
    asyncProperty(array(edit, { minLength: 1, maxLength: 25 }), text(3), async (edits, query) => {
      const library = testLibrary()
      for (const one of edits) applyEdit(library, one)
      const { items } = await library.call('products.list', { limit: 500 })
      const expected = items.filter((one) => matches(one, query)).map(({ id }) => id)
      expect((await searchAll(library, query)).toSorted()).toEqual(expected.toSorted())
    }),
    { numRuns: 60 },
  )
})

function applyEdit({ db, writer }: Library, { kind, which, text: words, direct }: Edit): void {
  const ids = db.statement('SELECT id FROM products ORDER BY key').pluck(true).all() as string[]
  const id = ids[which % Math.max(1, ids.length)]
  if (id === undefined || kind <= 2) {
    const brand = { id: uuid(), name: 'B', slug: 'b', notes: '' }
    writer.transact((tx) => {
      tx.insert('brands', brand)
      tx.insert('products', productRow(brand.id, words))
    })
  } else if (kind === 3) {
    if (direct)
      db.statement('UPDATE products SET name = ?, tags = ? WHERE id = ?').run(words, JSON.stringify([words]), id)
    else writer.transact((tx) => tx.update('products', id, { sku: words }))
  } else if (kind === 4) {
    if (direct) db.statement('DELETE FROM product_variants WHERE product_id = ?').run(id)
    else writer.transact((tx) => tx.insert('product_variants', variantRow(id, words)))
  } else if (kind === 5) {
    db.statement('UPDATE product_variants SET sku = ? WHERE product_id = ?').run(words, id)
  } else {
    db.statement('DELETE FROM product_variants WHERE product_id = ?').run(id)
    if (direct) db.statement('DELETE FROM products WHERE id = ?').run(id)
    else writer.transact((tx) => tx.remove('products', id))
  }
}

const productRow = (brand: string, name: string) => ({
  id: uuid(),
  brand_id: brand,
  name,
  handle: null,
  description_html: '',
  status: 'active' as const,
  price_cents: null,
  compare_at_price_cents: null,
  sku: null,
  pid: null,
  shopify_id: null,
  tags: '[]',
  talking_points_md: '',
  source: 'manual' as const,
  shopify_values: null,
  overridden: '[]',
})

const variantRow = (productId: string, sku: string) => ({
  id: uuid(),
  product_id: productId,
  title: '',
  sku,
  barcode: null,
  price_cents: null,
  compare_at_price_cents: null,
  options: '[]',
  position: 1,
  stock: null,
})

test('an index that is built anew at once finds the same, and goes on following', async () => {
  const library = testLibrary()
  const brand = { id: uuid(), name: 'B', slug: 'b', notes: '' }
  const words = sampleOf(record({ name: text(12), sku: text(6), tag: text(5), part: text(5) }), {
    numRuns: 2_500,
    seed: 7,
  })
  const insert = (some: typeof words): void =>
    library.writer.transact((tx) => {
      for (const { name, sku, tag, part } of some) {
        const row = { ...productRow(brand.id, `n${name}`), sku, tags: JSON.stringify([tag]) }
        tx.insert('products', row)
        tx.insert('product_variants', variantRow(row.id, part))
      }
    })
  library.writer.transact((tx) => tx.insert('brands', brand))
  insert(words.slice(0, 100))
  insert(words.slice(100))
  const known = library.db.statement('SELECT id FROM products ORDER BY key').pluck(true).all() as string[]
  library.writer.transact((tx) => tx.update('products', known[7] ?? '', { name: 'changed afterwards' }))
  const items: Product[] = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page = (await library.call('products.list', { limit: 500, ...(cursor !== null && { cursor }) })) as {
      items: Product[]
      nextCursor: string | null
    }
    items.push(...page.items)
    cursor = page.nextCursor
  }
  expect(items).toHaveLength(2_500)
  for (const query of ['ß', '😀', 'é"', 'ä1', 'a b', 'aab', '-_*', 'σ', 'changed', '\0', 'İ', "('%"]) {
    const { total } = await library.call('products.list', { search: query })
    expect(total, query).toBe(Math.min(1_000, items.filter((one) => matches(one, query)).length))
  }
  // Row by row it comes to the same.
  const texts = library.db.statement('SELECT key, name, text FROM product_search ORDER BY key')
  const built = texts.all()
  library.db.statement('INSERT INTO product_search_stale SELECT key FROM products WHERE key <= 1500').run()
  library.db.statement(`UPDATE product_search SET name = '', text = ''`).run()
  await library.call('products.list', { search: 'a' })
  expect(texts.all().slice(0, 1_500)).toEqual(built.slice(0, 1_500))
})

test('an exact SKU comes first, then names that begin with the query, then the rest', async () => {
  const library = testLibrary()
  const add = (name: string, sku?: string) => library.call('products.create', { name, brand: 'B', ...(sku && { sku }) })
  await add('Big gold', 'X1')
  await add('Golden', 'X2')
  await add('gold', 'X3')
  await add('Other', 'Gold')
  const { items } = await library.call('products.list', { search: 'GOLD' })
  expect(items.map(({ name }) => name)).toEqual(['Other', 'gold', 'Golden', 'Big gold'])
})

test('counting stops at a thousand and says so; sorting goes on over all hits', async () => {
  const library = testLibrary()
  library.writer.transact((tx) => {
    tx.insert('brands', { id: '01900000-0000-7000-8000-000000000001', name: 'B', slug: 'b', notes: '' })
    for (let index = 0; index < 1_200; index += 1) {
      const name = `item ${String(1_199 - index).padStart(4, '0')}`
      tx.insert('products', { ...productRow('01900000-0000-7000-8000-000000000001', name), price_cents: index })
    }
  })
  const list = await library.call('products.list', { search: 'it', sort: 'name', limit: 3 })
  expect(list).toMatchObject({ total: 1_000, totalIsAtLeast: true })
  expect(list.items.map(({ name }) => name)).toEqual(['item 0000', 'item 0001', 'item 0002'])
  expect(await library.call('products.list', { limit: 1 })).toMatchObject({ total: 1_200, totalIsAtLeast: false })
  const few = await library.call('products.list', { search: '119', sort: '-price', limit: 2 })
  expect(few).toMatchObject({ total: 12, totalIsAtLeast: false })
  expect(few.items.map(({ name }) => name)).toEqual(['item 0119', 'item 1119'])
})

test('a query of operators, an endless word and a query of nothing do no harm', async () => {
  const library = testLibrary()
  await library.call('products.create', { name: 'a NEAR(b)', brand: 'B' })
  const found = async (search: string) => (await library.call('products.list', { search })).items.length
  expect(await found('NEAR(')).toBe(1)
  expect(await found('near AND b')).toBe(0)
  expect(await found('"')).toBe(0)
  expect(await found('x'.repeat(200))).toBe(0)
  expect(await found('  ')).toBe(1)
  expect(await found('\ud800')).toBe(0)
})
