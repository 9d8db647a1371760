import * as z from 'zod'
import { centsOf } from '../db/money-text.ts'
import type { SourceImage, SourceProduct, SourceVariant } from '../db/source-product.ts'

const Page = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

const Media = z.object({
  mediaContentType: z.string(),
  status: z.string(),
  alt: z.string().nullish(),
  image: z.object({ url: z.string(), thumbhash: z.string().nullish() }).nullish(),
})

const Variant = z.object({
  title: z.string(),
  sku: z.string().nullish(),
  barcode: z.string().nullish(),
  price: z.string(),
  compareAtPrice: z.string().nullish(),
  inventoryQuantity: z.int().nullish(),
  selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })),
})
type Variant = z.infer<typeof Variant>

export const Variants = z.object({ pageInfo: Page, nodes: z.array(Variant) })

/** A product as Shopify answers it to our questions. */
const Node = z.object({
  id: z.string().startsWith('gid://shopify/Product/'),
  handle: z.string().min(1),
  title: z.string(),
  descriptionHtml: z.string(),
  vendor: z.string(),
  status: z.string(),
  tags: z.array(z.string()),
  updatedAt: z.iso.datetime(),
  media: z.object({ pageInfo: z.object({ hasNextPage: z.boolean() }), nodes: z.array(Media) }),
  variants: Variants,
})

/** A page of products, each to be read by itself. */
export const ProductPage = z.object({ products: z.object({ pageInfo: Page, nodes: z.array(z.unknown()) }) })

/** What one product of an answer is: itself, with the cursor of the variants that are not there yet; or why it cannot be used. */
export type Read =
  | {
      readonly ok: true
      readonly product: SourceProduct
      /** Shopify's time of its last change, ISO. */
      readonly updatedAt: string
      readonly moreVariants: string | null
    }
  | { readonly ok: false; readonly shopifyId: string; readonly name: string; readonly problem: string }

/** Shopify itself takes 255 characters. What is far above comes from somebody's mistake, and no screen could show it. */
const MAX_TITLE = 1_000
const MAX_DESCRIPTION = 512 * 1024

/** Reads one product of an answer. Never throws: a product that cannot be used must not stop the others. */
export function readProduct(node: unknown): Read {
  const parsed = Node.safeParse(node)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refused(node, `What Shopify says of it cannot be read (${issue?.path.join('.') ?? 'product'}).`)
  }
  const { data } = parsed
  if (data.title.trim() === '') return refused(node, 'It has no title.')
  if (data.title.length > MAX_TITLE) {
    return refused(node, `Its title is ${data.title.length.toLocaleString('en')} characters long; Hudson takes 1,000.`)
  }
  if (data.descriptionHtml.length > MAX_DESCRIPTION) {
    return refused(node, 'Its description is longer than half a million characters. Shorten it in Shopify.')
  }
  const variants = readVariants(data.variants.nodes)
  if (typeof variants === 'string') return refused(node, variants)
  const { pageInfo } = data.variants
  const product: SourceProduct = {
    shopifyId: data.id,
    handle: data.handle,
    name: data.title.trim(),
    descriptionHtml: data.descriptionHtml,
    vendor: data.vendor.trim(),
    status: statusOf(data.status),
    tags: [...new Set(data.tags.map((tag) => tag.trim()))].filter((tag) => tag !== ''),
    variants,
    images: imagesOf(data.media.nodes),
    incomplete: data.media.pageInfo.hasNextPage,
  }
  return {
    ok: true,
    product,
    updatedAt: data.updatedAt,
    moreVariants: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  }
}

/** The variants, or what is wrong with one of them. */
export function readVariants(nodes: readonly Variant[]): SourceVariant[] | string {
  const variants: SourceVariant[] = []
  for (const node of nodes) {
    const priceCents = centsOf(node.price)
    const was = centsOf(node.compareAtPrice ?? '')
    if (priceCents === undefined || was === undefined) {
      return `The price "${(priceCents === undefined ? node.price : (node.compareAtPrice ?? '')).slice(0, 40)}" of its variant "${node.title.slice(0, 80)}" is not an amount such as 12.50.`
    }
    const isDefault = node.selectedOptions.every(({ name, value }) => name === 'Title' && value === 'Default Title')
    variants.push({
      title: node.title,
      sku: node.sku?.trim() || null,
      barcode: node.barcode?.trim() || null,
      priceCents,
      compareAtPriceCents: was !== null && priceCents !== null && was > priceCents ? was : null,
      options: isDefault ? [] : node.selectedOptions,
      stock: node.inventoryQuantity ?? null,
    })
  }
  return variants
}

/** Pictures that are there. A video, and a picture that Shopify has not made ready or could not, is none. */
function imagesOf(nodes: readonly z.infer<typeof Media>[]): SourceImage[] {
  const urls = new Set<string>()
  return nodes.flatMap(({ mediaContentType, status, alt, image }): SourceImage[] => {
    if (mediaContentType !== 'IMAGE' || status !== 'READY' || !image) return []
    if (!/^https?:\/\//i.test(image.url) || !URL.canParse(image.url) || urls.has(image.url)) return []
    urls.add(image.url)
    return [{ url: image.url, alt: alt ?? '', position: urls.size, thumbhash: image.thumbhash ?? null }]
  })
}

/** What is not listed can still be sold in a show; what we do not know stays out of the pickers. */
function statusOf(status: string): SourceProduct['status'] {
  switch (status) {
    case 'ACTIVE':
    case 'UNLISTED':
      return 'active'
    case 'ARCHIVED':
      return 'archived'
    default:
      return 'draft'
  }
}

function refused(node: unknown, problem: string): Read {
  const named = z.looseObject({ id: z.string().catch(''), title: z.string().catch('') }).safeParse(node)
  const { id = '', title = '' } = named.success ? named.data : {}
  return { ok: false, shopifyId: id.slice(0, 200), name: title.slice(0, 120) || 'A product without a title', problem }
}
