import { expect, test } from 'vitest'
import { csv, testLibrary } from './support.ts'

const RING =
  'ring,Gold ring,<p>Body</p>,Aurum,"gold, new",true,Size,S,R-S,20.00,30.00,https://p.example/1.jpg,1,A ring,active'
const RING_M = 'ring,,,,,,,M,R-M,18.50,25.00,https://p.example/2.jpg,2,,'

test('rows of one handle become one product with its lowest price and the was price of that variant', async () => {
  const { call, importText } = testLibrary()
  expect(await importText(csv(RING, RING_M))).toMatchObject({
    created: 1,
    found: { products: 1, variants: 2, images: 2, brands: 1 },
  })
  const { items } = await call('products.list', {})
  expect(items).toMatchObject([
    {
      name: 'Gold ring',
      handle: 'ring',
      descriptionHtml: '<p>Body</p>',
      brand: { name: 'Aurum' },
      tags: ['gold', 'new'],
      sku: 'R-S',
      priceCents: 1850,
      compareAtPriceCents: 2500,
      source: 'shopify',
      variants: [
        { title: 'S', sku: 'R-S', priceCents: 2000, options: [{ name: 'Size', value: 'S' }] },
        { title: 'M', sku: 'R-M', priceCents: 1850, options: [{ name: 'Size', value: 'M' }] },
      ],
      images: [
        { url: 'https://p.example/1.jpg', alt: 'A ring', primary: true, state: 'waiting', position: 1 },
        { url: 'https://p.example/2.jpg', alt: '', primary: false, position: 2 },
      ],
    },
  ])
})

test('a was price that is not above the price is dropped, with a warning that names the line', async () => {
  const { call, importText } = testLibrary()
  const report = await importText(csv(RING.replace('30.00', '20.00')))
  expect(report.warnings).toEqual([{ line: 2, reason: expect.stringContaining('not above the price') }])
  expect((await call('products.list', {})).items[0]?.compareAtPriceCents).toBeNull()
})

test('what people own survives, and what they took over is left alone until it is reset', async () => {
  const { call, importText, writer } = testLibrary()
  await importText(csv(RING, RING_M))
  const { id, images } = (await call('products.list', {})).items[0] ?? { id: '', images: [] }
  await call('products.update', { id, patch: { name: 'My ring', talkingPointsMd: '- mine' } })
  const [first, second] = images.map((image) => image.id)
  writer.transact((tx) => {
    tx.update('product_images', first ?? '', { alt: 'By me', alt_by_person: 1, is_primary: 0, position: 9 })
    tx.update('product_images', second ?? '', { is_primary: 1 })
    tx.update('products', id, { overridden: '["name","images.order","images.primary"]' })
  })
  const report = await importText(csv(RING.replace('Gold ring', 'Golden ring').replace('A ring', 'Other alt'), RING_M))
  expect(report).toMatchObject({ updated: 1, created: 0 })
  const detail = await call('products.get', { id })
  expect(detail).toMatchObject({
    name: 'My ring',
    talkingPointsMd: '- mine',
    overridden: ['name'],
    shopifyValues: { name: 'Golden ring' },
    images: [
      { url: 'https://p.example/2.jpg', primary: true },
      { url: 'https://p.example/1.jpg', alt: 'By me', primary: false },
    ],
  })
  expect(await call('products.resetField', { id, field: 'name' })).toMatchObject({
    name: 'Golden ring',
    overridden: [],
  })
})

test('variants and pictures that are no longer named go; a person’s own picture stays, behind', async () => {
  const { call, importText, writer } = testLibrary()
  await importText(csv(RING, RING_M))
  const before = (await call('products.list', {})).items[0]
  writer.transact((tx) =>
    tx.insert('product_images', {
      id: '01900000-0000-7000-8000-000000000001',
      product_id: before?.id ?? '',
      source_url: null,
      origin: 'person',
      alt: 'own',
      alt_by_person: 1,
      position: 3,
      is_primary: 0,
      thumbhash: null,
      colour: null,
    }),
  )
  await importText(csv(RING))
  const after = (await call('products.list', {})).items[0]
  expect(after?.variants.map(({ id }) => id)).toEqual([before?.variants[0]?.id])
  expect(after?.images.map(({ alt, position }) => [alt, position])).toEqual([
    ['A ring', 1],
    ['own', 2],
  ])
})

test('a bad line of a product does not take away the variant that it would have named', async () => {
  const { call, importText } = testLibrary()
  await importText(csv(RING, RING_M))
  const report = await importText(csv(RING, RING_M.replace('18.50', 'NaN')))
  expect(report.skipped).toMatchObject([{ line: 3 }])
  expect((await call('products.list', {})).items[0]?.variants).toHaveLength(2)
})

test('a product made by hand is found by its SKU and keeps what was filled in', async () => {
  const { call, importText } = testLibrary()
  const made = await call('products.create', { name: 'Hand', brand: 'aurum', sku: 'r-m', priceCents: 100 })
  expect(await importText(csv(RING, RING_M))).toMatchObject({ created: 0, updated: 1 })
  expect(await call('products.get', { id: made.id })).toMatchObject({
    source: 'shopify',
    name: 'Hand',
    priceCents: 100,
    compareAtPriceCents: 2500,
    descriptionHtml: '<p>Body</p>',
    handle: 'ring',
  })
  expect(await importText(csv(RING, RING_M))).toMatchObject({ unchanged: 1 })
})

test('two products that share the SKU are not guessed between', async () => {
  const { call, importText } = testLibrary()
  await call('products.create', { name: 'One', brand: 'Aurum', sku: 'R-S' })
  await call('products.create', { name: 'Two', brand: 'Aurum', sku: 'R-S' })
  expect(await importText(csv(RING))).toMatchObject({ created: 1 })
})

test.each([
  ['true', '', 'active'],
  ['false', '', 'draft'],
  ['true', 'draft', 'draft'],
  ['TRUE', 'Archived', 'archived'],
  ['false', 'archived', 'archived'],
])('published %s with status "%s" is %s', async (published, status, expected) => {
  const { db, importText } = testLibrary()
  await importText(csv(`a,A,,V,,${published},,,,1.00,,,,,${status}`))
  expect(db.statement('SELECT status FROM products').pluck(true).get()).toBe(expected)
})

test('a product without a vendor gets the first brand of the file, or none', async () => {
  const { db, importText } = testLibrary()
  await importText(csv('a,A,,,,true,,,,1.00,,,,,', 'b,B,,Vee,,true,,,,1.00,,,,,'))
  expect(db.statement('SELECT name FROM brands').pluck(true).all()).toEqual(['Vee'])
  const other = testLibrary()
  await other.importText(csv('a,A,,,,true,,,,1.00,,,,,'))
  expect(other.db.statement('SELECT name FROM brands').pluck(true).all()).toEqual(['No brand'])
})

test('script and markup stay what they are', async () => {
  const { call, importText } = testLibrary()
  const evil = '<script>alert(1)</script>'
  await importText(csv(`x,${evil},"<img src=x onerror=""alert(1)"">",V,,true,,,,1.00,,javascript:alert(1),1,,`))
  const { items } = await call('products.list', {})
  expect(items[0]).toMatchObject({ name: evil, descriptionHtml: '<img src=x onerror="alert(1)">', images: [] })
})
