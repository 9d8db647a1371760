import type { ErrorCode } from '#shared/app-error.ts'

/**
 * What went wrong with Shopify: `network` and `server` may pass by themselves, `throttled` after a wait, `answer` is an answer that
 * cannot be read; `too-costly` wants a smaller page; for the rest a person has to do something. `bug` is ours.
 */
export type ShopifyTrouble =
  | 'network'
  | 'server'
  | 'answer'
  | 'throttled'
  | 'unauthorized'
  | 'scope'
  | 'shop'
  | 'too-costly'
  | 'bug'

const codes: Readonly<Record<ShopifyTrouble, ErrorCode>> = {
  network: 'offline',
  server: 'offline',
  answer: 'offline',
  throttled: 'busy',
  unauthorized: 'unauthorized',
  scope: 'unauthorized',
  shop: 'unauthorized',
  'too-costly': 'internal',
  bug: 'internal',
}

const passing: ReadonlySet<ShopifyTrouble> = new Set(['network', 'server', 'answer', 'throttled'])

/** A call to Shopify that failed. The message is read by people; it holds no token, no address and no HTML. */
export class ShopifyFailure extends Error {
  override readonly name = 'ShopifyFailure'
  readonly trouble: ShopifyTrouble
  /** How long Shopify wants us to wait, in ms; null where it does not say. */
  readonly waitMs: number | null

  constructor(trouble: ShopifyTrouble, message: string, options: { waitMs?: number | null; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.trouble = trouble
    this.waitMs = options.waitMs ?? null
  }

  /** Whether trying again may help. */
  get passes(): boolean {
    return passing.has(this.trouble)
  }

  /** The message for somebody who tests a connection: there nothing is tried again by itself. */
  get problem(): string {
    if (!this.passes) return this.message
    return `${this.message.replace(/[;.] Hudson tries again by itself\.$/, '.')} Test again in a minute.`
  }

  get code(): ErrorCode {
    return codes[this.trouble]
  }
}

/** What an HTTP status other than 200 means. `hasGrant`: the token comes from a client id and secret. */
export function failureOfStatus(status: number, { hasGrant }: { readonly hasGrant: boolean }): ShopifyFailure {
  if (status >= 300 && status < 400) {
    return new ShopifyFailure(
      'shop',
      'The shop sends us to another address. Its name may have changed: look for the one that ends in .myshopify.com in Shopify, under Settings, Domains.',
    )
  }
  if (status === 429) return new ShopifyFailure('throttled', 'Shopify asks us to slow down.')
  if (status === 408)
    return new ShopifyFailure('network', 'Shopify did not answer in time. Hudson tries again by itself.')
  const known = statuses.get(status)
  if (known) return new ShopifyFailure(...known(hasGrant))
  if (status >= 500) {
    return new ShopifyFailure(
      'server',
      `Shopify has a problem of its own right now (${status}). Nothing is lost; Hudson tries again by itself.`,
    )
  }
  return new ShopifyFailure('bug', `Shopify refused the request (${status}). The log has more.`)
}

type Told = readonly [ShopifyTrouble, string]

const statuses: ReadonlyMap<number, (hasGrant: boolean) => Told> = new Map<number, (hasGrant: boolean) => Told>([
  [
    401,
    (hasGrant) => [
      'unauthorized',
      hasGrant
        ? 'Shopify does not accept the access that it just gave us. Check the client id and secret, and that the app is still installed on the shop.'
        : 'Shopify does not know this access token. A client id or secret does not work in its place. Copy the token again, or use the client id and secret of your app.',
    ],
  ],
  [402, () => ['shop', 'The shop is frozen because of an unpaid bill. Its owner has to settle it with Shopify.']],
  [
    403,
    () => [
      'unauthorized',
      'Shopify does not let this app read the shop any more. Make a new app for it (dev.shopify.com), and use its client id and secret.',
    ],
  ],
  [404, () => ['shop', 'There is no shop of this name. Compare it with the one in the address of your Shopify admin.']],
  [423, () => ['shop', 'Shopify has locked this shop. Its owner has to ask Shopify why.']],
  [
    430,
    () => [
      'shop',
      'Shopify took the request for an attack and refused it. Wait a while; if it lasts, try from another network.',
    ],
  ],
])

const INTERNAL = 'Shopify had an internal error. Nothing is lost; Hudson tries again by itself.'

/** What an error inside a 200 means, by its code. */
export function failureOfCode(code: string, message: string): ShopifyFailure {
  switch (code) {
    case 'ACCESS_DENIED':
      return new ShopifyFailure(
        'scope',
        'The access does not include reading products. In the settings of your app at Shopify, add the scope read_products, release it and install it on the shop again.',
      )
    case 'MAX_COST_EXCEEDED':
      return new ShopifyFailure('too-costly', 'Shopify finds this question too large. The log has more.')
    case 'INTERNAL_SERVER_ERROR':
      return new ShopifyFailure('server', INTERNAL)
    case 'SHOP_INACTIVE':
      return new ShopifyFailure('shop', 'The shop is closed or not active at Shopify. Its owner can open it again.')
    default:
      return new ShopifyFailure(
        'bug',
        'Shopify did not understand what Hudson asked. A newer version of Hudson may help; the log has more.',
        { cause: new Error(`${code}: ${message}`) },
      )
  }
}

/** What an error of the token call means: its code is in JSON, or in the title of an HTML page. */
export function failureOfGrant(status: number, code: string): ShopifyFailure {
  switch (code) {
    case 'shop_not_permitted':
      return new ShopifyFailure(
        'unauthorized',
        'This app and this shop belong to different Shopify organisations, so its client id and secret cannot be used here. Make the app in the organisation that owns the shop.',
      )
    case 'app_not_installed':
      return new ShopifyFailure(
        'unauthorized',
        'The app is not installed on this shop yet. On dev.shopify.com, open the app, release a version, and install it on the shop.',
      )
    case 'invalid_client':
    case 'application_cannot_be_found':
    case 'invalid_request':
      return new ShopifyFailure(
        'unauthorized',
        'Shopify does not know this client id and secret. Copy both again from the settings of your app on dev.shopify.com.',
      )
    default:
      return status === 400 || status === 401
        ? new ShopifyFailure(
            'unauthorized',
            'Shopify does not give access for this client id and secret. Check both, and that the app is installed on the shop.',
            { cause: new Error(code) },
          )
        : failureOfStatus(status, { hasGrant: true })
  }
}
