import { AppError } from '#shared/app-error.ts'
import type { Output } from '#shared/contract.ts'
import * as z from 'zod'
import { mayRead } from './access-token.ts'
import { ShopifyClient } from './client.ts'
import { API_VERSION, shopProbe } from './queries.ts'
import type { GivenSetup, ShopifyDeps } from './shopify.ts'
import { ShopifyFailure } from './shopify-failure.ts'

const Probe = z.object({
  shop: z.object({ name: z.string(), myshopifyDomain: z.string(), currencyCode: z.string() }),
  productsCount: z.object({ count: z.int(), precision: z.string() }).nullish(),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }).nullish(),
})

const DEADLINE_MS = 20_000

/** setup.testShopify: one question to the shop. What is wrong is the answer, not an error. */
export async function testShopify(
  given: GivenSetup,
  { setup, ports }: Pick<ShopifyDeps, 'setup' | 'ports'>,
): Promise<Told> {
  const deadline = new AbortController()
  const cancel = ports.clock.after(DEADLINE_MS, () => deadline.abort())
  let slowed = false
  try {
    for (const secret of [given.token, given.clientSecret]) if (secret) ports.protect(secret)
    const shop = setup(given)
    if (!shop)
      return {
        ok: false,
        detail: 'Type the name of the shop, and either an access token or a client id with its secret.',
      }
    const client = new ShopifyClient({
      ...shop,
      ports,
      protect: ports.protect,
      tries: 1,
      onWait: (wait) => (slowed ||= wait?.asked === true),
    })
    const { data, version } = await client.query(shopProbe, {}, deadline.signal)
    return judged(data, version)
  } catch (error) {
    // Only the name of the shop is refused before anything is asked.
    if (error instanceof AppError) return { ok: false, detail: error.message, field: 'shop' }
    if (error instanceof ShopifyFailure) return refused(error, given)
    if (!deadline.signal.aborted) throw error
    return {
      ok: false,
      detail: slowed
        ? 'Shopify asks us to slow down. Test again in a minute.'
        : 'Shopify did not answer within 20 seconds. Check the internet connection, and try again.',
    }
  } finally {
    cancel()
  }
}

type Told = Output<'setup.testShopify'>

/** What is wrong, beside the field where it can be mended. */
function refused(error: ShopifyFailure, given: GivenSetup): Told {
  const told = { ok: false, detail: error.problem }
  if (error.trouble === 'shop') return { ...told, field: 'shop' }
  if (error.trouble !== 'unauthorized' && error.trouble !== 'scope') return told
  if (given.token) return { ...told, field: 'token' }
  return given.clientSecret ? { ...told, field: 'clientSecret' } : told
}

function judged(data: unknown, version: string | null): Told {
  const probe = Probe.safeParse(data)
  if (!probe.success) return { ok: false, detail: 'This shop answers in a form that Hudson does not know.' }
  const { shop, productsCount, currentAppInstallation } = probe.data
  const scopes = currentAppInstallation?.accessScopes.map(({ handle }) => handle).join(',') ?? ''
  if (!mayRead(scopes)) {
    return {
      ok: false,
      detail: `${shop.name} answers, but the access does not include reading products. Add the scope read_products to your app, release it and install it again.`,
    }
  }
  const { count = 0, precision = 'EXACT' } = productsCount ?? {}
  const number = `${precision === 'EXACT' ? '' : 'at least '}${count.toLocaleString('en')}`
  const products = `${number} ${count === 1 ? 'product' : 'products'}`
  const other =
    version === null || version === API_VERSION
      ? ''
      : ` It answers as version ${version}; Hudson was made for ${API_VERSION}.`
  return {
    ok: true,
    detail: `${shop.name} (${shop.myshopifyDomain}): ${products}, prices in ${shop.currencyCode}.${other}`,
  }
}
