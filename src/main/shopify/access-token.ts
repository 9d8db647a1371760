import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Asked } from './ask.ts'
import { failureOfGrant, ShopifyFailure } from './shopify-failure.ts'

/** How a shop lets us in. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'grant'; readonly clientId: string; readonly clientSecret: string }

const Grant = z.object({
  access_token: z.string().min(1),
  scope: z.string().default(''),
  expires_in: z.number().positive().default(86_399),
})

/** A token is renewed so long before it ends, in ms. */
const MARGIN_MS = 300_000

export interface TokenDeps {
  readonly credentials: Credentials
  readonly clock: Clock
  /** Posts a form to the shop's token address. */
  readonly post: (form: URLSearchParams, signal: AbortSignal) => Promise<Asked>
  /** From now on the value is taken out of every log line. */
  readonly protect: (value: string) => void
}

/**
 * The token that requests carry. One that Shopify grants for a day is asked for when it is needed, kept in memory alone, and renewed
 * by our own count of its time: what the computer's clock says does not matter.
 */
export class AccessToken {
  readonly #deps: TokenDeps
  #granted: { readonly token: string; readonly endsAt: number } | null = null

  constructor(deps: TokenDeps) {
    this.#deps = deps
  }

  get isGranted(): boolean {
    return this.#deps.credentials.kind === 'grant'
  }

  /** `fresh`: the one that we have was refused. */
  async get(signal: AbortSignal, { fresh = false } = {}): Promise<string> {
    const { credentials, clock } = this.#deps
    if (credentials.kind === 'token') return credentials.token
    if (!fresh && this.#granted && clock.elapsed() < this.#granted.endsAt) return this.#granted.token
    const { clientId, clientSecret } = credentials
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    })
    const asked = clock.elapsed()
    const { status, text } = await this.#deps.post(form, signal)
    if (status !== 200) throw failureOfGrant(status, codeOf(text))
    const grant = Grant.safeParse(parsed(text))
    if (!grant.success) {
      throw new ShopifyFailure('answer', 'What Shopify answered to the client id and secret cannot be read.', {
        cause: grant.error,
      })
    }
    const { access_token: token, scope, expires_in } = grant.data
    this.#deps.protect(token)
    if (!mayRead(scope)) {
      throw new ShopifyFailure(
        'scope',
        'The app may not read products. In its settings at Shopify, add the scope read_products, release it and install it on the shop again.',
      )
    }
    this.#granted = { token, endsAt: asked + Math.max(expires_in * 1000 - MARGIN_MS, 0) }
    return token
  }
}

/** Whether scopes, as Shopify lists them, include reading products; to write is to read. */
export function mayRead(scope: string): boolean {
  return scope.split(/[\s,]+/).some((one) => one === 'read_products' || one === 'write_products')
}

function codeOf(text: string): string {
  const json = z.object({ error: z.string() }).safeParse(parsed(text))
  if (json.success) return json.data.error
  return /<title>[^<]*Oauth error ([a-z_]+)/i.exec(text)?.[1] ?? ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A page for people.
    return null
  }
}
