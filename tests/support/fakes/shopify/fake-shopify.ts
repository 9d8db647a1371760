import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { prepare } from './answer.ts'
import type { ShopView } from './answer.ts'
import { Bucket } from './bucket.ts'
import { FakeCatalogue } from './catalogue.ts'
import type { ProductSeed } from './catalogue.ts'
import { applyFault, Faults } from './faults.ts'
import type { Fault } from './faults.ts'
import { answerImage } from './images.ts'

/** One request that was made. `operation` is the name of the GraphQL operation, or `token`, or `image`. */
export interface SeenRequest {
  readonly operation: string
  readonly variables: Readonly<Record<string, unknown>>
  status: number
  cost: number
  throttled: boolean
}

/** A shop on loopback that behaves as Shopify's Admin API does, with a clock of its own. */
export interface FakeShopify extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly shop: string
  /** One that never ends, and the id and secret that get one for a day. */
  readonly token: string
  readonly clientId: string
  readonly clientSecret: string
  readonly catalogue: FakeCatalogue
  readonly requests: readonly SeenRequest[]
  /** The next requests that fit are answered by it. */
  fault(fault: Fault): void
  /** Moves its clock on: the bucket fills, tokens end, the search catches up. */
  advance(ms: number): void
}

export interface FakeShopifyOptions {
  readonly products?: readonly ProductSeed[]
  readonly scopes?: readonly string[]
  readonly bucket?: { readonly maximum: number; readonly restoreRate: number }
  /** Filters do not see changes that are younger, in ms. */
  readonly indexLagMs?: number
  readonly now?: () => number
  readonly port?: number
  readonly tokenGrant?: 'ok' | 'shop_not_permitted' | 'app_not_installed' | 'invalid_client'
  /** The version that it serves, whatever is asked for. */
  readonly apiVersion?: string
}

const MAX_COST = 1_000
const TOKEN_SECONDS = 86_399
const FORBIDDEN = '[API] Invalid API key or access token (unrecognized login or wrong password)'

export async function startFakeShopify(options: FakeShopifyOptions = {}): Promise<FakeShopify> {
  const fake = new Fake(options)
  const server = createServer((request, response) => {
    fake.answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(599)
      response.end(String(error))
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  fake.imageBase = `${url}/cdn/shop/files`
  return {
    url,
    shop: fake.shop,
    token: fake.token,
    clientId: fake.clientId,
    clientSecret: fake.clientSecret,
    catalogue: fake.catalogue,
    requests: fake.requests,
    fault: (fault) => fake.faults.add(fault),
    advance: (ms) => fake.advance(ms),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

class Fake {
  readonly shop = 'hudson-test.myshopify.com'
  readonly token = `shpat_${'0123456789abcdef'.repeat(2)}`
  readonly clientId = 'c0ffee00c0ffee00c0ffee00c0ffee00'
  readonly clientSecret = `shpss_${'fedcba9876543210'.repeat(2)}`
  readonly catalogue: FakeCatalogue
  readonly faults = new Faults()
  readonly requests: SeenRequest[] = []
  imageBase = ''
  readonly #options: FakeShopifyOptions
  readonly #bucket: Bucket
  readonly #granted = new Map<string, number>()
  readonly #clock: { ms: number }

  constructor(options: FakeShopifyOptions) {
    this.#options = options
    this.#clock = { ms: 0 }
    this.catalogue = new FakeCatalogue(() => this.#now())
    for (const product of options.products ?? []) this.catalogue.add(product)
    this.#bucket = new Bucket(options.bucket ?? { maximum: 2_000, restoreRate: 100 }, () => this.#now())
  }

  advance(ms: number): void {
    this.#clock.ms += ms
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake')
    response.setHeader('x-request-id', crypto.randomUUID())
    if (url.pathname.startsWith('/cdn/')) {
      const seen = this.#see('image', {})
      answerImage(url, request, response)
      seen.status = response.statusCode
      return
    }
    const body = await text(request)
    if (url.pathname === '/admin/oauth/access_token') return this.#grant(request, { body, response })
    const version = /^\/admin\/api\/([\w-]+)\/graphql\.json$/.exec(url.pathname)?.[1]
    if (version === undefined || request.method !== 'POST') return json(response, 404, { errors: 'Not Found' })
    response.setHeader('x-shopify-api-version', this.#served(version))
    await this.#graphql(request, { body, response })
  }

  #now(): number {
    return (this.#options.now ?? Date.now)() + this.#clock.ms
  }

  /** What was retired is answered by the oldest that is served, without a word. */
  #served(asked: string): string {
    const { apiVersion } = this.#options
    if (apiVersion !== undefined) return apiVersion
    return asked < '2026-01' ? '2026-01' : asked
  }

  #see(operation: string, variables: SeenRequest['variables']): SeenRequest {
    const seen: SeenRequest = { operation, variables, status: 200, cost: 0, throttled: false }
    this.requests.push(seen)
    return seen
  }

  async #grant(
    request: IncomingMessage,
    { body, response }: { body: string; response: ServerResponse },
  ): Promise<void> {
    const seen = this.#see('token', {})
    const fault = this.faults.take('token')
    if (fault) return void (seen.status = await applyFault(fault, { request, response }))
    const isJson = request.headers['content-type']?.includes('json') ?? false
    const given = isJson ? (JSON.parse(body) as Record<string, string>) : Object.fromEntries(new URLSearchParams(body))
    const { tokenGrant = 'ok', scopes = ['read_products'] } = this.#options
    const right = given['client_id'] === this.clientId && given['client_secret'] === this.clientSecret
    const problem = right ? tokenGrant : 'invalid_client'
    seen.status = problem === 'ok' ? 200 : 400
    if (problem === 'app_not_installed') return page(response, 400, 'Oauth error app_not_installed')
    if (problem !== 'ok') return json(response, 400, { error: problem, error_description: descriptions[problem] })
    const token = randomBytes(16).toString('hex')
    this.#granted.set(token, this.#now() + TOKEN_SECONDS * 1000)
    json(response, 200, { access_token: token, scope: scopes.join(','), expires_in: TOKEN_SECONDS })
  }

  async #graphql(
    request: IncomingMessage,
    { body, response }: { body: string; response: ServerResponse },
  ): Promise<void> {
    if (!this.#letsIn(request.headers['x-shopify-access-token'])) {
      this.#see('unauthorized', {}).status = 401
      return json(response, 401, { errors: FORBIDDEN })
    }
    if (request.headers['content-type'] !== 'application/json') return json(response, 415, { errors: 'media type' })
    const { query, variables = {}, operationName = '' } = JSON.parse(body) as Question
    const seen = this.#see(operationName, variables)
    const fault = this.faults.take(operationName)
    if (fault && 'dateSkewMs' in fault)
      response.setHeader('date', new Date(this.#now() + fault.dateSkewMs).toUTCString())
    else if (fault && 'badVersion' in fault) response.setHeader('x-shopify-api-version', fault.badVersion)
    else if (fault) {
      seen.throttled = 'throttled' in fault
      seen.status = await applyFault(fault, { request, response, bucket: this.#bucket.status() })
      if (!('slowHeadersMs' in fault)) return
    }
    const prepared = prepare({ query, variables }, this.#view())
    if ('refused' in prepared) return json(response, 200, prepared.refused)
    const { requestedCost } = prepared
    if (requestedCost > MAX_COST) return json(response, 200, tooCostly(requestedCost))
    const cost = { requestedQueryCost: requestedCost, actualQueryCost: null as number | null }
    if (!this.#bucket.take(requestedCost)) {
      seen.throttled = true
      const extensions = { cost: { ...cost, throttleStatus: this.#bucket.status() } }
      return json(response, 200, { errors: [throttled], extensions })
    }
    if (!this.#mayRead() && query.includes('products')) return json(response, 200, this.#denied(requestedCost))
    const { body: answer, actualCost, search } = await prepared.run()
    this.#bucket.giveBack(requestedCost - actualCost)
    seen.cost = actualCost
    const extensions = {
      cost: { ...cost, actualQueryCost: actualCost, throttleStatus: this.#bucket.status() },
      ...(search.length > 0 && { search }),
    }
    json(response, 200, { ...answer, extensions })
  }

  #letsIn(token: string | string[] | undefined): boolean {
    if (token === this.token) return true
    return typeof token === 'string' && (this.#granted.get(token) ?? 0) > this.#now()
  }

  #mayRead(): boolean {
    return (this.#options.scopes ?? ['read_products']).includes('read_products')
  }

  #denied(requestedQueryCost: number): Record<string, unknown> {
    const cost = { requestedQueryCost, actualQueryCost: 1, throttleStatus: this.#bucket.status() }
    return { ...accessDenied, extensions: { cost } }
  }

  #view(): ShopView {
    const { scopes = ['read_products'], indexLagMs = 0 } = this.#options
    const { catalogue, shop, imageBase } = this
    return { catalogue, shop, scopes, imageBase, indexLagMs, now: () => this.#now() }
  }
}

interface Question {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string
}

const descriptions = {
  shop_not_permitted: 'Client credentials cannot be performed on this shop.',
  invalid_client: 'Client authentication failed.',
}

const throttled = {
  message: 'Throttled',
  extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
}

/** Data beside an error: what a missing scope looks like. */
const accessDenied = {
  errors: [
    {
      message: 'Access denied for products field. Required access: `read_products` access scope.',
      locations: [{ line: 2, column: 3 }],
      extensions: {
        code: 'ACCESS_DENIED',
        documentation: 'https://shopify.dev/api/usage/access-scopes',
        requiredAccess: '`read_products` access scope.',
      },
      path: ['products'],
    },
  ],
  data: { products: null },
}

function tooCostly(cost: number): Record<string, unknown> {
  const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_COST}).`
  return { errors: [{ message, extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: MAX_COST } }] }
}

/** An answer as Shopify sends it. */
function json(response: ServerResponse, status: number, body: object): void {
  const content = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    etag: createHash('sha1').update(content.slice(0, 1_000)).digest('hex'),
  })
  response.end(content)
}

function page(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!DOCTYPE html><html><head><title>${status} - ${title}</title></head><body>No</body></html>`)
}
