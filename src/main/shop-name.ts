import { AppError } from '#shared/app-error.ts'
import { readShopName } from '#shared/shop-name.ts'

/**
 * The host of a shop (`mystore.myshopify.com`) from any form that people copy. Throws `bad-call` of the field `shop` for anything
 * else, a domain of the shop's own among it.
 */
export function shopHost(text: string): string {
  const name = readShopName(text)
  if (name.kind === 'shop') return name.host
  if (name.kind === 'empty') throw unusable('Type the name of your shop, for example mystore.myshopify.com.')
  if (name.kind === 'domain') {
    throw unusable(
      `${name.host} is a domain of the shop's own. Hudson needs the name that ends in .myshopify.com: in Shopify, open Settings, then Domains.`,
    )
  }
  throw unusable(`"${text.trim().slice(0, 80)}" is not the name of a shop. It looks like mystore.myshopify.com.`)
}

function unusable(message: string): AppError {
  return new AppError('bad-call', message, { fields: { shop: message } })
}
