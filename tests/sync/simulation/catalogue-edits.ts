import { keysBetween } from '../../../src/main/db/order-key.ts'
import type { Schema } from '../../../src/main/db/schema.ts'
import type { Unstamped } from '../../../src/main/db/write.ts'
import { rows, short, text, write } from './hand.ts'
import type { Edit, Hand } from './hand.ts'

function newProduct(hand: Hand, brandId: string): Unstamped<Schema['products']> {
  return {
    id: hand.dice.uuid(),
    brand_id: brandId,
    name: text(hand, 'product'),
    handle: null,
    description_html: '',
    status: 'active',
    price_cents: hand.unique(),
    compare_at_price_cents: null,
    sku: null,
    pid: null,
    shopify_id: null,
    tags: JSON.stringify(hand.dice.some(['gold', 'silver', 'new'], 2)),
    talking_points_md: '',
    source: 'manual',
    shopify_values: null,
    overridden: '[]',
  }
}

export const productEdits: Readonly<Record<string, Edit>> = {
  'make a brand': (hand) => {
    const id = hand.dice.uuid()
    const name = text(hand, 'brand')
    write(hand, 'catalogue', (tx) => tx.insert('brands', { id, name, slug: `b-${short(id)}`, notes: '' }))
    return short(id)
  },
  'rename a brand': (hand) => {
    const brand = hand.dice.pick(rows(hand, 'brands'))
    if (!brand) return null
    const patch = hand.dice.chance(0.5) ? { name: text(hand, 'brand') } : { notes: text(hand, 'notes') }
    write(hand, 'catalogue', (tx) => tx.update('brands', brand.id, patch))
    return short(brand.id)
  },
  'delete a brand': (hand) => {
    const brand = hand.dice.pick(rows(hand, 'brands', ['id NOT IN (SELECT brand_id FROM products)']))
    if (!brand) return null
    write(hand, 'catalogue', (tx) => {
      for (const session of rows(hand, 'sessions', ['brand_id = ?', brand.id]))
        tx.update('sessions', session.id, { brand_id: null })
      tx.remove('brands', brand.id)
    })
    return short(brand.id)
  },
  'make a product': (hand) => {
    const brand = hand.dice.pick(rows(hand, 'brands'))
    if (!brand) return null
    const product = newProduct(hand, brand.id)
    write(hand, 'catalogue', (tx) => tx.insert('products', product))
    return short(product.id)
  },
  // Enough to go through the server's way for many.
  'import products': (hand) => {
    const brand = hand.dice.pick(rows(hand, 'brands'))
    if (!brand || rows(hand, 'products').length > 40) return null
    const made = Array.from({ length: hand.dice.between(8, 12) }, () => newProduct(hand, brand.id))
    write(hand, 'catalogue', (tx) => tx.insertAll('products', made))
    return `${made.length} from ${short(made[0]?.id ?? '')}`
  },
  'edit a product': (hand) => {
    const product = hand.dice.pick(rows(hand, 'products'))
    if (!product) return null
    const patches: Partial<Unstamped<Schema['products']>>[] = [
      { name: text(hand, 'product') },
      { price_cents: hand.unique() },
      { description_html: text(hand, '<p>'), sku: text(hand, 'sku') },
      { talking_points_md: text(hand, 'say') },
      {
        status: hand.dice.pick(['active', 'draft', 'archived'] as const) ?? 'active',
        compare_at_price_cents: hand.unique(),
      },
      { tags: JSON.stringify(hand.dice.some(['gold', 'silver', 'new', 'sale'], 2)) },
      { price_cents: hand.dice.chance(0.3) ? null : hand.unique(), pid: text(hand, 'pid') },
    ]
    write(hand, 'catalogue', (tx) => tx.update('products', product.id, hand.dice.pick(patches) ?? {}))
    return short(product.id)
  },
  'price many products': (hand) => {
    const chosen = hand.dice.some(rows(hand, 'products'), hand.dice.between(8, 14))
    write(hand, 'catalogue', (tx) => {
      for (const { id } of chosen) tx.update('products', id, { price_cents: hand.unique() })
    })
    return `${chosen.length}`
  },
  // As the app does it: its parts first, one by one. One that a line-up uses cannot go.
  'delete a product': (hand) => {
    const product = hand.dice.pick(rows(hand, 'products'))
    if (!product) return null
    write(hand, 'catalogue', (tx) => {
      for (const part of ['product_variants', 'product_images', 'talking_points'] as const) {
        for (const { id } of rows(hand, part, ['product_id = ?', product.id])) tx.remove(part, id)
      }
      tx.remove('products', product.id)
    })
    return short(product.id)
  },
  // What the server's types refuse.
  'edit a product badly': (hand) => {
    const product = hand.dice.pick(rows(hand, 'products'))
    if (!product) return null
    write(hand, 'catalogue', (tx) => tx.update('products', product.id, { price_cents: 3_000_000_000 + hand.unique() }))
    return short(product.id)
  },
}

export const partEdits: Readonly<Record<string, Edit>> = {
  'add a variant': (hand) => {
    const product = hand.dice.pick(rows(hand, 'products'))
    if (!product) return null
    const id = hand.dice.uuid()
    write(hand, 'catalogue', (tx) =>
      tx.insert('product_variants', {
        id,
        product_id: product.id,
        title: text(hand, 'variant'),
        sku: null,
        barcode: null,
        price_cents: hand.unique(),
        compare_at_price_cents: null,
        options: JSON.stringify([{ name: 'Size', value: 'M' }]),
        position: 1,
        stock: null,
      }),
    )
    return `${short(id)} of ${short(product.id)}`
  },
  'edit a variant': (hand) => {
    const variant = hand.dice.pick(rows(hand, 'product_variants'))
    if (!variant) return null
    const patch = hand.dice.chance(0.5)
      ? { title: text(hand, 'variant') }
      : { price_cents: hand.unique(), stock: hand.unique() }
    write(hand, 'catalogue', (tx) => tx.update('product_variants', variant.id, patch))
    return short(variant.id)
  },
  'remove a variant': (hand) => {
    const variant = hand.dice.pick(rows(hand, 'product_variants'))
    if (!variant) return null
    write(hand, 'catalogue', (tx) => tx.remove('product_variants', variant.id))
    return short(variant.id)
  },
  'add an image': (hand) => {
    const product = hand.dice.pick(rows(hand, 'products'))
    if (!product) return null
    const id = hand.dice.uuid()
    write(hand, 'catalogue', (tx) =>
      tx.insert('product_images', {
        id,
        product_id: product.id,
        source_url: `https://example.test/${id}`,
        origin: 'person',
        alt: text(hand, 'alt'),
        alt_by_person: 1,
        position: rows(hand, 'product_images', ['product_id = ?', product.id]).length + 1,
        is_primary: 0,
        thumbhash: null,
        colour: null,
      }),
    )
    return `${short(id)} of ${short(product.id)}`
  },
  'edit an image': (hand) => {
    const image = hand.dice.pick(rows(hand, 'product_images'))
    if (!image) return null
    write(hand, 'catalogue', (tx) =>
      tx.update('product_images', image.id, { alt: text(hand, 'alt'), is_primary: image.is_primary === 1 ? 0 : 1 }),
    )
    return short(image.id)
  },
  'remove an image': (hand) => {
    const image = hand.dice.pick(rows(hand, 'product_images'))
    if (!image) return null
    write(hand, 'catalogue', (tx) => tx.remove('product_images', image.id))
    return short(image.id)
  },
  'add a talking point': (hand) => {
    const product = hand.dice.pick(rows(hand, 'products'))
    if (!product) return null
    const last = rows(hand, 'talking_points', ['product_id = ?', product.id]).at(-1)
    const id = hand.dice.uuid()
    const said = last && hand.dice.chance(0.2) ? last.text : text(hand, 'point')
    write(hand, 'catalogue', (tx) =>
      tx.insert('talking_points', {
        id,
        product_id: product.id,
        text: said,
        author_kind: 'person',
        author_name: hand.client.label,
      }),
    )
    return `${short(id)} of ${short(product.id)}`
  },
  'add a preset': (hand) => {
    const last =
      rows(hand, 'message_presets')
        .map(({ order_key }) => order_key)
        .toSorted()
        .at(-1) ?? null
    const id = hand.dice.uuid()
    write(hand, 'presets', (tx) =>
      tx.insert('message_presets', {
        id,
        text: text(hand, 'preset'),
        color: 'amber',
        clear_after_seconds: null,
        order_key: keysBetween(last, null, { count: 1, random: hand.dice.next })[0] ?? 'a0',
      }),
    )
    return short(id)
  },
  'edit a preset': (hand) => {
    const preset = hand.dice.pick(rows(hand, 'message_presets'))
    if (!preset) return null
    write(hand, 'presets', (tx) =>
      tx.update('message_presets', preset.id, { text: text(hand, 'preset'), clear_after_seconds: hand.unique() }),
    )
    return short(preset.id)
  },
  'remove a preset': (hand) => {
    const preset = hand.dice.pick(rows(hand, 'message_presets'))
    if (!preset) return null
    write(hand, 'presets', (tx) => tx.remove('message_presets', preset.id))
    return short(preset.id)
  },
}
