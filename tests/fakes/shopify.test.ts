import { imageSize } from 'image-size'
import { expect, onTestFinished, test } from 'vitest'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import type { FakeShopify, FakeShopifyOptions } from '../support/fakes/shopify/fake-shopify.ts'

// What a fake Shopify has to do, so that a client that works with it works with the real one.

const START = Date.parse('2026-11-20T10:00:00Z')

async function shop(options: FakeShopifyOptions = {}): Promise<FakeShopify> {
  const fake = await startFakeShopify({ now: () => START, ...options })
  onTestFinished(() => fake[Symbol.asyncDispose]())
  return fake
}

interface Asked {
  readonly version?: string
  readonly token?: string
  readonly variables?: object
}

function post(fake: FakeShopify, query: string, { version = '2026-10', token, variables = {} }: Asked = {}) {
  return fetch(`${fake.url}/admin/api/${version}/graphql.json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': token ?? fake.token },
    body: JSON.stringify({ query, variables, operationName: /query (\w+)/.exec(query)?.[1] ?? '' }),
  })
}

interface Cost {
  readonly requestedQueryCost: number
  readonly actualQueryCost: number | null
  readonly throttleStatus: { readonly maximumAvailable: number; readonly currentlyAvailable: number }
}
interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  readonly nodes: readonly { readonly title: string }[]
}
interface Answer {
  readonly data?: { readonly products: Page } | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
  readonly extensions: { readonly cost: Cost; readonly search?: readonly object[] }
}

async function ask(fake: FakeShopify, query: string, asked?: Asked): Promise<Answer> {
  return (await (await post(fake, query, asked)).json()) as Answer
}

const page = `query Page($first: Int!, $after: String, $query: String, $sort: ProductSortKeys, $reverse: Boolean) {
  products(first: $first, after: $after, query: $query, sortKey: $sort, reverse: $reverse) {
    pageInfo { hasNextPage endCursor } nodes { title } } }`

async function titles(fake: FakeShopify, variables: object): Promise<string[]> {
  const { data } = await ask(fake, page, { variables: { first: 250, ...variables } })
  return data?.products.nodes.map(({ title }) => title) ?? []
}

function grant(fake: FakeShopify, secret = fake.clientSecret, isJson = false): Promise<Response> {
  const fields = { grant_type: 'client_credentials', client_id: fake.clientId, client_secret: secret }
  return fetch(`${fake.url}/admin/oauth/access_token`, {
    method: 'POST',
    ...(isJson
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }
      : { body: new URLSearchParams(fields) }),
  })
}

test('1: the version that is served is told, and a retired one falls forward with 200', async () => {
  const fake = await shop()
  const served = async (version: string) => {
    const response = await post(fake, '{ shop { name } }', { version })
    return [response.status, response.headers.get('x-shopify-api-version')]
  }
  expect(await served('2026-10')).toEqual([200, '2026-10'])
  expect(await served('2024-10')).toEqual([200, '2026-01'])
})

test('1: a wrong token is 401, and its errors are a text', async () => {
  const response = await post(await shop(), '{ shop { name } }', { token: 'shpat_wrong' })
  expect(response.status).toBe(401)
  expect(await response.json()).toEqual({ errors: expect.stringContaining('Invalid API key or access token') })
})

test('2: a token is got by form and by JSON, and ends after a day', async () => {
  const fake = await shop()
  expect((await grant(fake, fake.clientSecret, true)).status).toBe(200)
  const given = (await (await grant(fake)).json()) as { access_token: string }
  expect(given).toEqual({
    access_token: expect.stringMatching(/^[0-9a-f]{32}$/),
    scope: 'read_products',
    expires_in: 86_399,
  })
  const status = async () => (await post(fake, '{ shop { name } }', { token: given.access_token })).status
  fake.advance(86_398_000)
  expect(await status()).toBe(200)
  fake.advance(1_000)
  expect(await status()).toBe(401)
})

test('2: what stands in the way of a token is told in JSON, and once as a page', async () => {
  const refused = await grant(await shop({ tokenGrant: 'shop_not_permitted' }))
  expect([refused.status, await refused.json()]).toEqual([
    400,
    expect.objectContaining({ error: 'shop_not_permitted' }),
  ])
  expect(await (await grant(await shop(), 'shpss_wrong')).json()).toMatchObject({ error: 'invalid_client' })
  const html = await grant(await shop({ tokenGrant: 'app_not_installed' }))
  expect(html.headers.get('content-type')).toContain('text/html')
  expect(await html.text()).toContain('<title>400 - Oauth error app_not_installed</title>')
})

test('3: the bucket runs dry into a 200 that says THROTTLED, and fills again', async () => {
  const fake = await shop({ bucket: { maximum: 20, restoreRate: 2 }, products: makeProducts(250) })
  const variables = { first: 250 }
  const paid = await ask(fake, page, { variables })
  expect(paid.extensions.cost).toMatchObject({ requestedQueryCost: 13, actualQueryCost: 13 })
  const response = await post(fake, page, { variables })
  expect(response.status).toBe(200)
  const refused = (await response.json()) as Answer
  expect(refused).not.toHaveProperty('data')
  expect(refused.errors?.[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } })
  expect(refused.extensions.cost).toMatchObject({ actualQueryCost: null, throttleStatus: { currentlyAvailable: 7 } })
  fake.advance(3_000)
  expect((await ask(fake, page, { variables })).data?.products.nodes).toHaveLength(250)
  expect(fake.requests.map(({ throttled }) => throttled)).toEqual([false, true, false])
})

test('3: 429 with Retry-After', async () => {
  const fake = await shop()
  fake.fault({ status: 429, retryAfter: 2 })
  const response = await post(fake, '{ shop { name } }')
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2'])
})

test('3: one question may cost 1,000 points at most', async () => {
  const dear =
    '{ products(first: 250) { nodes { media(first: 250) { nodes { id } } variants(first: 250) { nodes { media(first: 250) { nodes { id } } } } } } }'
  expect((await ask(await shop(), dear)).errors?.[0]?.extensions).toMatchObject({
    code: 'MAX_COST_EXCEEDED',
    maxCost: 1_000,
  })
})

test('4: pages follow cursors, both ways, and more than 250 at once is an error', async () => {
  const fake = await shop({ products: ['A', 'B', 'C'].map((title) => ({ title })) })
  const first = (await ask(fake, page, { variables: { first: 2 } })).data?.products
  expect(first).toMatchObject({ pageInfo: { hasNextPage: true }, nodes: [{ title: 'A' }, { title: 'B' }] })
  expect(await titles(fake, { after: first?.pageInfo.endCursor })).toEqual(['C'])
  expect(await titles(fake, { reverse: true })).toEqual(['C', 'B', 'A'])
  const tooMany = await ask(fake, page, { variables: { first: 251 } })
  expect(tooMany.errors?.[0]?.message).toContain('250')
})

test('4: a product that changes while it is paged moves behind the reader', async () => {
  const fake = await shop({ products: ['A', 'B', 'C'].map((title) => ({ title })) })
  const variables = { first: 1, sort: 'UPDATED_AT' }
  const first = (await ask(fake, page, { variables })).data?.products
  fake.advance(5_000)
  fake.catalogue.update(fake.catalogue.all()[0]?.id ?? '', {})
  expect(await titles(fake, { sort: 'UPDATED_AT', after: first?.pageInfo.endCursor })).toEqual(['B', 'C', 'A'])
})

test('5: filters do not know yet what changed a moment ago', async () => {
  const fake = await shop({ indexLagMs: 12_000 })
  fake.catalogue.add({ title: 'New' })
  const variables = { query: "updated_at:>='2026-11-20T10:00:00Z'" }
  expect(await titles(fake, variables)).toEqual([])
  expect(await titles(fake, {})).toEqual(['New'])
  fake.advance(12_000)
  expect(await titles(fake, variables)).toEqual(['New'])
})

test('5: a filter that is not known matches everything, and a warning says so', async () => {
  const fake = await shop({ products: [{ title: 'A' }, { title: 'B', status: 'DRAFT' }] })
  expect(await titles(fake, { query: 'status:draft' })).toEqual(['B'])
  const { data, extensions } = await ask(fake, page, { variables: { first: 9, query: 'colour:red' } })
  expect(data?.products.nodes).toHaveLength(2)
  expect(extensions.search).toMatchObject([
    { query: 'colour:red', warnings: [{ field: 'colour', code: 'invalid_field' }] },
  ])
})

test('6: without the scope, data comes along with an error', async () => {
  const denied = await ask(await shop({ scopes: [] }), page, { variables: { first: 1 } })
  expect(denied).toMatchObject({ data: { products: null }, errors: [{ extensions: { code: 'ACCESS_DENIED' } }] })
})

test('6: a field that is deprecated is not there, and such a question has no cost', async () => {
  const refused = await ask(await shop(), '{ products(first: 1) { nodes { bodyHtml } } }')
  expect(refused.errors?.[0]?.extensions).toMatchObject({
    code: 'undefinedField',
    typeName: 'Product',
    fieldName: 'bodyHtml',
  })
  expect(Object.keys(refused)).toEqual(['errors'])
})

test('6: the made catalogue is the same each time and holds every oddity', () => {
  const products = makeProducts(40)
  expect(makeProducts(40)).toEqual(products)
  expect(products.map(({ variants = [] }) => variants.length)).toContain(130)
  expect(new Set(products.map(({ status }) => status))).toEqual(
    new Set([undefined, 'UNLISTED', 'DRAFT', 'ARCHIVED', 'SUSPENDED']),
  )
  expect(products.flatMap(({ media = [] }) => media.map(({ status }) => status))).toEqual(
    expect.arrayContaining(['FAILED', 'PROCESSING']),
  )
  expect(products.find(({ media }) => media?.[0]?.kind === 'VIDEO')?.media).toHaveLength(2)
  const variants = products.flatMap((product) => product.variants ?? [])
  expect(variants.filter(({ sku }) => sku === 'TWIN')).toHaveLength(2)
  expect(variants.some(({ price }) => price === '0.00')).toBe(true)
  expect(variants.some(({ inventoryQuantity }) => inventoryQuantity === null)).toBe(true)
})

test.each([401, 402, 403, 404, 423, 430, 500, 502, 503, 504, 520] as const)(
  '7: status %i by script',
  async (status) => {
    const fake = await shop()
    fake.fault({ status })
    const response = await post(fake, 'query Named { shop { name } }')
    expect(response.status).toBe(status)
    const isPage = [404, 502, 503, 504, 520].includes(status)
    expect((await response.text()).startsWith('<')).toBe(isPage)
    expect((await post(fake, '{ shop { name } }')).status).toBe(200)
    expect(fake.requests[0]).toMatchObject({ operation: 'Named', status })
  },
)

test('7: a cut body, invalid JSON, slow headers, a wrong Date, a wrong version', async () => {
  const fake = await shop()
  const next = () => post(fake, '{ shop { name } }')
  fake.fault({ cutBody: true })
  await expect(next().then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/)
  fake.fault({ invalidJson: true })
  await expect((await next()).json()).rejects.toThrow(SyntaxError)
  fake.fault({ slowHeadersMs: 50 })
  const before = performance.now()
  expect((await next()).status).toBe(200)
  expect(performance.now() - before).toBeGreaterThan(45)
  fake.fault({ dateSkewMs: 3_600_000 })
  expect(Date.parse((await next()).headers.get('date') ?? '')).toBe(START + 3_600_000)
  fake.fault({ badVersion: '2027-01' })
  expect((await next()).headers.get('x-shopify-api-version')).toBe('2027-01')
})

test('8: pictures have the width that is asked for, are never enlarged, and are not sent twice', async () => {
  const { url } = await shop()
  const widthOf = async (query: string) =>
    imageSize(await (await fetch(`${url}/cdn/shop/files/a.png?v=1${query}`)).bytes()).width
  expect([await widthOf('&width=96'), await widthOf('&width=5000'), await widthOf('')]).toEqual([96, 800, 800])
  const first = await fetch(`${url}/cdn/shop/files/a.png?v=1`)
  expect(first.headers.get('cache-control')).toContain('max-age')
  const etag = first.headers.get('etag') ?? ''
  const second = await fetch(`${url}/cdn/shop/files/a.png?v=1`, { headers: { 'if-none-match': etag } })
  expect(second.status).toBe(304)
})

test('8: pictures that are missing, of a wrong type, cut, or huge', async () => {
  const { url } = await shop()
  const get = (name: string) => fetch(`${url}/cdn/shop/files/${name}.png`)
  expect((await get('missing')).status).toBe(404)
  expect((await get('wrong-type')).headers.get('content-type')).toBe('text/html')
  await expect((await get('truncated')).bytes()).rejects.toThrow('terminated')
  expect((await (await get('huge')).bytes()).length).toBe(30 * 1024 * 1024)
})

test('a count has a limit', async () => {
  const fake = await shop({ products: makeProducts(5) })
  const { data } = await ask(fake, '{ productsCount(limit: 3) { count precision } }')
  expect(data).toEqual({ productsCount: { count: 3, precision: 'AT_LEAST' } })
})

const catalogue = `query Catalogue($first: Int!) { products(first: $first) { pageInfo { hasNextPage endCursor } nodes {
  id legacyResourceId title handle status vendor productType tags descriptionHtml createdAt updatedAt publishedAt
  totalInventory tracksInventory hasOnlyDefaultVariant variantsCount { count precision } featuredMedia { id }
  priceRangeV2 { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
  media(first: 10, sortKey: POSITION) { nodes { id alt mediaContentType status
    ... on MediaImage { mimeType image { url width height altText thumbhash } } } }
  variants(first: 100) { pageInfo { hasNextPage endCursor } nodes { id title sku barcode price compareAtPrice position
    inventoryQuantity inventoryPolicy availableForSale updatedAt selectedOptions { name value }
    media(first: 1) { nodes { id } } } } } } }`

test.each([
  [25, 368],
  [50, 429],
  [100, 551],
  [250, 673],
])('3: the recorded price of a page of %i whole products is %i points', async (first, points) => {
  const { extensions } = await ask(await shop(), catalogue, { variables: { first } })
  expect(extensions.cost.requestedQueryCost).toBe(points)
})
