import { AppError } from '#shared/app-error.ts'
import type { Handlers, Parsed } from '#shared/contract.ts'
import type { Product, ShopifyField, library } from '#shared/library.ts'
import { must } from '#shared/must.ts'
import { v7 as uuid } from 'uuid'
import type { History } from '../db/history.ts'
import type { Db } from '../db/database.ts'
import type { ProductRow } from '../db/schema.ts'
import type { Tx, Unstamped, Writer } from '../db/write.ts'
import { given } from '../given.ts'
import { brandNamed } from './brands.ts'
import { overriddenAfter, overriddenFields, shopifyValuesOf } from '../db/ownership.ts'
import type { ShopifyValues } from '../db/ownership.ts'
import { noProduct } from './product-detail.ts'
import { productById } from './products.ts'

export interface EditDeps {
  readonly db: Db
  readonly writer: Writer
  readonly history: History
  /** Who writes at this machine, as versions of talking points name them. */
  readonly author: string
}

type Patch = Parsed<'products.update'>['patch']
type Edits = Handlers<
  Pick<
    typeof library,
    | 'products.create'
    | 'products.update'
    | 'products.resetField'
    | 'products.archive'
    | 'products.unarchive'
    | 'products.delete'
  >
>

/** What a new product's brand is where nobody says. */
export const NO_BRAND = 'No brand'

/**
 * What people do to products.
 *
 * 1. On a product from Shopify, a field that a person sets to something else than Shopify said becomes the person's.
 * 2. Talking points that change leave a version behind.
 * 3. A product that a line-up uses is never deleted.
 */
export function createProductEdits(deps: EditDeps): Edits {
  const { db, writer, history } = deps
  const read = (id: string): Product => must(productById(db, id), 'the product just written')
  const setStatus = (id: string, label: string, status: (row: ProductRow) => ProductRow['status']) => {
    history.transact('products', label, (tx) =>
      patchProduct(deps, tx, { id, patch: { status: status(rowOf(tx, id)) } }),
    )
    return read(id)
  }
  return {
    'products.create': (input) => read(writer.transact((tx) => createProduct(deps, tx, input))),
    'products.update': ({ id, patch }) => {
      writer.transact((tx) => patchProduct(deps, tx, { id, patch }))
      return read(id)
    },
    'products.resetField': ({ id, field }) => {
      writer.transact((tx) => resetField(deps, tx, { id, field }))
      return read(id)
    },
    'products.archive': ({ id }) => setStatus(id, 'Archive a product', () => 'archived'),
    'products.unarchive': ({ id }) => setStatus(id, 'Take a product out of the archive', statusOutOfArchive),
    'products.delete': ({ id }) => deleteProduct(deps, id),
  }
}

function createProduct({ db, author }: EditDeps, tx: Tx, input: Parsed<'products.create'>): string {
  const id = uuid()
  tx.insert('products', {
    id,
    name: input.name,
    handle: null,
    description_html: '',
    status: 'active',
    price_cents: null,
    compare_at_price_cents: null,
    sku: null,
    pid: null,
    shopify_id: null,
    tags: '[]',
    talking_points_md: '',
    source: 'manual',
    shopify_values: null,
    overridden: '[]',
    ...columnsOf(input),
    brand_id: brandOf(db, tx, input) ?? brandNamed(db, tx, NO_BRAND),
  })
  if (input.talkingPointsMd) addVersion(tx, { productId: id, text: input.talkingPointsMd, author })
  return id
}

function patchProduct({ db, author }: EditDeps, tx: Tx, { id, patch }: { id: string; patch: Patch }): void {
  const row = rowOf(tx, id)
  const brandId = brandOf(db, tx, patch)
  tx.update('products', id, {
    ...columnsOf(patch),
    ...(brandId !== undefined && { brand_id: brandId }),
    ...ownership(tx, row, { patch, brandId }),
  })
  const text = patch.talkingPointsMd
  if (text !== undefined && text !== row.talking_points_md) addVersion(tx, { productId: id, text, author })
}

function ownership(
  tx: Tx,
  row: ProductRow,
  { patch, brandId }: { patch: Patch; brandId: string | undefined },
): { overridden?: string } {
  const shopify = shopifyValuesOf(row)
  if (!shopify) return {}
  const { descriptionHtml, priceCents, compareAtPriceCents, status, tags } = patch
  const brand = brandId === undefined ? undefined : tx.row('brands', brandId)?.name
  const sku = patch.sku === '' ? null : patch.sku
  const written = { name: patch.name, descriptionHtml, brand, priceCents, compareAtPriceCents, sku, status, tags }
  return { overridden: overriddenAfter(row.overridden, given(written), shopify) }
}

function resetField({ db }: EditDeps, tx: Tx, { id, field }: { id: string; field: ShopifyField }): void {
  const row = rowOf(tx, id)
  const shopify = shopifyValuesOf(row)
  if (!shopify) {
    throw new AppError('conflict', 'This product does not come from Shopify, so there is nothing to go back to.')
  }
  if (!overriddenFields(row.overridden).includes(field) || shopify[field] === undefined) return
  const { brand, ...rest } = { [field]: shopify[field] } as Partial<ShopifyValues>
  tx.update('products', id, {
    ...columnsOf({ ...rest, ...(rest.tags && { tags: [...rest.tags] }) } as Patch),
    ...(brand !== undefined && { brand_id: brandNamed(db, tx, brand) }),
    overridden: JSON.stringify((JSON.parse(row.overridden) as string[]).filter((name) => name !== field)),
  })
}

function deleteProduct({ db, history }: EditDeps, id: string): { undoId: string } {
  return {
    undoId: history.transact('products', 'Delete a product', (tx) => {
      const { name } = rowOf(tx, id)
      const used = db
        .statement('SELECT count(DISTINCT session_id) FROM session_products WHERE product_id = ?')
        .pluck(true)
        .get(id)
      if (used !== 0) {
        const lineups = used === 1 ? '1 line-up uses' : `${String(used)} line-ups use`
        throw new AppError('conflict', `${lineups} "${name}", so it cannot be deleted. Archive it instead.`)
      }
      for (const entity of ['talking_points', 'product_images', 'product_variants'] as const) {
        const ids = db.statement(`SELECT id FROM ${entity} WHERE product_id = ?`).pluck(true).all(id) as string[]
        for (const part of ids) tx.remove(entity, part)
      }
      tx.remove('products', id)
    }).undoId,
  }
}

/** What Shopify says, unless that is the archive too. */
function statusOutOfArchive(row: ProductRow): ProductRow['status'] {
  if (row.status !== 'archived') return row.status
  const said = shopifyValuesOf(row)?.status
  return said === undefined || said === 'archived' ? 'active' : said
}

function columnsOf(patch: Patch): Partial<Unstamped<ProductRow>> {
  return given({
    name: patch.name,
    description_html: patch.descriptionHtml,
    status: patch.status,
    price_cents: patch.priceCents,
    compare_at_price_cents: patch.compareAtPriceCents,
    sku: patch.sku === '' ? null : patch.sku,
    pid: patch.pid === '' ? null : patch.pid,
    tags: patch.tags && JSON.stringify(patch.tags),
    talking_points_md: patch.talkingPointsMd,
  })
}

function brandOf(db: Db, tx: Tx, { brandId, brand }: Pick<Patch, 'brandId' | 'brand'>): string | undefined {
  if (brandId !== undefined) {
    if (tx.row('brands', brandId)) return brandId
    throw new AppError('not-found', 'This brand is not there any more. Choose another one.')
  }
  return brand === undefined ? undefined : brandNamed(db, tx, brand)
}

function addVersion(tx: Tx, { productId, text, author }: { productId: string; text: string; author: string }): void {
  tx.insert('talking_points', { id: uuid(), product_id: productId, text, author_kind: 'person', author_name: author })
}

function rowOf(tx: Tx, id: string): ProductRow {
  const row = tx.row('products', id)
  if (!row) throw noProduct()
  return row
}
