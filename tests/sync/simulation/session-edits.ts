import { keysBetween } from '../../../src/main/db/order-key.ts'
import type { Schema } from '../../../src/main/db/schema.ts'
import type { Tx, Unstamped } from '../../../src/main/db/write.ts'
import { lineup, rows, short, text, write } from './hand.ts'
import type { Edit, Hand } from './hand.ts'

function insertItems(
  hand: Hand,
  tx: Tx,
  { session, productIds }: { session: Schema['sessions']; productIds: readonly string[] },
): void {
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
  if (session.numbers_frozen_at !== null && productIds.length > 0)
    tx.update('sessions', session.id, { highest_number: highest })
  tx.touch('sessions', session.id)
}

export const sessionEdits: Readonly<Record<string, Edit>> = {
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
      if (session) insertItems(hand, tx, { session, productIds: chosen.map((product) => product.id) })
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
    const session = hand.dice.pick(rows(hand, 'sessions', ['numbers_frozen_at IS NULL']))
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

export const lineupEdits: Readonly<Record<string, Edit>> = {
  'add items': (hand) => {
    const session = hand.dice.pick(rows(hand, 'sessions'))
    if (!session) return null
    const taken = new Set(lineup(hand, session.id).map((item) => item.product_id))
    const chosen = hand.dice.some(
      rows(hand, 'products').filter(({ id }) => !taken.has(id)),
      hand.dice.between(1, 3),
    )
    write(hand, `session:${session.id}`, (tx) =>
      insertItems(hand, tx, { session, productIds: chosen.map(({ id }) => id) }),
    )
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
    write(hand, `session:${item.session_id}`, (tx) =>
      tx.update('session_products', item.id, hand.dice.pick(patches) ?? {}),
    )
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

export const liveEdits: Readonly<Record<string, Edit>> = {
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
      if (tx.row('session_states', session.id)) tx.update('session_states', session.id, position)
      else
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
