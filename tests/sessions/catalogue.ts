import { v7 as uuid } from 'uuid'
import type { LineupRow, ProductRow, SessionRow, VariantRow } from '../../src/main/db/schema.ts'
import type { TestCore } from '../support/core.ts'

/** Rows for tests of line-ups, with everything that the schema asks for filled in. */
export function catalogue({ writer, db, clock }: Pick<TestCore, 'writer' | 'db' | 'clock'>) {
  const brand = (name = 'Aurora'): string => {
    const id = uuid()
    writer.transact((tx) => tx.insert('brands', { id, name, slug: name.toLowerCase(), notes: '' }))
    return id
  }
  const house = brand()
  const product = (fields: Partial<ProductRow> = {}): string => {
    const id = fields.id ?? uuid()
    const row = {
      brand_id: house,
      name: 'Gold hoop',
      handle: null,
      description_html: '',
      status: 'active' as const,
      price_cents: 1_900,
      compare_at_price_cents: null,
      sku: null,
      pid: null,
      shopify_id: null,
      tags: '[]',
      talking_points_md: '',
      source: 'manual' as const,
      shopify_values: null,
      overridden: '[]',
    }
    writer.transact((tx) => tx.insert('products', { ...row, ...fields, id }))
    return id
  }
  const variant = (productId: string, fields: Partial<VariantRow> = {}): void => {
    const row = { title: 'Default', sku: null, barcode: null, price_cents: null, compare_at_price_cents: null }
    const rest = { options: '[]', position: 1, stock: null }
    writer.transact((tx) =>
      tx.insert('product_variants', { id: uuid(), product_id: productId, ...row, ...rest, ...fields }),
    )
  }
  const image = (productId: string, at: { position: number; primary?: boolean; file?: string }): string => {
    const id = uuid()
    const row = {
      source_url: null,
      origin: 'person' as const,
      alt: `picture ${at.position}`,
      alt_by_person: 0 as const,
    }
    writer.transact((tx) =>
      tx.insert('product_images', {
        ...row,
        id,
        product_id: productId,
        position: at.position,
        is_primary: at.primary ? 1 : 0,
        thumbhash: null,
        colour: null,
      }),
    )
    const media = { image_id: id, width: 800, height: 600, bytes: 1, problem: null, attempts: 0, next_try_at: null }
    const state = at.file === undefined ? ('waiting' as const) : ('ready' as const)
    db.run(
      db.build.insertInto('media_files').values({ ...media, state, file: at.file ?? null, updated_at: clock.now() }),
    )
    return id
  }
  const session = (fields: Partial<SessionRow> = {}): string => {
    const id = uuid()
    const row = { brand_id: null, name: 'Friday', slug: 'friday', notes: '', code: '', status: 'draft' as const }
    const rest = { status_before_archive: null, scheduled_at: null, numbers_frozen_at: null, highest_number: null }
    writer.transact((tx) => tx.insert('sessions', { ...row, ...rest, ...fields, id }))
    return id
  }
  const item = (sessionId: string, productId: string, fields: Partial<LineupRow> & { order_key: string }): string => {
    const id = fields.id ?? uuid()
    const row = { number: null, section: null, skip: 0 as const, notes: '', override_name: null }
    const overrides = {
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
    }
    writer.transact((tx) =>
      tx.insert('session_products', {
        ...row,
        ...overrides,
        ...fields,
        id,
        session_id: sessionId,
        product_id: productId,
      }),
    )
    return id
  }
  return { house, brand, product, variant, image, session, item }
}
