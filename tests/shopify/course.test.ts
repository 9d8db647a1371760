import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { openDb } from '../../src/main/db/open.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { desktop, named, shopFor, synced } from './rig.ts'

test('a sync that is killed goes on where it was, and nothing is made twice', async () => {
  const shop = await shopFor({ products: makeProducts(350) })
  shop.fault({ on: 'HudsonProducts', skip: 2, hang: true })
  const first = desktop(shop)
  const { jobId } = await first.call('shopify.sync', {})
  await first.job(jobId, ({ done }) => done === 200)
  await first[Symbol.asyncDispose]()
  const pages = () => shop.requests.filter(({ operation }) => operation === 'HudsonProducts')
  const before = pages().length
  const second = desktop(shop, { dataDir: first.dataDir })
  const job = await second.job(jobId)
  expect(job).toMatchObject({ state: 'done', failed: 0, done: 350 })
  expect((await second.call('app.info', {})).counts.products).toBe(350)
  expect(pages().slice(before), 'it did not begin anew').toHaveLength(2)
  expect(job.counts['created']).toBe(350)
})

test('cancelling ends it, and keeps what has come', async () => {
  const shop = await shopFor({ products: makeProducts(350) })
  shop.fault({ on: 'HudsonProducts', skip: 1, hang: true })
  const here = desktop(shop)
  const { jobId } = await here.call('shopify.sync', {})
  await here.job(jobId, ({ done }) => done === 100)
  expect(await here.call('jobs.cancel', { id: jobId })).toMatchObject({ state: 'cancelled' })
  const job = await here.job(jobId)
  expect(job.state).toBe('cancelled')
  expect(job.done).toBe(100)
  await expect(here.call('jobs.cancel', { id: jobId })).rejects.toThrow(/ended already/)
  await here.call('jobs.retry', { id: jobId })
  expect(await here.job(jobId)).toMatchObject({ state: 'done', done: 350 })
})

test('what the search does not know yet is brought by the overlap of the next sync', async () => {
  const shop = await shopFor({ products: makeProducts(30), indexLagMs: 20_000 })
  shop.advance(60_000)
  const here = desktop(shop)
  await synced(here)
  const [first, late, early] = shop.catalogue.all().slice(20)
  shop.advance(3_600_000)
  shop.catalogue.update(must(first, 'first').id, { title: 'Moves the watermark' })
  shop.advance(30_000)
  expect((await synced(here)).counts['updated']).toBe(1)
  shop.advance(3_600_000)
  shop.catalogue.update(must(late, 'late').id, { title: 'Late in the search' })
  shop.advance(30_000)
  shop.catalogue.update(must(early, 'early').id, { title: 'Newest' })
  shop.advance(5_000)
  // The newest is not in the search yet; the one before it is.
  expect((await synced(here)).counts['updated']).toBe(1)
  shop.advance(30_000)
  expect((await synced(here)).counts['updated']).toBe(1)
  expect((await named(here, 'Newest')).name).toBe('Newest')
})

test('a sync by itself is no older than needed, and a person can always start one', async () => {
  const shop = await shopFor({ products: makeProducts(20) })
  const here = desktop(shop)
  await synced(here)
  const asked = shop.requests.length
  await here.call('sync.focus', {})
  expect((await here.call('shopify.status', {})).jobId, 'it was done a moment ago').toBeNull()
  expect(shop.requests).toHaveLength(asked)
  const status = await here.call('shopify.status', {})
  expect(status).toMatchObject({ configured: true, shop: shop.shop, problem: null })
  expect(status.lastSyncAt).not.toBeNull()
})

test('a page that Shopify finds too large is asked for by halves', async () => {
  const shop = await shopFor({ products: makeProducts(120) })
  shop.fault({ on: 'HudsonProducts', tooCostly: true })
  const here = desktop(shop)
  expect(await synced(here)).toMatchObject({ state: 'done', done: 120 })
  const asked = shop.requests.filter(({ operation }) => operation === 'HudsonProducts')
  expect(asked.map(({ variables }) => variables['first'])).toEqual([100, 50, 50, 50])
})

test('on focus it starts by itself when the last one is older than fifteen minutes', async () => {
  const shop = await shopFor({ products: makeProducts(20) })
  const here = desktop(shop)
  await synced(here)
  const lastSyncAt = (minutes: number): void => {
    using db = openDb(join(here.dataDir, 'hudson.db'))
    const at = new Date(Date.now() - minutes * 60_000).toISOString()
    db.statement(`UPDATE settings SET value = json_set(value, '$.lastSyncAt', ?) WHERE name = 'shopify.sync'`).run(at)
  }
  lastSyncAt(14)
  await here.call('sync.focus', {})
  expect((await here.call('shopify.status', {})).jobId).toBeNull()
  lastSyncAt(16)
  await here.call('sync.focus', {})
  const { jobId } = await here.call('shopify.status', {})
  expect(await here.job(must(jobId, 'a sync'))).toMatchObject({ state: 'done', counts: { unchanged: 20 } })
})

test('a place in another shop is none in this one: all of its products come', async () => {
  const one = await shopFor({ products: makeProducts(250) })
  one.fault({ on: 'HudsonProducts', skip: 1, hang: true })
  const first = desktop(one)
  await first.job((await first.call('shopify.sync', {})).jobId, ({ done }) => done === 100)
  await first[Symbol.asyncDispose]()
  const other = await shopFor({ products: Array.from({ length: 120 }, (_, n) => ({ title: `Other ${n}` })) })
  const env = { HUDSON_SHOPIFY_SHOP: 'other-shop' }
  const second = desktop(other, { dataDir: first.dataDir, env })
  await second.job(must((await second.call('jobs.list', {})).items[0], 'the job').id)
  expect((await second.call('products.list', { search: 'Other' })).total).toBe(120)
})

test('what was on air is known after a break too, and comes when the show is over', async () => {
  const shop = await shopFor({ products: makeProducts(250) })
  const first = desktop(shop)
  await synced(first)
  const pearl = await named(first, 'Pearl studs 20')
  const session = await first.call('sessions.create', { name: 'Show', productIds: [pearl.id] })
  await first.call('live.start', { sessionId: session.id, mode: 'live' })
  shop.advance(3_600_000)
  for (const { id, variants } of shop.catalogue.all())
    shop.catalogue.update(id, { variants: variants.map((one) => ({ ...one, price: '7.00' })) })
  shop.fault({ on: 'HudsonProducts', skip: 1, hang: true })
  const { jobId } = await first.call('shopify.sync', {})
  await first.job(jobId, ({ done }) => done === 100)
  await first[Symbol.asyncDispose]()
  const second = desktop(shop, { dataDir: first.dataDir })
  expect(await second.job(jobId)).toMatchObject({ state: 'done', counts: { held: 1 } })
  await second.call('live.end', { sessionId: session.id })
  await second.job(must((await second.call('shopify.status', {})).jobId, 'a sync'))
  const after = await second.call('products.get', { id: pearl.id })
  expect(after.variants.map(({ priceCents }) => priceCents)).toEqual([700, 700, 700, 700])
})

test('what needs a decision is not tried again by itself', async () => {
  const shop = await shopFor({ products: makeProducts(60) })
  const here = desktop(shop)
  await synced(here)
  for (const { id } of shop.catalogue.all().slice(10)) shop.catalogue.remove(id)
  expect((await synced(here, { full: true })).problem).toMatch(/looks like another shop/)
  await here.call('sync.focus', {})
  expect(await here.call('shopify.status', {})).toMatchObject({
    jobId: null,
    problem: expect.stringMatching(/looks like another shop/),
  })
})

test('a small shop asks too before most of it is archived', async () => {
  const shop = await shopFor({ products: makeProducts(15) })
  const here = desktop(shop)
  await synced(here)
  for (const { id } of shop.catalogue.all()) shop.catalogue.remove(id)
  expect((await synced(here, { full: true })).problem).toMatch(/14 of 14 products are not in Shopify any more/)
})

test('a product without a vendor has no brand, whatever stands beside it', async () => {
  const shop = await shopFor({
    products: [
      { title: 'Named', vendor: 'Acme' },
      { title: 'Nameless', vendor: '' },
    ],
  })
  const here = desktop(shop)
  await synced(here)
  expect((await named(here, 'Nameless')).brand.name).toBe('No brand')
})
