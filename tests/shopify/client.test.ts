import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../src/main/clock.ts'
import { ShopifyClient } from '../../src/main/shopify/client.ts'
import { productIds, productsPage, shopProbe } from '../../src/main/shopify/queries.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import type { FakeShopify, FakeShopifyOptions } from '../support/fakes/shopify/fake-shopify.ts'

/** How long a single request may take: that one runs in real time. */
const DEADLINE_MS = 30_000

/** A client whose waits are over at once, while the shop's clock moves on by as much. */
async function rig(options: FakeShopifyOptions = {}) {
  const time = { ms: 0 }
  const shop: FakeShopify = await startFakeShopify({ ...options, now: () => 1_790_000_000_000 })
  onTestFinished(() => shop[Symbol.asyncDispose]())
  const clock: Clock = {
    now: () => new Date(1_790_000_000_000 + time.ms).toISOString(),
    elapsed: () => time.ms,
    after: (ms, call) => {
      if (ms === DEADLINE_MS) return () => {}
      const timer = setImmediate(() => {
        time.ms += ms
        shop.advance(ms)
        call()
      })
      return () => clearImmediate(timer)
    },
  }
  const waits: { ms: number; asked: boolean }[] = []
  const quiet = (): void => {}
  const client = new ShopifyClient({
    baseUrl: shop.url,
    credentials: { kind: 'grant', clientId: shop.clientId, clientSecret: shop.clientSecret },
    ports: { fetch, clock, log: { debug: quiet, info: quiet, warn: quiet, error: quiet }, random: () => 0.5 },
    protect: quiet,
    onWait: (wait) => wait && waits.push(wait),
  })
  const { signal } = new AbortController()
  return { shop, client, waits, time, ask: () => client.query(shopProbe, {}, signal), signal }
}

test('THROTTLED inside a 200 is waited out by what the bucket lacks', async () => {
  const { shop, waits, ask } = await rig()
  shop.fault({ throttled: true })
  await ask()
  // It wants 551, has 310 and gets 100 a second; and a little later, for others wait too.
  expect(waits).toEqual([{ ms: 3_250, asked: true }])
})

test('429 is waited out as long as Retry-After says, in seconds', async () => {
  const { shop, waits, ask } = await rig()
  shop.fault({ status: 429, retryAfter: 40 })
  await ask()
  expect(waits).toEqual([{ ms: 40_250, asked: true }])
})

test('429 without Retry-After is waited out for two seconds', async () => {
  const { shop, waits, ask } = await rig()
  shop.fault({ status: 429 })
  await ask()
  expect(waits).toEqual([{ ms: 2_250, asked: true }])
})

test('what may pass is tried five times, with longer and longer waits, and then told', async () => {
  const { shop, waits, ask } = await rig()
  shop.fault({ status: 503, times: 4 })
  await ask()
  expect(waits.map(({ ms }) => ms)).toEqual([1_000, 2_000, 4_000, 8_000])
  shop.fault({ status: 503, times: 5 })
  await expect(ask()).rejects.toMatchObject({ trouble: 'server' })
})

test('what a person has to mend is not tried again', async () => {
  const { shop, waits, ask } = await rig()
  shop.fault({ status: 402 })
  await expect(ask()).rejects.toMatchObject({ trouble: 'shop' })
  expect(waits).toEqual([])
})

test('being told to slow down without end is an end', async () => {
  const { shop, ask } = await rig()
  shop.fault({ throttled: true, times: 100 })
  await expect(ask()).rejects.toMatchObject({ trouble: 'throttled' })
})

test('a token is renewed by our own count of its time, before it ends', async () => {
  const { shop, time, ask } = await rig()
  const tokens = () => shop.requests.filter(({ operation }) => operation === 'token').length
  await ask()
  time.ms += (86_399 - 301) * 1000
  await ask()
  expect(tokens()).toBe(1)
  time.ms += 2_000
  await ask()
  expect(tokens()).toBe(2)
})

test('a whole catalogue at the default bucket is throttled at most once in a hundred questions', async () => {
  const { shop, client, signal } = await rig({ products: makeProducts(6_000) })
  let after: string | null = null
  for (;;) {
    const { data } = await client.query(productsPage, { first: 100, after, query: null }, signal)
    const { pageInfo } = (data as { products: { pageInfo: { hasNextPage: boolean; endCursor: string } } }).products
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  const asked = shop.requests.filter(({ operation }) => operation === 'HudsonProducts')
  expect(asked.length).toBeGreaterThanOrEqual(60)
  expect(asked.filter(({ throttled }) => throttled).length / asked.length).toBeLessThanOrEqual(0.01)
})

test('the id sweep costs what was recorded of Shopify', async () => {
  const { shop, client, signal } = await rig({ products: makeProducts(250) })
  await client.query(productIds, { first: 250, after: null, query: null }, signal)
  expect(shop.requests.at(-1)?.cost).toBe(13)
})

test('a filter that is not understood is told', async () => {
  const { client, signal } = await rig({ products: makeProducts(3) })
  const fine = await client.query(
    productsPage,
    { first: 10, after: null, query: `updated_at:>='2020-01-01T00:00:00Z'` },
    signal,
  )
  expect(fine.searchWarnings).toEqual([])
  const ignored = await client.query(productsPage, { first: 10, after: null, query: 'changed_at:>=2020' }, signal)
  expect(ignored.searchWarnings).toEqual(['changed_at'])
})

test('a wait ends as soon as the signal says so', async () => {
  const { shop, client } = await rig()
  const end = new AbortController()
  shop.fault({ hang: true })
  const asked = client.query(shopProbe, {}, end.signal)
  end.abort(new Error('closing'))
  await expect(asked).rejects.toThrow('closing')
})

test('a token that is asked for too often is waited for, as any question is', async () => {
  const { shop, waits, ask } = await rig()
  shop.fault({ on: 'token', status: 429 })
  await ask()
  expect(waits).toEqual([{ ms: 2_250, asked: true }])
})
