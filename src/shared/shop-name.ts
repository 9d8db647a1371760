/** What a text says about which shop is meant. `domain`: a domain of the shop's own, which Shopify does not know it by. */
export type ShopName =
  | { readonly kind: 'shop'; readonly host: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'domain'; readonly host: string }
  | { readonly kind: 'unreadable' }

const OWN_HOST = /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/
const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/
/** An address, with or without its scheme: the host, and the path. */
const ADDRESS = /^(?:https?:\/\/)?([a-z0-9.-]+)(?::\d+)?(\/[^?#]*)?(?:[?#].*)?$/

/**
 * Reads the name of a shop in any form that people copy: the name alone, `mystore.myshopify.com`, an address of the shop or of its
 * admin.
 */
export function readShopName(text: string): ShopName {
  const given = text.trim().toLowerCase()
  if (given === '') return { kind: 'empty' }
  if (NAME.test(given)) return { kind: 'shop', host: `${given}.myshopify.com` }
  const [, host = '', path = ''] = ADDRESS.exec(given) ?? []
  if (OWN_HOST.test(host)) return { kind: 'shop', host }
  if (host === 'admin.shopify.com') {
    const name = /^\/store\/([a-z0-9][a-z0-9-]{0,99})(?:\/|$)/.exec(path)?.[1]
    return name === undefined ? { kind: 'unreadable' } : { kind: 'shop', host: `${name}.myshopify.com` }
  }
  return host.includes('.') && !host.endsWith('.myshopify.com') ? { kind: 'domain', host } : { kind: 'unreadable' }
}
