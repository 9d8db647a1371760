import type { SecretName } from '#shared/secrets.ts'
import type { Settings } from '#shared/settings.ts'
import { shopHost } from './shop-name.ts'
import type { Config } from './config.ts'
import type { GivenSetup, ShopSetup } from './shopify/shopify.ts'

/** Where what is set up comes from: the environment wins over what a person chose. */
export interface SetupSources {
  readonly config: Pick<Config, 'shopify'>
  readonly settings: () => Settings
  readonly secret: (name: SecretName) => string | undefined
}

/**
 * The shop, and how it lets us in; null where something is missing. What is given stands before what is stored: a token of its own is
 * used alone, and so are a client id and secret.
 */
export function shopSetup({ config, settings, secret }: SetupSources, given: GivenSetup = {}): ShopSetup | null {
  const stored = settings().shopify
  const name = textOf(given.shop) ?? config.shopify.shop ?? stored.shop
  if (name === null || name === undefined) return null
  const shop = shopHost(name)
  const ownAccess = textOf(given.token) ?? textOf(given.clientId) ?? textOf(given.clientSecret)
  const token = textOf(given.token) ?? (ownAccess === undefined ? secret('shopifyToken') : undefined)
  const baseUrl = config.shopify.baseUrl ?? `https://${shop}`
  if (token !== undefined) return { shop, baseUrl, credentials: { kind: 'token', token } }
  const clientId = textOf(given.clientId) ?? config.shopify.clientId ?? stored.clientId
  const clientSecret = textOf(given.clientSecret) ?? secret('shopifyClientSecret')
  if (!clientId || clientSecret === undefined) return null
  return { shop, baseUrl, credentials: { kind: 'grant', clientId, clientSecret } }
}

function textOf(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim()
}
