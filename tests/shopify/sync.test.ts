import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { openDb } from '../../src/main/db/open.ts'
import { openDesktop } from '../support/desktop.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { desktop, named, shopFor, synced } from './rig.ts'

test('the first sync brings everything: counts, prices, variants and pictures', async () => {
  const shop = await shopFor({ products: makeProducts(150) })
  const here = desktop(shop)
  const job = await synced(here)
  expect(job).toMatchObject({ state: 'done', failed: 0, done: 150, total: 150, counts: { created: 150 } })
  const { counts } = await here.call('app.info', {})
  expect(counts.products).toBe(150)

  const hoops = await named(here, 'Gold hoops 29')
  expect(hoops).toMatchObject({ priceCents: 38_00, compareAtPriceCents: null, sku: 'SKU-29-0', source: 'shopify' })
  const shirt = await named(here, 'Linen shirt 37')
  expect(shirt).toMatchObject({ priceCents: 46_00, compareAtPriceCents: 56_00 })
  expect(shirt.variants.map(({ title, priceCents }) => [title, priceCents])).toEqual([['Default Title', 46_00]])
  const studs = await named(here, 'Pearl studs 20')
  expect(studs.variants.map(({ title }) => title)).toEqual(['Small', 'Medium', 'Large', 'Extra large'])
  expect(studs.images.map(({ url, alt, position, primary }) => ({ url, alt, position, primary }))).toEqual([
    { url: `${shop.url}/cdn/shop/files/9000000000020-0.png?v=1763000000`, alt: 'Piece 20', position: 1, primary: true },
    {
      url: `${shop.url}/cdn/shop/files/9000000000020-1.png?v=1763000000`,
      alt: 'Piece 20',
      position: 2,
      primary: false,
    },
  ])
})

test('what real shops hold arrives as it is meant', async () => {
  const shop = await shopFor({ products: makeProducts(16) })
  const here = desktop(shop)
  expect(await synced(here)).toMatchObject({ state: 'done', failed: 0 })

  const images = async (name: string) => (await named(here, name)).images.map(({ alt }) => alt)
  expect(await images('Video first'), 'a video is no picture').toEqual(['Still'])
  expect(await images('Failed picture')).toEqual(['Good'])
  expect(await images('Picture on its way')).toEqual([])
  expect((await named(here, 'Many variants')).variants, 'more than one page of variants').toHaveLength(130)
  const statuses = await Promise.all(
    ['Unlisted', 'Draft', 'Of tomorrow'].map(async (name) => (await named(here, name)).status),
  )
  expect(statuses).toEqual(['active', 'draft', 'draft'])
  const archived = await here.call('products.list', { status: 'archived' })
  expect(archived.items.map(({ name }) => name)).toEqual(['Archived'])
  expect((await named(here, 'For nothing')).priceCents, '"0.00" is a price').toBe(0)
  expect((await named(here, 'First of two')).sku).toBe('TWIN')
  expect((await named(here, 'Second of two')).sku).toBe('TWIN')
  const unknown = await named(here, 'No stock known')
  expect(unknown.variants[0]).toMatchObject({ stock: null, compareAtPriceCents: null })
  expect((await named(here, '💎 Diamant, funkelnd')).tags).toEqual(['✨'])
  expect((await named(here, 'أقراط ذهبية')).descriptionHtml).toBe('<p dir="rtl">أقراط</p>')
  expect((await named(here, 'With a script')).descriptionHtml, 'kept; pages sanitise it').toContain('<script>')
})

test('a second sync changes nothing, and asks for what changed alone', async () => {
  const shop = await shopFor({ products: makeProducts(150) })
  const here = desktop(shop)
  await synced(here)
  const before = shop.requests.length
  const again = await synced(here)
  expect(again.state).toBe('done')
  expect(again.counts['created'] ?? 0).toBe(0)
  expect(again.counts['updated'] ?? 0).toBe(0)
  const asked = shop.requests.slice(before).filter(({ operation }) => operation === 'HudsonProducts')
  expect(asked.map(({ variables }) => variables['query'])).toEqual([
    expect.stringMatching(/^updated_at:>='\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ'$/),
    expect.stringMatching(/^updated_at:>=/),
  ])
})

test('three changed products are exactly three updates; what people wrote stays; two that are gone are archived', async () => {
  const shop = await shopFor({ products: makeProducts(40) })
  const here = desktop(shop)
  await synced(here)
  const mine = await named(here, 'Leather tote 25')
  await here.call('points.save', { productId: mine.id, text: '- Ours' })
  await here.call('images.update', { id: must(mine.images[0], 'a picture').id, alt: 'Written by a person' })
  await here.call('products.update', { id: mine.id, patch: { name: 'Our name' } })

  shop.advance(60 * 60_000)
  const [a, b, c, d, e] = shop.catalogue.all().slice(20)
  const variants = (price: string) => [{ ...must(a, 'a').variants[0], price } as never]
  shop.catalogue.update(must(a, 'a').id, { title: 'Changed title' })
  shop.catalogue.update(must(b, 'b').id, { variants: variants('99.50') })
  const tote = must(
    shop.catalogue.all().find(({ title }) => title === 'Leather tote 25'),
    'the tote',
  )
  shop.catalogue.update(tote.id, {
    title: 'Their name',
    media: tote.media.map((one) => ({ ...one, alt: 'Their text', version: 2_000_000_000 })),
  })
  for (const gone of [c, d])
    shop.catalogue.remove(must(gone, 'one').id === tote.id ? must(e, 'e').id : must(gone, 'one').id)

  const job = await synced(here)
  expect(job.counts).toMatchObject({ updated: 3 })
  expect((await named(here, 'Changed title')).name).toBe('Changed title')
  const after = await here.call('products.get', { id: mine.id })
  expect(after).toMatchObject({ name: 'Our name', talkingPointsMd: '- Ours', overridden: ['name'] })
  expect(after.shopifyValues).toMatchObject({ name: 'Their name' })
  expect(after.images[0]?.alt, 'the picture has another content and the same text').toBe('Written by a person')
  expect(after.images[0]?.url).toContain('v=2000000000')
  const reset = await here.call('products.resetField', { id: mine.id, field: 'name' })
  expect(reset.name, 'reset to Shopify').toBe('Their name')

  const full = await synced(here, { full: true })
  expect(full.counts).toMatchObject({ archived: 2 })
  const { items } = await here.call('products.list', { status: 'archived' })
  expect(items).toHaveLength(3)
})

test('a report names what changed; undoing it keeps what was there as ours', async () => {
  const shop = await shopFor({ products: makeProducts(30) })
  const here = desktop(shop)
  await synced(here)
  const beanie = await named(here, 'Wool beanie 26')
  shop.advance(60 * 60_000)
  const theirs = must(
    shop.catalogue.all().find(({ title }) => title === 'Wool beanie 26'),
    'the beanie',
  )
  shop.catalogue.update(theirs.id, { variants: theirs.variants.map((one) => ({ ...one, price: '5.00' })) })
  const job = await synced(here)
  const report = await here.call('shopify.report', { jobId: job.id })
  expect(report).toMatchObject({ total: 1, undoable: true })
  expect(report.items[0]).toMatchObject({ productId: beanie.id, action: 'updated' })
  expect(report.items[0]?.changes).toContainEqual({ name: 'priceCents', before: beanie.priceCents, after: 500 })

  expect(await here.call('shopify.undo', { jobId: job.id })).toEqual({ undone: 1 })
  const back = await here.call('products.get', { id: beanie.id })
  expect(back).toMatchObject({ priceCents: beanie.priceCents, overridden: ['priceCents'] })
  await synced(here, { full: true })
  expect((await here.call('products.get', { id: beanie.id })).priceCents, 'the next sync leaves it').toBe(
    beanie.priceCents,
  )
  expect(await here.call('shopify.undo', { jobId: job.id }), 'once').toEqual({ undone: 0 })
})

test('one bad product is named and left out, the others come, and it can be tried again', async () => {
  const shop = await shopFor({ products: makeProducts(30) })
  const [first, second] = shop.catalogue.all()
  const big = must(first, 'a product')
  shop.catalogue.update(big.id, { title: 'X'.repeat(1_000_000) })
  shop.catalogue.update(must(second, 'a product').id, {
    variants: [{ ...big.variants[0], price: '1,234.50' } as never],
  })
  const here = desktop(shop)
  const job = await synced(here)
  expect(job).toMatchObject({ state: 'partial', failed: 2, done: 28, total: 30, counts: { created: 28 } })
  expect(job.errors.map(({ message }) => message).toSorted()).toEqual([
    'Its title is 1,000,000 characters long; Hudson takes 1,000.',
    'The price "1,234.50" of its variant "Default Title" is not an amount such as 12.50.',
  ])
  expect(
    must(
      job.errors.find(({ item }) => item === big.id),
      'the big one',
    ).label,
  ).toHaveLength(120)

  shop.catalogue.update(big.id, { title: 'Short' })
  await here.call('jobs.retry', { id: job.id })
  const again = await here.job(job.id)
  expect(again).toMatchObject({ state: 'partial', failed: 1, counts: { created: 29 } })
  expect((await named(here, 'Short')).source).toBe('shopify')
})

test('another shop does not archive everything: it asks first', async () => {
  const shop = await shopFor({ products: makeProducts(60) })
  const here = desktop(shop)
  await synced(here)
  for (const { id } of shop.catalogue.all().slice(10)) shop.catalogue.remove(id)
  const refused = await synced(here, { full: true })
  expect(refused).toMatchObject({ state: 'partial', counts: { gone: 50 } })
  expect(refused.problem).toMatch(/^50 of 59 products are not in Shopify any more\. That looks like another shop/)
  expect((await here.call('products.list', { status: 'archived' })).total).toBe(1)
  const agreed = await synced(here, { full: true, archiveMany: true })
  expect(agreed.counts['archived']).toBe(50)
})

test('products of a CSV file are known again, by handle, with what people wrote', async () => {
  const shop = await shopFor({
    products: [{ title: 'From both', handle: 'from-both', variants: [{ price: '12.00' }] }],
  })
  // Before there is a shop: the first sync begins by itself.
  const alone = openDesktop({})
  const content = 'Handle,Title,Vendor,Variant Price\nfrom-both,From both,Acme,11.00\n'
  await alone.call('library.importCsv', { content })
  const before = await named(alone, 'From both')
  await alone.call('points.save', { productId: before.id, text: '- Kept' })
  await alone[Symbol.asyncDispose]()
  const here = desktop(shop, { dataDir: alone.dataDir })
  expect(await synced(here)).toMatchObject({ counts: { updated: 1 } })
  expect(await here.call('products.get', { id: before.id })).toMatchObject({
    priceCents: 12_00,
    talkingPointsMd: '- Kept',
  })
})

test('while a show is on, changes to its items wait, and are taken by hand', async () => {
  const shop = await shopFor({ products: makeProducts(40) })
  const here = desktop(shop)
  await synced(here)
  const [one, two, other] = (await here.call('products.list', { search: 'Pearl', limit: 10 })).items
  const productIds = [must(one, 'one').id, must(two, 'two').id]
  const session = await here.call('sessions.create', { name: 'Show', productIds })
  await here.call('live.start', { sessionId: session.id, mode: 'live' })
  shop.advance(60 * 60_000)
  for (const product of [one, two, other]) {
    const theirs = must(
      shop.catalogue.all().find(({ title }) => title === product?.name),
      'theirs',
    )
    shop.catalogue.update(theirs.id, { variants: theirs.variants.map((each) => ({ ...each, price: '7.00' })) })
  }
  const job = await synced(here)
  expect(job.counts).toMatchObject({ updated: 1, held: 2 })
  expect((await here.call('products.get', { id: must(other, 'other').id })).priceCents).toBe(7_00)
  const priceOf = async (id: string) => (await here.call('products.get', { id })).priceCents
  expect(await priceOf(productIds[0] ?? '')).toBe(must(one, 'one').priceCents)
  const { items } = await here.call('shopify.waiting', { sessionId: session.id })
  expect(items.map(({ productId }) => productId).toSorted()).toEqual(productIds.toSorted())
  expect(items[0]?.fields[0]).toMatchObject({ name: 'priceCents', shopify: 7_00 })

  expect(await here.call('shopify.take', { sessionId: session.id, productIds: [productIds[0] ?? ''] })).toEqual({
    taken: 1,
  })
  expect(await priceOf(productIds[0] ?? '')).toBe(7_00)
  expect((await here.call('shopify.waiting', { sessionId: session.id })).items).toHaveLength(1)

  // After the show the rest comes by itself, variants too.
  await here.call('live.end', { sessionId: session.id })
  const { jobId } = await here.call('shopify.status', {})
  await here.job(must(jobId, 'the sync that the end of the show starts'))
  expect(await priceOf(productIds[1] ?? '')).toBe(7_00)
  const whole = await here.call('products.get', { id: productIds[0] ?? '' })
  expect(whole.variants.every(({ priceCents }) => priceCents === 7_00)).toBe(true)
})

test('the placeholder that Shopify draws of a picture is kept', async () => {
  const shop = await shopFor({ products: [{ title: 'One', media: [{ alt: 'One' }] }] })
  const here = desktop(shop)
  await synced(here)
  await here[Symbol.asyncDispose]()
  using db = openDb(join(here.dataDir, 'hudson.db'))
  const rows = db.statement('SELECT thumbhash FROM product_images').pluck(true).all()
  expect(rows).toEqual(['1QcSHQRnh493V4dIh4eXh1h4kJUI'])
})
