import { keysBetween } from '../../../src/main/db/order-key.ts'
import type { Entity, Schema } from '../../../src/main/db/schema.ts'
import type { Tx, Unstamped } from '../../../src/main/db/write.ts'
import type { SimClient } from './client.ts'
import type { Dice } from './dice.ts'

/** What an edit is made with. */
export interface Hand {
  readonly client: SimClient
  readonly dice: Dice
  /** A number that was never used before, so that what became of a value can be told. */
  readonly unique: () => number
}

/** Answers what it did, for the trace; null where there was nothing to do it to. May throw what the app would show. */
type Edit = (hand: Hand) => string | null

type Rows<E extends Entity> = (Schema[E] & { id: string })[]

function rows<E extends Entity>({ client }: Hand, entity: E, where = '1', ...values: unknown[]): Rows<E> {
  return client.core.db.statement(`SELECT * FROM ${entity} WHERE ${where} ORDER BY id`).all(...values) as Rows<E>
}

function lineup(hand: Hand, sessionId: string): Rows<'session_products'> {
  return hand.client.core.db
    .statement('SELECT * FROM session_products WHERE session_id = ? ORDER BY order_key, id')
    .all(sessionId) as Rows<'session_products'>
}

function write(hand: Hand, scope: string, work: (tx: Tx) => void): void {
  hand.client.core.history.transact(scope, scope, work)
}

const text = (hand: Hand, kind: string): string => `${kind} ${hand.unique()} of ${hand.client.label}`
const short = (id: string): string => id.slice(0, 6)

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

const products: Readonly<Record<string, Edit>> = {
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
    const brand = hand.dice.pick(rows(hand, 'brands', 'id NOT IN (SELECT brand_id FROM products)'))
    if (!brand) return null
    write(hand, 'catalogue', (tx) => {
      for (const session of rows(hand, 'sessions', 'brand_id = ?', brand.id)) tx.update('sessions', session.id, { brand_id: null })
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
      { status: hand.dice.pick(['active', 'draft', 'archived'] as const) ?? 'active', compare_at_price_cents: hand.unique() },
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
        for (const { id } of rows(hand, part, 'product_id = ?', product.id)) tx.remove(part, id)
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

const parts: Readonly<Record<string, Edit>> = {
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
    const patch = hand.dice.chance(0.5) ? { title: text(hand, 'variant') } : { price_cents: hand.unique(), stock: hand.unique() }
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
        position: rows(hand, 'product_images', 'product_id = ?', product.id).length + 1,
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
    write(hand, 'catalogue', (tx) => tx.update('product_images', image.id, { alt: text(hand, 'alt'), is_primary: image.is_primary === 1 ? 0 : 1 }))
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
    const last = rows(hand, 'talking_points', 'product_id = ?', product.id).at(-1)
    const id = hand.dice.uuid()
    const said = last && hand.dice.chance(0.2) ? last.text : text(hand, 'point')
    write(hand, 'catalogue', (tx) =>
      tx.insert('talking_points', { id, product_id: product.id, text: said, author_kind: 'person', author_name: hand.client.label }),
    )
    return `${short(id)} of ${short(product.id)}`
  },
  'add a preset': (hand) => {
    const last = rows(hand, 'message_presets').map(({ order_key }) => order_key).toSorted().at(-1) ?? null
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
    write(hand, 'presets', (tx) => tx.update('message_presets', preset.id, { text: text(hand, 'preset'), clear_after_seconds: hand.unique() }))
    return short(preset.id)
  },
  'remove a preset': (hand) => {
    const preset = hand.dice.pick(rows(hand, 'message_presets'))
    if (!preset) return null
    write(hand, 'presets', (tx) => tx.remove('message_presets', preset.id))
    return short(preset.id)
  },
}

function insertItems(hand: Hand, tx: Tx, session: Schema['sessions'], productIds: readonly string[]): void {
  const items = lineup(hand, session.id)
  const at = hand.dice.between(0, items.length)
  const before = items[at - 1]?.order_key ?? null
  const after = items[at]?.order_key ?? null
  const open = before === null || after === null || before < after
  const keys = keysBetween(before, open ? after : null, { count: productIds.length, random: hand.dice.next })
  let highest = Math.max(session.highest_number ?? 0, ...items.map(({ number }) => number ?? 0))
  productIds.forEach((product_id, index) => {
    const number = session.numbers_frozen_at === null ? null : (highest += 1)
    tx.insert('session_products', {
      id: hand.dice.uuid(),
      session_id: session.id,
      product_id,
      order_key: keys[index] ?? 'a0',
      number,
      section: null,
      skip: 0,
      notes: text(hand, 'item'),
      override_name: null,
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
    })
  })
  if (session.numbers_frozen_at !== null && productIds.length > 0) tx.update('sessions', session.id, { highest_number: highest })
  tx.touch('sessions', session.id)
}

const sessions: Readonly<Record<string, Edit>> = {
  'make a session': (hand) => {
    if (rows(hand, 'sessions').length > 8) return null
    const id = hand.dice.uuid()
    const chosen = hand.dice.some(rows(hand, 'products'), hand.dice.between(0, 5))
    write(hand, 'sessions', (tx) => {
      tx.insert('sessions', {
        id,
        brand_id: hand.dice.pick(rows(hand, 'brands'))?.id ?? null,
        name: text(hand, 'session'),
        slug: `s-${short(id)}`,
        notes: '',
        code: '',
        status: 'draft',
        status_before_archive: null,
        scheduled_at: null,
        numbers_frozen_at: null,
        highest_number: null,
      })
      const session = tx.row('sessions', id)
      if (session) insertItems(hand, tx, session, chosen.map((product) => product.id))
    })
    return `${short(id)} with ${chosen.length} items`
  },
  'edit a session': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    const patches: Partial<Unstamped<Schema['sessions']>>[] = [
      { name: text(hand, 'session'), slug: `s-${hand.unique()}` },
      { notes: text(hand, 'notes') },
      { code: text(hand, 'code') },
      { scheduled_at: hand.client.clock.now(), brand_id: hand.dice.pick(rows(hand, 'brands'))?.id ?? null },
      { status: 'archived', status_before_archive: session.status },
      { status: hand.dice.pick(['draft', 'ready'] as const) ?? 'draft', notes: text(hand, 'notes') },
    ]
    write(hand, `session:${session.id}`, (tx) => tx.update('sessions', session.id, hand.dice.pick(patches) ?? {}))
    return short(session.id)
  },
  'freeze numbers': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions', 'numbers_frozen_at IS NULL'))
    if (!session) return null
    write(hand, `session:${session.id}`, (tx) => {
      const items = lineup(hand, session.id)
      items.forEach(({ id }, index) => tx.update('session_products', id, { number: index + 1 }))
      tx.update('sessions', session.id, { numbers_frozen_at: hand.client.clock.now(), highest_number: items.length })
    })
    return short(session.id)
  },
  'delete a session': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    write(hand, 'sessions', (tx) => {
      for (const { id } of lineup(hand, session.id)) tx.remove('session_products', id)
      if (tx.row('session_states', session.id)) tx.remove('session_states', session.id)
      tx.remove('sessions', session.id)
    })
    return short(session.id)
  },
}

const lineups: Readonly<Record<string, Edit>> = {
  'add items': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    const taken = new Set(lineup(hand, session.id).map((item) => item.product_id))
    const chosen = hand.dice.some(rows(hand, 'products').filter(({ id }) => !taken.has(id)), hand.dice.between(1, 3))
    write(hand, `session:${session.id}`, (tx) => insertItems(hand, tx, session, chosen.map(({ id }) => id)))
    return `${chosen.length} to ${short(session.id)}`
  },
  'move items': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    const items = lineup(hand, session.id)
    const moving = hand.dice.some(items, hand.dice.chance(0.8) ? 1 : 3)
    const rest = items.filter((item) => !moving.includes(item))
    const at = hand.dice.between(0, rest.length)
    const before = rest[at - 1]?.order_key ?? null
    const after = rest[at]?.order_key ?? null
    const open = before === null || after === null || before < after
    const keys = keysBetween(before, open ? after : null, { count: moving.length, random: hand.dice.next })
    write(hand, `session:${session.id}`, (tx) => {
      moving.forEach(({ id }, index) => tx.update('session_products', id, { order_key: keys[index] ?? 'a0' }))
      tx.touch('sessions', session.id)
    })
    return `${moving.map(({ id }) => short(id)).join(' ')} in ${short(session.id)}`
  },
  'edit an item': (hand) => {
    const item = hand.dice.pick(rows(hand, 'session_products'))
    if (!item) return null
    const patches: Partial<Unstamped<Schema['session_products']>>[] = [
      { override_name: text(hand, 'called') },
      { override_talking_points_md: text(hand, 'say') },
      { override_price_cents: hand.unique(), skip: item.skip === 1 ? 0 : 1 },
      { notes: text(hand, 'item') },
      { section: text(hand, 'section') },
      { override_name: null, notes: text(hand, 'item') },
    ]
    write(hand, `session:${item.session_id}`, (tx) => tx.update('session_products', item.id, hand.dice.pick(patches) ?? {}))
    return short(item.id)
  },
  'remove items': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    const chosen = hand.dice.some(lineup(hand, session.id), hand.dice.chance(0.8) ? 1 : 3)
    write(hand, `session:${session.id}`, (tx) => {
      for (const { id } of chosen) tx.remove('session_products', id)
      tx.touch('sessions', session.id)
    })
    return chosen.map(({ id }) => short(id)).join(' ')
  },
}

const live: Readonly<Record<string, Edit>> = {
  'drive the show': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    const item = hand.dice.pick(lineup(hand, session.id))
    const position = {
      mode: 'live' as const,
      current_item_id: item?.id ?? null,
      image_index: hand.dice.between(0, 3),
      card: JSON.stringify({ name: text(hand, 'card') }),
      message: hand.dice.chance(0.3) ? JSON.stringify({ text: text(hand, 'message') }) : null,
      item_started_at: hand.client.clock.now(),
    }
    // A live position is no step of a history.
    hand.client.core.writer.transact((tx) => {
      if (tx.row('session_states', session.id)) return void tx.update('session_states', session.id, position)
      tx.insert('session_states', {
        ...position,
        id: session.id,
        next_item_id: null,
        blank: 0,
        notes_shown: 0,
        image_full: 0,
        guard: 0,
        timer: '{}',
        history: '[]',
        started_at: null,
        status_before: null,
      })
    })
    return short(session.id)
  },
}

const past: Readonly<Record<string, Edit>> = {
  undo: (hand) => revert(hand, 'undo'),
  redo: (hand) => revert(hand, 'redo'),
}

function revert(hand: Hand, direction: 'undo' | 'redo'): string | null {
  const { history } = hand.client.core
  const scopes = ['catalogue', 'presets', 'sessions', ...rows(hand, 'sessions').map(({ id }) => `session:${id}`)]
  const scope = hand.dice.pick(scopes.filter((one) => history.state(one)[direction].length > 0))
  if (scope === undefined) return null
  history[direction](scope)
  return scope.slice(0, 14)
}

/** Everything that a person does at a desktop. */
export const edits = { ...products, ...parts, ...sessions, ...lineups, ...live, ...past }

export type EditName = keyof typeof edits & string

/** How often each is done. */
export const editWeights: Readonly<Record<string, number>> = {
  'make a brand': 1,
  'rename a brand': 2,
  'delete a brand': 1,
  'make a product': 3,
  'import products': 0.5,
  'edit a product': 14,
  'price many products': 1,
  'delete a product': 3,
  'edit a product badly': 0.5,
  'add a variant': 3,
  'edit a variant': 4,
  'remove a variant': 1.5,
  'add an image': 2,
  'edit an image': 3,
  'remove an image': 1,
  'add a talking point': 4,
  'add a preset': 1.5,
  'edit a preset': 2,
  'remove a preset': 0.7,
  'make a session': 1.5,
  'edit a session': 8,
  'freeze numbers': 1,
  'delete a session': 1,
  'add items': 6,
  'move items': 8,
  'edit an item': 14,
  'remove items': 3,
  'drive the show': 5,
  undo: 5,
  redo: 2,
}
