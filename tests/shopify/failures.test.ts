import { describe, expect, test } from 'vitest'
import type { Input } from '#shared/contract.ts'
import { testShopify } from '../../src/main/shopify/probe.ts'
import { FakeClock } from '../support/core.ts'
import { openDesktop } from '../support/desktop.ts'
import type { Fault } from '../support/fakes/shopify/faults.ts'
import { desktop, shopFor } from './rig.ts'

/** Every row of what Shopify can answer, and what the user reads. */
const rows: readonly (readonly [string, Fault, string])[] = [
  [
    '401 with a token',
    { status: 401 },
    'Shopify does not know this access token. A client id or secret does not work in its place. Copy the token again, or use the client id and secret of your app.',
  ],
  [
    '402, a frozen shop',
    { status: 402 },
    'The shop is frozen because of an unpaid bill. Its owner has to settle it with Shopify.',
  ],
  [
    '403, an app of the old kind',
    { status: 403 },
    'Shopify does not let this app read the shop any more. Make a new app for it (dev.shopify.com), and use its client id and secret.',
  ],
  [
    '404, a wrong name',
    { status: 404 },
    'There is no shop of this name. Compare it with the one in the address of your Shopify admin.',
  ],
  ['423, locked', { status: 423 }, 'Shopify has locked this shop. Its owner has to ask Shopify why.'],
  [
    '430, taken for an attack',
    { status: 430 },
    'Shopify took the request for an attack and refused it. Wait a while; if it lasts, try from another network.',
  ],
  ['a status that nobody knows', { status: 418 }, 'Shopify refused the request (418). The log has more.'],
  [
    'a redirect',
    { status: 302 },
    'The shop sends us to another address. Its name may have changed: look for the one that ends in .myshopify.com in Shopify, under Settings, Domains.',
  ],
  ...([500, 502, 503, 504, 520] as const).map(
    (status) =>
      [
        `${status}`,
        { status },
        `Shopify has a problem of its own right now (${status}). Nothing is lost. Test again in a minute.`,
      ] as const,
  ),
  [
    'INTERNAL_SERVER_ERROR inside a 200',
    { internalError: true },
    'Shopify had an internal error. Nothing is lost. Test again in a minute.',
  ],
  [
    'SHOP_INACTIVE',
    { shopInactive: true },
    'The shop is closed or not active at Shopify. Its owner can open it again.',
  ],
  [
    'ACCESS_DENIED with partial data',
    { accessDenied: true },
    'The access does not include reading products. In the settings of your app at Shopify, add the scope read_products, release it and install it on the shop again.',
  ],
  ['MAX_COST_EXCEEDED', { tooCostly: true }, 'Shopify finds this question too large. The log has more.'],
  [
    'a question that it does not understand',
    { badQuery: true },
    'Shopify did not understand what Hudson asked. A newer version of Hudson may help; the log has more.',
  ],
  [
    'a page for people in place of an answer',
    { status: 503, body: '<html>' },
    'Shopify has a problem of its own right now (503). Nothing is lost. Test again in a minute.',
  ],
  [
    'JSON that is cut off',
    { invalidJson: true },
    'What came in place of an answer of Shopify cannot be read: it was cut off, or something between us (a sign-in page of the network?) answered instead. Test again in a minute.',
  ],
  [
    'a connection that breaks in the middle',
    { cutBody: true },
    'Shopify cannot be reached, or the connection broke off. Check the internet connection. Test again in a minute.',
  ],
  [
    'an answer that says nothing',
    { emptyBody: true },
    'Shopify answered without saying anything. Test again in a minute.',
  ],
]

describe('what Shopify answers, and what the user reads', () => {
  for (const [name, fault, detail] of rows) {
    test(`Shopify: ${name}`, async () => {
      const shop = await shopFor()
      shop.fault({ ...fault, on: 'HudsonProbe' })
      const here = desktop(shop)
      expect(await here.call('setup.testShopify', {})).toMatchObject({ ok: false, detail })
    })
  }

  test('what is wrong is said at the field where it can be mended', async () => {
    const shop = await shopFor()
    const here = openDesktop({ HUDSON_SHOPIFY_BASE_URL: shop.url })
    const fieldOf = async (given: Input<'setup.testShopify'>) => (await here.call('setup.testShopify', given)).field
    const grant = { shop: shop.shop, clientId: shop.clientId, clientSecret: 'shpss_wrong' }
    expect(await fieldOf({ shop: 'www.example.com', token: shop.token })).toBe('shop')
    expect(await fieldOf({ shop: shop.shop, token: 'shpat_wrong' })).toBe('token')
    expect(await fieldOf(grant)).toBe('clientSecret')
    shop.fault({ on: 'HudsonProbe', status: 404 })
    expect(await fieldOf({ shop: shop.shop, token: shop.token })).toBe('shop')
    shop.fault({ on: 'HudsonProbe', status: 503 })
    expect(await fieldOf({ shop: shop.shop, token: shop.token }), 'nothing to mend').toBeUndefined()
  })

  for (const [name, fault] of [
    ['429 with Retry-After', { status: 429, retryAfter: 1 }],
    ['THROTTLED inside a 200', { throttled: true }],
  ] as const) {
    test(`Shopify: ${name} is waited for, as long as the test may last`, async () => {
      const shop = await shopFor()
      const here = desktop(shop)
      shop.fault({ ...fault, on: 'HudsonProbe' })
      expect(await here.call('setup.testShopify', {})).toMatchObject({ ok: true })
      expect(shop.requests.filter(({ operation }) => operation === 'HudsonProbe')).toHaveLength(2)
    })
  }

  test('who is told to slow down for longer than that is told so', async () => {
    const shop = await shopFor()
    shop.fault({ on: 'HudsonProbe', status: 429, retryAfter: 60 })
    const clock = new FakeClock()
    const credentials = { kind: 'token', token: shop.token } as const
    const quiet = (): void => {}
    const { promise: waiting, resolve } = Promise.withResolvers<void>()
    const random = (): number => {
      resolve()
      return 0
    }
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
    const told = testShopify(
      {},
      {
        setup: () => ({ shop: shop.shop, baseUrl: shop.url, credentials }),
        ports: { fetch, clock, log, random, protect: quiet },
      },
    )
    // Asked for just before the wait begins.
    await waiting
    clock.advance(20_000)
    expect(await told).toEqual({ ok: false, detail: 'Shopify asks us to slow down. Test again in a minute.' })
  })

  test('a good connection names the shop, its products and its currency', async () => {
    const shop = await shopFor({ products: [{ title: 'One' }] })
    const here = desktop(shop)
    const detail = 'Hudson test shop (hudson-test.myshopify.com): 1 product, prices in USD.'
    expect(await here.call('setup.testShopify', {})).toEqual({ ok: true, detail })
  })

  test('a version other than the one that Hudson was made for is told of', async () => {
    const shop = await shopFor({ apiVersion: '2027-04' })
    const here = desktop(shop)
    const { ok, detail } = await here.call('setup.testShopify', {})
    expect(ok).toBe(true)
    expect(detail).toMatch(/It answers as version 2027-04; Hudson was made for 2026-10\.$/)
  })

  test('a missing scope is found by the test', async () => {
    const shop = await shopFor({ scopes: ['read_orders'] })
    const here = desktop(shop)
    const { ok, detail } = await here.call('setup.testShopify', {})
    expect(ok).toBe(false)
    expect(detail).toMatch(/Add the scope read_products|add the scope read_products/)
  })
})

describe('a client id and its secret', () => {
  const grant = (shop: { clientId: string; clientSecret: string }) => ({
    HUDSON_SHOPIFY_CLIENT_ID: shop.clientId,
    HUDSON_SHOPIFY_CLIENT_SECRET: shop.clientSecret,
  })

  test('get a token, which is used for all that follows', async () => {
    const shop = await shopFor({ products: [{ title: 'One' }, { title: 'Two' }] })
    const here = desktop(shop, { env: grant(shop) })
    const { jobId } = await here.call('shopify.sync', {})
    expect(await here.job(jobId)).toMatchObject({ state: 'done', done: 2 })
    expect(shop.requests.filter(({ operation }) => operation === 'token')).toHaveLength(1)
  })

  test('a token that ended is renewed once, without a word', async () => {
    const shop = await shopFor({ products: [{ title: 'One' }] })
    shop.fault({ on: 'HudsonProducts', status: 401 })
    const here = desktop(shop, { env: grant(shop) })
    const { jobId } = await here.call('shopify.sync', {})
    expect(await here.job(jobId)).toMatchObject({ state: 'done', done: 1 })
    expect(shop.requests.filter(({ operation }) => operation === 'token')).toHaveLength(2)
  })

  test('access that is refused twice is a matter for a person, and nothing starts by itself any more', async () => {
    const shop = await shopFor({ products: [{ title: 'One' }] })
    shop.fault({ on: 'HudsonProducts', status: 401, times: 2 })
    const here = desktop(shop, { env: grant(shop) })
    const { jobId } = await here.call('shopify.sync', {})
    const problem =
      'Shopify does not accept the access that it just gave us. Check the client id and secret, and that the app is still installed on the shop.'
    expect(await here.job(jobId)).toMatchObject({ state: 'failed', problem })
    expect(await here.call('shopify.status', {})).toMatchObject({ problem, jobId: null })
    await here.call('sync.focus', {})
    expect((await here.call('shopify.status', {})).jobId).toBeNull()
    const again = await here.call('shopify.sync', {})
    expect(await here.job(again.jobId), 'by hand it is tried').toMatchObject({ state: 'done' })
    expect((await here.call('shopify.status', {})).problem).toBeNull()
  })

  const refusals = [
    ['shop_not_permitted', /belong to different Shopify organisations/],
    ['app_not_installed', /The app is not installed on this shop yet/],
    ['invalid_client', /Shopify does not know this client id and secret/],
  ] as const
  for (const [tokenGrant, detail] of refusals) {
    test(`${tokenGrant} is told in words`, async () => {
      const shop = await shopFor({ tokenGrant })
      const here = desktop(shop, { env: grant(shop) })
      const told = await here.call('setup.testShopify', {})
      expect(told.ok).toBe(false)
      expect(told.detail).toMatch(detail)
    })
  }

  test('a token endpoint that fails for itself is told as Shopify having a problem', async () => {
    const shop = await shopFor()
    shop.fault({ on: 'token', status: 520 })
    const here = desktop(shop, { env: grant(shop) })
    const { detail } = await here.call('setup.testShopify', {})
    expect(detail).toMatch(/Shopify has a problem of its own right now \(520\)/)
  })

  test('an app without the scope is told so before anything is asked', async () => {
    const shop = await shopFor({ scopes: ['read_orders'] })
    const here = desktop(shop, { env: grant(shop) })
    const { detail } = await here.call('setup.testShopify', {})
    expect(detail).toMatch(/The app may not read products/)
    expect(shop.requests.filter(({ operation }) => operation !== 'token')).toEqual([])
  })

  test('neither secrets nor tokens come into the log', async () => {
    const shop = await shopFor({ products: [{ title: 'One' }] })
    shop.fault({ on: 'HudsonProducts', status: 500 })
    const here = desktop(shop, { env: grant(shop) })
    await here.job((await here.call('shopify.sync', {})).jobId)
    const log = JSON.stringify(here.log)
    expect(log).not.toContain(shop.clientSecret)
    expect(log).toContain('Shopify is asked again')
  })
})

describe('the name of the shop', () => {
  const forms = [
    ['hudson-test', 'hudson-test.myshopify.com'],
    ['Hudson-Test.myshopify.com', 'hudson-test.myshopify.com'],
    ['https://hudson-test.myshopify.com/admin/products?x=1', 'hudson-test.myshopify.com'],
    ['https://admin.shopify.com/store/hudson-test/settings', 'hudson-test.myshopify.com'],
    [' admin.shopify.com/store/hudson-test ', 'hudson-test.myshopify.com'],
  ]
  for (const [given = '', kept] of forms) {
    test(`"${given}" is ${kept}`, async () => {
      const here = desktop(await shopFor())
      const settings = await here.call('settings.update', { patch: { shopify: { shop: given } } })
      expect(settings.shopify.shop).toBe(kept)
    })
  }

  test('a domain of its own is refused at its field, with where to find the right one', async () => {
    const here = desktop(await shopFor())
    const reply = await here.app.dispatch('settings.update', { patch: { shopify: { shop: 'www.example.com' } } })
    expect(reply).toMatchObject({
      ok: false,
      error: {
        code: 'bad-call',
        fields: {
          'patch.shopify.shop': expect.stringMatching(
            /ends in \.myshopify\.com: in Shopify, open Settings, then Domains/,
          ),
        },
      },
    })
  })
})
