import { AppError } from '#shared/app-error.ts'

const OWN_HOST = /^([a-z0-9][a-z0-9-]{0,99})\.myshopify\.com$/
const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/

/**
 * The host of a shop (`mystore.myshopify.com`) from any form that people copy: the name alone, the host, an address of the shop or
 * of its admin. Throws `bad-call` of the field `shop` for anything else, a domain of the shop's own among it.
 */
export function shopHost(text: string): string {
  const given = text.trim().toLowerCase()
  if (given === '') throw unusable('Type the name of your shop, for example mystore.myshopify.com.')
  if (NAME.test(given)) return `${given}.myshopify.com`
  const url = URL.parse(/^[a-z]+:\/\//.test(given) ? given : `https://${given}`)
  if (!url)
    throw unusable(`"${text.trim().slice(0, 80)}" is not the name of a shop. It looks like mystore.myshopify.com.`)
  if (OWN_HOST.test(url.hostname)) return url.hostname
  const inAdmin = /^\/store\/([a-z0-9][a-z0-9-]*)/.exec(url.pathname)
  if (url.hostname === 'admin.shopify.com' && inAdmin) return `${inAdmin[1]}.myshopify.com`
  throw unusable(
    `${url.hostname} is a domain of the shop's own. Hudson needs the name that ends in .myshopify.com: in Shopify, open Settings, then Domains.`,
  )
}

function unusable(message: string): AppError {
  return new AppError('bad-call', message, { fields: { shop: message } })
}
