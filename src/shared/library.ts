import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Cents, Done, FileSource, Id, Limit, Line, Nothing, Text, Time } from './fields.ts'

export const Brand = z.object({
  id: Id,
  name: z.string(),
  slug: z.string(),
  notes: z.string(),
  productCount: z.int(),
})
export type Brand = z.infer<typeof Brand>

/** `archived` products stay in the line-ups that use them and leave the pickers. */
export const ProductStatus = z.enum(['active', 'draft', 'archived'])
export type ProductStatus = z.infer<typeof ProductStatus>

/** Where a product came from; decides who owns its fields. */
export const ProductSource = z.enum(['manual', 'shopify', 'sample'])

/**
 * The fields that Shopify owns on a product whose source is `shopify`. A person may take one over: its name then stands in
 * `overridden`, and imports leave it alone until it is reset.
 */
export const ShopifyField = z.enum([
  'name',
  'descriptionHtml',
  'brand',
  'priceCents',
  'compareAtPriceCents',
  'sku',
  'status',
  'tags',
])
export type ShopifyField = z.infer<typeof ShopifyField>

export const Variant = z.object({
  id: Id,
  title: z.string(),
  sku: z.string().nullable(),
  priceCents: Cents.nullable(),
  compareAtPriceCents: Cents.nullable(),
  options: z.array(z.object({ name: z.string(), value: z.string() })),
  stock: z.int().nullable(),
})
export type Variant = z.infer<typeof Variant>

export const ProductImage = z.object({
  id: Id,
  /** The address that the product names; null for a picture that a person added from a file. */
  url: z.string().nullable(),
  /** What a page may load, relative to the app's own origin; null until the picture is here. */
  src: z.string().nullable(),
  alt: z.string(),
  position: z.int(),
  primary: z.boolean(),
  /** Pixels; null until the picture is here. Pages reserve the space with them. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  state: z.enum(['waiting', 'ready', 'failed']),
  /** Why the picture could not be had, in words; null unless `failed`. */
  problem: z.string().nullable(),
})
export type ProductImage = z.infer<typeof ProductImage>

export const Product = z.object({
  id: Id,
  brand: z.object({ id: Id, name: z.string() }),
  name: z.string(),
  handle: z.string().nullable(),
  /** As it was given. Pages must sanitise it before they show it. */
  descriptionHtml: z.string(),
  status: ProductStatus,
  /** What the buyer pays now. */
  priceCents: Cents.nullable(),
  /** The struck-through "was" price. */
  compareAtPriceCents: Cents.nullable(),
  sku: z.string().nullable(),
  /** TikTok product id. */
  pid: z.string().nullable(),
  tags: z.array(z.string()),
  talkingPointsMd: z.string(),
  source: ProductSource,
  overridden: z.array(ShopifyField),
  variants: z.array(Variant),
  images: z.array(ProductImage),
  updatedAt: Time,
  /** Whether an edit of it waits for the network. */
  pending: z.boolean(),
})
export type Product = z.infer<typeof Product>

export const ProductDetail = Product.extend({
  /** The line-ups that use it, newest first. */
  usedIn: z.array(z.object({ sessionId: Id, name: z.string(), status: z.string(), number: z.int() })),
  /** What Shopify last said, for the fields in `overridden`; null where the product is not from Shopify. */
  shopifyValues: z.partialRecord(ShopifyField, z.unknown()).nullable(),
})
export type ProductDetail = z.infer<typeof ProductDetail>

const writable = {
  name: Line(300),
  descriptionHtml: Text(200_000),
  status: ProductStatus,
  priceCents: Cents.nullable(),
  compareAtPriceCents: Cents.nullable(),
  sku: z.string().trim().max(200).nullable(),
  pid: z.string().trim().max(100).nullable(),
  tags: z.array(Line(100)).max(250),
  talkingPointsMd: Text(),
}

export const ProductPatch = z
  .strictObject({ ...writable, brandId: Id, brand: Line(200) })
  .partial()
  .describe('`brand` is a name: found, or created where there is none')
export type ProductPatch = z.infer<typeof ProductPatch>

export const ProductSort = z.enum(['name', 'price', '-price', 'updated'])
export type ProductSort = z.infer<typeof ProductSort>

export const ImportReport = z.object({
  dryRun: z.boolean(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** What the file holds, after the bad lines are left out. */
  found: z.object({ products: z.int(), variants: z.int(), images: z.int(), brands: z.int() }),
  /** Lines left out; `line` counts from 1 and is where the record begins in the file. */
  skipped: z.array(z.object({ line: z.int(), reason: z.string() })),
  /** Lines taken, with something that people should look at (a "was" price below the price, for one). */
  warnings: z.array(z.object({ line: z.int(), reason: z.string() })),
  /** The first products of the file and what happens to each. */
  sample: z.array(
    z.object({
      name: z.string(),
      handle: z.string(),
      action: z.enum(['create', 'update', 'unchanged']),
      priceCents: Cents.nullable(),
      compareAtPriceCents: Cents.nullable(),
      variants: z.int(),
      images: z.int(),
      /** The names of the fields that change. */
      changes: z.array(z.string()),
    }),
  ),
})
export type ImportReport = z.infer<typeof ImportReport>

export const TiktokReport = z.object({
  dryRun: z.boolean(),
  /** Products that get another TikTok id, or their first. */
  matched: z.int(),
  unchanged: z.int(),
  /** SKUs that no product has. */
  unknown: z.array(z.object({ line: z.int(), sku: z.string(), name: z.string() })),
  /** Left out, because a SKU does not tell which product is which. */
  ambiguous: z.array(z.object({ line: z.int(), sku: z.string(), products: z.array(z.string()), reason: z.string() })),
  /** Lines that cannot be used. */
  problems: z.array(z.object({ line: z.int(), reason: z.string() })),
  /** The first products that change. */
  sample: z.array(z.object({ name: z.string(), sku: z.string(), before: z.string().nullable(), pid: z.string() })),
  /** The step to undo; null where nothing was written. */
  undoId: z.string().nullable(),
})
export type TiktokReport = z.infer<typeof TiktokReport>

const ImageId = z.strictObject({ id: Id })

export const library = {
  'brands.list': query(Nothing, z.object({ items: z.array(Brand) })),
  'brands.create': command(z.strictObject({ name: Line(200), notes: Text(2_000).optional() }), Brand),

  'products.list': query(
    z.strictObject({
      search: z.string().max(200).optional(),
      brandId: Id.optional(),
      sort: ProductSort.optional(),
      /** Without it: all that are not archived. */
      status: ProductStatus.optional(),
      limit: Limit.optional(),
      cursor: z.string().max(500).optional(),
    }),
    z.object({
      items: z.array(Product),
      nextCursor: z.string().nullable(),
      /** How many there are in all; a search stops counting at 1,000 and then sets `totalIsAtLeast`. */
      total: z.int(),
      totalIsAtLeast: z.boolean(),
    }),
  ),
  'products.get': query(z.strictObject({ id: Id }), ProductDetail),
  'products.create': command(
    z
      .strictObject({ ...writable, brandId: Id, brand: Line(200) })
      .partial()
      .required({ name: true }),
    Product,
  ),
  'products.update': command(z.strictObject({ id: Id, patch: ProductPatch }), Product),
  'products.resetField': command(z.strictObject({ id: Id, field: ShopifyField }), Product),
  'products.archive': command(z.strictObject({ id: Id }), Product),
  'products.unarchive': command(z.strictObject({ id: Id }), Product),
  /** Only a product that no line-up uses; otherwise `conflict`, and archiving is the way. */
  'products.delete': command(z.strictObject({ id: Id }), z.object({ undoId: z.string() })),

  'library.importCsv': command(
    z.strictObject({ ...FileSource, content: z.string().optional(), dryRun: z.boolean().optional() }),
    ImportReport,
  ),

  /** A list of products exported from TikTok Shop, CSV or XLSX: sets `pid` by SKU. */
  'library.importTiktok': command(
    z.strictObject({ ...FileSource, content: z.string().optional(), dryRun: z.boolean().optional() }),
    TiktokReport,
  ),

  'images.add': command(
    z.strictObject({ productId: Id, ...FileSource, url: z.url().max(2_000).optional(), alt: Text(500).optional() }),
    ProductImage,
  ),
  'images.update': command(
    z.strictObject({ id: Id, alt: Text(500).optional(), primary: z.literal(true).optional() }),
    ProductImage,
  ),
  /** `after: null` moves it to the front. */
  'images.move': command(z.strictObject({ id: Id, after: Id.nullable() }), ProductImage),
  'images.remove': command(ImageId, z.object({ undoId: z.string() })),
  'images.retry': command(ImageId, Done),
  /** How many of the pictures that products name are here. */
  'images.status': query(Nothing, z.object({ ready: z.int(), waiting: z.int(), failed: z.int() })),
}
