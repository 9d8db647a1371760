import { describe, expect, test } from 'vitest'
import { addBrand, addItem, addProduct } from './desk.ts'
import { conflicts, log, open, show } from './show.ts'
import { expectSame, meet, remove, resolve, set, state } from './team.ts'
import type { Row } from './team.ts'

const restore = { choices: { deleted: 'parked' }, shown: { deleted: true } } as const
const accept = { choices: { deleted: 'standing' }, shown: { deleted: true } } as const

describe('a session that one desktop deletes while another works on it', () => {
  /** Ben edits an item and adds one; Anna deletes the session first. */
  async function deletedFirst() {
    const made = await show()
    const { a, b, session, item, product } = made
    remove(a, 'sessions', session)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    const added = addItem(b, { session, product }, { order_key: 'a2', notes: 'Added' })
    set(b, 'sessions', { id: session, name: 'Ben' })
    await meet(a, b)
    return { ...made, added, conflict: open(a)[0] }
  }

  test('[R5] the deletion first: nothing is resurrected, and one conflict of the session keeps all edits', async () => {
    const { a, b, session, item, added, conflict } = await deletedFirst()
    expectSame(a, b)
    expect(b.all('sessions')).toEqual([])
    expect(b.all('session_products')).toEqual([])
    expect(conflicts(a)).toHaveLength(1)
    expect(conflict).toMatchObject({
      kind: 'delete',
      entity: 'sessions',
      entity_id: session,
      session_id: session,
      device: 'Ben',
      other_device: 'Anna',
    })
    expect(conflict?.['mutations']).toMatchObject([
      { e: 'session_products', i: item, o: 'u' },
      { e: 'session_products', i: added, o: 'i' },
      { e: 'sessions', i: session, o: 'u' },
    ])
  })

  test('[R5] [R13] "bring it back" brings the session with its line-up and all edits', async () => {
    const { a, b, session, item, other, added, conflict } = await deletedFirst()
    expect(await resolve(a, conflict, restore)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(b.row('sessions', session)).toMatchObject({ name: 'Ben' })
    expect(b.row('session_products', item)).toMatchObject({ notes: 'Ben' })
    expect(b.row('session_products', other)).toMatchObject({ notes: '' })
    expect(b.row('session_products', added)).toMatchObject({ notes: 'Added' })
    expect(open(a)).toEqual([])
  })

  test('[R5] [R13] "leave it deleted" closes the conflict; the edits stay in it', async () => {
    const { a, b, conflict } = await deletedFirst()
    expect(await resolve(b, conflict, accept)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('sessions')).toEqual([])
    expect(conflicts(a)).toMatchObject([{ status: 'resolved', mutations: [{}, {}, {}] }])
  })

  test('[R5] [R13] a decision that was shown as something else is stale', async () => {
    const { a, conflict, sql } = await deletedFirst()
    expect(await resolve(a, conflict, { ...restore, shown: { deleted: false } })).toBe('stale')
    expect(await sql('SELECT count(*)::int AS n FROM sessions')).toEqual([{ n: 0 }])
  })

  test('[R5] [R13] "bring it back" without the brand and the product that are gone too: the rest comes back', async () => {
    const { a, b, sql, session, item, other, product } = await show()
    const brand = addBrand(a, 'Gone')
    set(a, 'sessions', { id: session, brand_id: brand })
    const second = addProduct(a, brand)
    const lost = addItem(a, { session, product: second }, { notes: 'Its product goes too' })
    await meet(a, b)
    remove(a, 'sessions', session)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    set(b, 'session_products', { id: lost, section: 'Ben' })
    await meet(a, b)
    remove(a, 'products', second)
    remove(a, 'brands', brand)
    await meet(a, b)
    expect(await resolve(a, open(a)[0], restore)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ brand_id: null })
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Ben', product_id: product })
    expect(a.row('session_products', other)).toBeDefined()
    expect(a.row('session_products', lost)).toBeUndefined()
    const kept = log(a).filter(({ entity_id, decision }) => entity_id === lost && decision === 'deleted')
    expect(kept.map(({ image }) => (image as Row)['section'])).toEqual(expect.arrayContaining([null, 'Ben']))
    for (const { image } of kept) expect(image).toMatchObject({ notes: 'Its product goes too' })
    expect(await sql('SELECT count(*)::int AS n FROM products')).toEqual([{ n: 1 }])
  })

  test('[R5] [R13] two desktops edited it: each decision adds its own edits, none deletes what is back', async () => {
    const { a, b, desk, session, item, other } = await show()
    const c = desk({ name: 'Cleo' })
    await c.sync()
    remove(a, 'sessions', session)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    set(c, 'session_products', { id: other, notes: 'Cleo' })
    await meet(a, b, c)
    const [ofBen, ofCleo] = ['Ben', 'Cleo'].map((name) => open(a).find(({ device }) => device === name))
    expect(await resolve(a, ofBen, restore)).toBe('resolved')
    expect(await resolve(a, ofCleo, restore)).toBe('stale')
    expect(await resolve(a, ofCleo, { ...restore, shown: { deleted: false } })).toBe('resolved')
    await meet(a, b, c)
    expectSame(a, b, c)
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Ben' })
    expect(a.row('session_products', other)).toMatchObject({ notes: 'Cleo' })
  })

  test.each(['an item', 'a new item', 'the session', 'the show', 'by psql'])(
    '[R6] an edit of %s first: it stays, and a conflict asks',
    async (what) => {
      const { a, b, sql, session, item, other, product } = await show()
      remove(a, 'sessions', session)
      if (what === 'an item') set(b, 'session_products', { id: item, notes: 'Ben' })
      if (what === 'a new item') addItem(b, { session, product })
      if (what === 'the session') set(b, 'sessions', { id: session, name: 'Ben' })
      if (what === 'the show') b.writer.transact((tx) => tx.insert('session_states', state(session)))
      if (what === 'by psql') await sql(`UPDATE session_products SET notes = 'psql' WHERE id = $1`, [item])
      await b.sync()
      await meet(a, b)
      expectSame(a, b)
      expect(a.row('sessions', session)).toBeDefined()
      expect(a.row('session_products', item)).toBeDefined()
      expect(a.row('session_products', other)).toBeDefined()
      expect(conflicts(a)).toMatchObject([
        {
          kind: 'delete',
          entity: 'sessions',
          device: 'Anna',
          other_device: what === 'by psql' ? 'another program' : 'Ben',
          mutations: [{ o: 'd' }],
        },
      ])
    },
  )

  test('[R6] [R13] "delete it" deletes it for all, and the log keeps its last image', async () => {
    const { a, b, session, item } = await show()
    remove(a, 'sessions', session)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await meet(b, a)
    expect(await resolve(b, open(b)[0], { choices: { deleted: 'parked' }, shown: { deleted: false } })).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('sessions')).toEqual([])
    expect(a.all('session_products')).toEqual([])
    expect(log(a).at(-1)).toMatchObject({ decision: 'resolved', image: { id: session, name: 'Friday' } })
  })

  test('[R6] [R13] "delete it" of what somebody deleted meanwhile is stale, and then has nothing to do', async () => {
    const { a, b, sql, session, item } = await show()
    remove(a, 'sessions', session)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await meet(b, a)
    await sql('DELETE FROM sessions')
    const [conflict] = open(b)
    expect(await resolve(b, conflict, { choices: { deleted: 'parked' }, shown: { deleted: false } })).toBe('stale')
    expect(await resolve(b, conflict, restore)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('sessions')).toEqual([])
  })

  test('[R6] the undo of a deletion that asks withdraws the question', async () => {
    const { a, b, session, item } = await show()
    a.history.transact('sessions', 'Delete', (tx) => {
      for (const { id } of a.all('session_products')) tx.remove('session_products', String(id))
      tx.remove('sessions', session)
    })
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await b.sync()
    a.history.undo('sessions')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Ben' })
    expect(conflicts(a)).toMatchObject([
      { status: 'resolved', resolution: { deleted: 'standing' }, resolved_by: 'Anna' },
    ])
    // R11: what it brought back and does not stand is in the log.
    expect(a.all('conflict_log')).toMatchObject([
      { decision: 'merged', entity_id: item, fields: expect.stringContaining('"Ben"') },
    ])
  })

  test('[R11] the undo of a deletion that everybody has brings all of it back', async () => {
    const { a, b, session, item, other } = await show()
    a.history.transact('sessions', 'Delete', (tx) => {
      for (const { id } of a.all('session_products')) tx.remove('session_products', String(id))
      tx.remove('sessions', session)
    })
    await meet(a, b)
    expect(b.all('sessions')).toEqual([])
    a.history.undo('sessions')
    await meet(a, b)
    expectSame(a, b)
    for (const id of [item, other]) expect(b.row('session_products', id)).toBeDefined()
    expect(conflicts(a)).toEqual([])
    a.history.redo('sessions')
    await meet(a, b)
    expectSame(a, b)
    expect(b.all('sessions')).toEqual([])
  })

  test('[R5] an item that was added to it and removed again does not come back with it', async () => {
    const { a, b, session, item, product } = await show()
    remove(a, 'sessions', session)
    const added = addItem(b, { session, product })
    const stays = addItem(b, { session, product })
    remove(b, 'session_products', added)
    await meet(a, b)
    expect(await resolve(a, open(a)[0], restore)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_products', added)).toBeUndefined()
    for (const id of [item, stays]) expect(a.row('session_products', id)).toBeDefined()
  })

  test.each(['sessions', 'session_products'] as const)(
    '[R5] who edits and then deletes what is gone has no conflict: %s',
    async (entity) => {
      const { a, b, session, item } = await show()
      const id = entity === 'sessions' ? session : item
      remove(a, entity, id)
      set(b, entity, { id, notes: 'Ben' })
      remove(b, entity, id)
      await meet(a, b)
      expectSame(a, b)
      expect(a.row(entity, id)).toBeUndefined()
      expect(open(a)).toEqual([])
      expect(conflicts(a)).toMatchObject([{ status: 'resolved', resolved_by: 'Ben' }])
    },
  )

  test('[R5] a show that went on in it is kept with the edits, its last place only', async () => {
    const { a, b, session, item, other } = await show()
    remove(a, 'sessions', session)
    b.writer.transact((tx) => tx.insert('session_states', { ...state(session), current_item_id: item }))
    set(b, 'session_states', { id: session, current_item_id: other })
    await meet(a, b)
    expectSame(a, b)
    expect(open(a)).toMatchObject([{ mutations: [{ e: 'session_states' }] }])
    expect(await resolve(a, open(a)[0], restore)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_states', session)).toMatchObject({ current_item_id: other, mode: 'live' })
  })
})

describe('an item that one desktop deletes', () => {
  test.each(['the deletion first', 'the edit first'])('[R5] [R6] while another edits it, %s', async (order) => {
    const { a, b, item, other } = await show()
    remove(a, 'session_products', item)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await (order === 'the edit first' ? b : a).sync()
    await meet(a, b)
    expectSame(a, b)
    const stands = order === 'the edit first'
    expect(a.row('session_products', item) !== undefined).toBe(stands)
    expect(a.row('session_products', other)).toBeDefined()
    expect(open(a)).toMatchObject([
      { kind: 'delete', entity: 'session_products', entity_id: item, device: stands ? 'Anna' : 'Ben' },
    ])
    // The edit is what somebody wanted last, either way.
    const keep = stands ? ({ choices: { deleted: 'standing' }, shown: { deleted: false } } as const) : restore
    expect(await resolve(a, open(a)[0], keep)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Ben' })
    expect(open(a)).toEqual([])
  })

  test('[R6] and whose product is deleted then: "bring it back" cannot, and the log keeps it', async () => {
    const { a, b, session } = await show()
    const product = addProduct(a, addBrand(a))
    const item = addItem(a, { session, product })
    await meet(a, b)
    remove(a, 'session_products', item)
    remove(a, 'products', product)
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await meet(a, b)
    expect(await resolve(a, open(a)[0], restore)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_products', item)).toBeUndefined()
    expect(log(a).find(({ image }) => (image as Row | null)?.['notes'] === 'Ben')).toBeDefined()
  })
})
