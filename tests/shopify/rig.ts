import { onTestFinished } from 'vitest'
import { must } from '#shared/must.ts'
import { openDesktop } from '../support/desktop.ts'
import type { Desktop } from '../support/desktop.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import type { FakeShopify, FakeShopifyOptions } from '../support/fakes/shopify/fake-shopify.ts'

/** A fake shop that ends with the test. */
export async function shopFor(options: FakeShopifyOptions = {}): Promise<FakeShopify> {
  const shop = await startFakeShopify(options)
  onTestFinished(() => shop[Symbol.asyncDispose]())
  return shop
}

/** The whole core, joined to a shop by the environment: with its token, unless `env` says otherwise. */
export function desktop(
  shop: FakeShopify,
  { env = {}, dataDir }: { env?: Record<string, string>; dataDir?: string } = {},
): Desktop {
  const access = 'HUDSON_SHOPIFY_CLIENT_ID' in env ? {} : { HUDSON_SHOPIFY_TOKEN: shop.token }
  return openDesktop({ HUDSON_SHOPIFY_SHOP: shop.shop, HUDSON_SHOPIFY_BASE_URL: shop.url, ...access, ...env }, dataDir)
}

/** The sync at its end. */
export async function synced(here: Desktop, input: { full?: boolean; archiveMany?: boolean } = {}) {
  const { jobId } = await here.call('shopify.sync', input)
  return await here.job(jobId)
}

/** The product of exactly this name. */
export async function named(here: Desktop, name: string) {
  const { items } = await here.call('products.list', { search: name, limit: 50 })
  const found = must(
    items.find((one) => one.name === name),
    name,
  )
  return await here.call('products.get', { id: found.id })
}
