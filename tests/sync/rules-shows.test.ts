import { describe, expect, test } from 'vitest'
import { addItem, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { conflicts, log, open, show } from './show.ts'
import { expectSame, meet, resolve, set, state } from './team.ts'

/** Goes live: the numbers freeze as they stand there. */
function freeze(desk: Desk, session: string, at = desk.clock.now()): void {
  const items = desk.db
    .statement('SELECT id FROM session_products WHERE session_id = ? ORDER BY order_key, id')
    .pluck(true)
    .all(session) as string[]
  desk.writer.transact((tx) => {
    tx.update('sessions', session, { numbers_frozen_at: at, highest_number: items.length, status: 'live' })
    items.forEach((id, index) => tx.update('session_products', id, { number: index + 1 }))
  })
}

/** Adds an item to a frozen line-up, with the next number. */
function addNumbered(desk: Desk, session: string, product: string): string {
  const highest = Number(desk.row('sessions', session)?.['highest_number']) + 1
  set(desk, 'sessions', { id: session, highest_number: highest })
  return addItem(desk, { session, product }, { order_key: `b${highest}`, number: highest })
}

function numbers(desk: Desk): unknown[] {
  return desk.db.statement('SELECT number FROM session_products ORDER BY number').pluck(true).all()
}

describe('numbers', () => {
  test('[R3] frozen on both desktops: the first freeze stands, with its numbers', async () => {
    const { a, b, session, item, other } = await show()
    set(b, 'session_products', { id: item, order_key: 'a5' })
    freeze(a, session, '2026-11-22T10:00:01.000Z')
    freeze(b, session, '2026-11-22T10:00:02.000Z')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({
      numbers_frozen_at: '2026-11-22T10:00:01.000Z',
      highest_number: 2,
    })
    expect(a.row('session_products', item)).toMatchObject({ number: 1, order_key: 'a5' })
    expect(a.row('session_products', other)).toMatchObject({ number: 2 })
    expect(conflicts(a)).toEqual([])
    expect(log(a).filter(({ decision }) => decision === 'kept').length).toBeGreaterThan(0)
  })

  test('[R3] a freeze that is taken back knowingly is taken back', async () => {
    const { a, b, session } = await show()
    freeze(a, session)
    await meet(a, b)
    set(b, 'sessions', { id: session, numbers_frozen_at: null })
    await meet(b, a)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ numbers_frozen_at: null })
  })

  test('[R3] of highest_number the greatest counts, whoever comes last', async () => {
    for (const [first, second] of [
      [9, 5],
      [5, 9],
    ] as const) {
      const { a, b, session } = await show()
      set(a, 'sessions', { id: session, highest_number: first })
      set(b, 'sessions', { id: session, highest_number: second })
      await meet(a, b)
      expectSame(a, b)
      expect(a.row('sessions', session)).toMatchObject({ highest_number: 9 })
      expect(conflicts(a)).toEqual([])
    }
  })

  test('[R3] also in a batch of many sessions, after an edit that had to give way', async () => {
    const { a, b, session } = await show()
    const sessions = [session, ...Array.from({ length: 8 }, (_, n) => addSession(a, `S${n}`))]
    await meet(a, b)
    set(b, 'sessions', { id: session, highest_number: 6 })
    set(a, 'sessions', { id: session, highest_number: 9 })
    await a.sync()
    await b.exchange.pull()
    await b.exchange.push()
    b.writer.transact((tx) => sessions.forEach((id) => tx.update('sessions', id, { highest_number: 7 })))
    await meet(b, a)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ highest_number: 9 })
    expect(a.row('sessions', String(sessions[3]))).toMatchObject({ highest_number: 7 })
  })

  test('[R9] two desktops add to a frozen line-up: the later item takes the next free number', async () => {
    const { a, b, session, product } = await show()
    freeze(a, session)
    await meet(a, b)
    const ofAnna = addNumbered(a, session, product)
    const ofBen = addNumbered(b, session, product)
    const second = addNumbered(b, session, product)
    await meet(a, b)
    expectSame(a, b)
    expect(numbers(a)).toEqual([1, 2, 3, 4, 5])
    expect(a.row('session_products', ofAnna)).toMatchObject({ number: 3 })
    expect(a.row('sessions', session)).toMatchObject({ highest_number: 5 })
    expect([ofBen, second].map((id) => a.row('session_products', id)?.['number'])).toEqual(
      expect.arrayContaining([4, 5]),
    )
    expect(log(a).filter(({ decision }) => decision === 'renumbered')).toMatchObject([
      { entity_id: ofBen, device: 'Ben' },
    ])
    // And it stays so when there is one more.
    expect(a.row('session_products', addNumbered(a, session, product))).toMatchObject({ number: 6 })
    await meet(a, b)
    expect(numbers(b)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('[R9] a freeze over items that the other desktop did not know gives every item a number of its own', async () => {
    const { a, b, session, product, item } = await show()
    const between = addItem(b, { session, product }, { order_key: 'a0V' })
    freeze(a, session)
    freeze(b, session)
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_products', item)).toMatchObject({ number: 1 })
    // Ben has given 3 to another item, so viewers may know it.
    expect(a.row('session_products', between)).toMatchObject({ number: 4 })
    expect(numbers(a)).toEqual([1, 2, 4])
    expect(a.row('sessions', session)).toMatchObject({ highest_number: 4 })
    expect(log(a).filter(({ decision }) => decision === 'renumbered')).toMatchObject([
      { entity_id: between, session_id: session },
    ])
  })

  test('[R9] numbers that change places in one transaction are no double', async () => {
    const { a, b, session, item, other } = await show()
    freeze(a, session)
    await meet(a, b)
    a.writer.transact((tx) => {
      tx.update('session_products', item, { number: 2 })
      tx.update('session_products', other, { number: 1 })
    })
    await meet(a, b)
    expectSame(a, b)
    expect(b.row('session_products', item)).toMatchObject({ number: 2 })
    expect(b.row('session_products', other)).toMatchObject({ number: 1 })
    expect(log(a)).toEqual([])
  })

  test('[R9] two desktops give numbers anew in different ways: no number is there twice', async () => {
    const { a, b, session, product, item, other } = await show()
    const third = addItem(a, { session, product }, { order_key: 'a2' })
    freeze(a, session)
    await meet(a, b)
    a.writer.transact((tx) => {
      tx.update('session_products', item, { number: 2 })
      tx.update('session_products', other, { number: 1 })
    })
    b.writer.transact((tx) => {
      tx.update('session_products', other, { number: 3 })
      tx.update('session_products', third, { number: 2 })
    })
    await meet(a, b)
    expectSame(a, b)
    expect(new Set(numbers(a)).size).toBe(3)
    expect(a.row('session_products', item)).toMatchObject({ number: 2 })
    expect(a.row('session_products', other)).toMatchObject({ number: 1 })
  })

  test('[R9] an item whose number was taken, and that its desktop removes before it hears of that, is removed', async () => {
    const { a, b, session, product } = await show()
    freeze(a, session)
    await meet(a, b)
    addNumbered(a, session, product)
    await a.sync()
    const ofBen = addNumbered(b, session, product)
    await b.exchange.push()
    b.writer.transact((tx) => tx.remove('session_products', ofBen))
    await meet(b, a)
    expectSame(a, b)
    expect(a.row('session_products', ofBen)).toBeUndefined()
    expect(conflicts(a)).toEqual([])
  })
})

describe('the place of a show', () => {
  async function live() {
    const made = await show()
    const { a, b, session, item } = made
    a.writer.transact((tx) => tx.insert('session_states', { ...state(session), current_item_id: item }))
    await meet(a, b)
    return made
  }

  test('[R8] goes by arrival while both are in touch, as a whole', async () => {
    const { a, b, session, item, other } = await live()
    set(a, 'session_states', { id: session, current_item_id: other, image_index: 2 })
    set(b, 'session_states', { id: session, blank: 1 })
    await meet(a, b)
    expectSame(a, b)
    // Ben's is the later one: his place, not a mix of both.
    expect(a.row('session_states', session)).toMatchObject({ current_item_id: item, image_index: 0, blank: 1 })
    expect(conflicts(a)).toEqual([])
    expect(log(a)).toEqual([])
  })

  test('[R8] two desktops that begin one show while in touch: the later one drives', async () => {
    const { a, b, session, item, other } = await show()
    a.writer.transact((tx) => tx.insert('session_states', { ...state(session), current_item_id: item }))
    b.writer.transact((tx) => tx.insert('session_states', { ...state(session), current_item_id: other }))
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_states', session)).toMatchObject({ current_item_id: other })
    expect(conflicts(a)).toEqual([])
  })

  test.each(['drives', 'begins'])(
    '[R8] that a desktop %s while it is apart: one conflict, and what stands stays',
    async (how) => {
      const made = how === 'drives' ? await live() : await show()
      const { a, b, session, item, other } = made
      if (how === 'begins')
        a.writer.transact((tx) => tx.insert('session_states', { ...state(session), current_item_id: item }))
      else set(a, 'session_states', { id: session, image_index: 1 })
      await a.sync()
      b.outbox.offline = true
      if (how === 'begins')
        b.writer.transact((tx) => tx.insert('session_states', { ...state(session), current_item_id: other }))
      else set(b, 'session_states', { id: session, current_item_id: other })
      set(b, 'session_states', { id: session, image_index: 7 })
      b.outbox.offline = false
      await meet(b, a)
      expectSame(a, b)
      expect(a.row('session_states', session)).toMatchObject({
        current_item_id: item,
        image_index: how === 'begins' ? 0 : 1,
      })
      expect(conflicts(a)).toMatchObject([
        {
          kind: 'live',
          status: 'open',
          entity: 'session_states',
          entity_id: session,
          session_id: session,
          device: 'Ben',
          other_device: 'Anna',
        },
      ])
      const parked = new Map(
        (open(a)[0]?.['fields'] as { name: string; parked: unknown }[] | undefined)?.map((one) => [
          one.name,
          one.parked,
        ]),
      )
      expect(parked.get('current_item_id')).toBe(other)
      expect(parked.get('image_index')).toBe(7)
      const choices = Object.fromEntries([...parked.keys()].map((name) => [name, 'parked' as const]))
      expect(await resolve(a, open(a)[0], { choices, shown: {} })).toBe('resolved')
      await meet(a, b)
      expectSame(a, b)
      expect(a.row('session_states', session)).toMatchObject({ current_item_id: other, image_index: 7 })
    },
  )

  test('[R8] that one desktop alone drove while apart is simply there', async () => {
    const { a, b, session, other } = await live()
    b.outbox.offline = true
    set(b, 'session_states', { id: session, current_item_id: other })
    await meet(b, a)
    expectSame(a, b)
    expect(a.row('session_states', session)).toMatchObject({ current_item_id: other })
    expect(conflicts(a)).toEqual([])
  })

  test('[R8] that went apart without anybody knowing: what failed to arrive counts as made apart', async () => {
    const { a, b, session, other } = await live()
    set(b, 'session_states', { id: session, current_item_id: other })
    // What the engine does when the push fails.
    b.exchange.noteApart()
    set(a, 'session_states', { id: session, image_index: 1 })
    await a.sync()
    await meet(b, a)
    expectSame(a, b)
    expect(open(a)).toMatchObject([{ kind: 'live', device: 'Ben' }])
  })
})
