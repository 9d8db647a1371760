import { describe, expect, test } from 'vitest'
import { addItem } from './desk.ts'
import type { Desk } from './desk.ts'
import { conflicts, log, open, show } from './show.ts'
import { expectSame, meet, resolve, set } from './team.ts'
import type { Row } from './team.ts'

describe('an overlap', () => {
  test('[R2] becomes a conflict on every desktop; the rest of the row, and other rows, go on', async () => {
    const { a, b, desk, item, other } = await show()
    set(a, 'session_products', { id: item, override_talking_points_md: 'From Anna' })
    set(b, 'session_products', { id: item, override_talking_points_md: 'From Ben', notes: 'Ben notes' })
    set(b, 'session_products', { id: other, notes: 'Other' })
    await meet(a, b)
    const c = desk({ name: 'Cleo' })
    await c.sync()
    expectSame(a, b, c)
    expect(c.row('session_products', item)).toMatchObject({
      override_talking_points_md: 'From Anna',
      notes: 'Ben notes',
    })
    expect(c.row('session_products', other)).toMatchObject({ notes: 'Other' })
    expect(conflicts(c)).toMatchObject([
      {
        status: 'open',
        kind: 'field',
        entity: 'session_products',
        entity_id: item,
        device: 'Ben',
        client_id: b.exchange.caller.clientId,
        other_device: 'Anna',
        fields: [{ name: 'override_talking_points_md', base: null, parked: 'From Ben', standing: 'From Anna' }],
      },
    ])
    expect(conflicts(c)[0]?.['session_id']).toBe(c.row('session_products', item)?.['session_id'])
  })

  test('[R2] of several fields is one conflict; the same value on both sides is none', async () => {
    const { a, b, session } = await show()
    set(a, 'sessions', { id: session, name: 'Anna', notes: 'Anna', code: 'SAME' })
    set(b, 'sessions', { id: session, name: 'Ben', notes: 'Ben', code: 'SAME' })
    await meet(a, b)
    expectSame(a, b)
    expect(conflicts(a)).toHaveLength(1)
    expect(conflicts(a)).toMatchObject([{ fields: [{ name: 'name' }, { name: 'notes' }] }])
    expect(a.row('sessions', session)).toMatchObject({ code: 'SAME' })
  })

  test('[R2] later edits of the field, made without knowledge of the conflict, are folded into it', async () => {
    const { a, b, item } = await show()
    set(a, 'session_products', { id: item, notes: 'Anna' })
    await a.sync()
    for (const notes of ['Ben 1', 'Ben 2']) set(b, 'session_products', { id: item, notes })
    await b.exchange.push()
    // Also one that is made after the push, and one that says by chance what stands: they do not know either.
    set(b, 'session_products', { id: item, notes: 'Ben 3', section: 'Rings' })
    await meet(b, a)
    expectSame(a, b)
    expect(conflicts(a)).toHaveLength(1)
    expect(conflicts(a)[0]).toMatchObject({
      status: 'open',
      fields: [{ name: 'notes', base: '', parked: 'Ben 3', standing: 'Anna' }],
    })
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Anna', section: 'Rings' })
  })

  test.each([1, 9])(
    '[R2] that says by chance what stands is folded too, and what follows it, among %i at once',
    async (count) => {
      const { a, b, item, session, product } = await show()
      const items = [item]
      for (let n = 1; n < count; n += 1) items.push(addItem(b, { session, product }))
      await meet(a, b)
      set(a, 'session_products', { id: item, notes: 'Anna' })
      await a.sync()
      // Ben sees what Anna wrote, while his own edit waits on top.
      set(b, 'session_products', { id: item, notes: 'Ben' })
      await b.exchange.pull()
      set(b, 'session_products', { id: item, notes: 'Anna' })
      await b.exchange.push()
      b.writer.transact((tx) => items.forEach((id) => tx.update('session_products', id, { notes: 'Last' })))
      await meet(b, a)
      expectSame(a, b)
      expect(a.row('session_products', item)).toMatchObject({ notes: 'Anna' })
      expect(conflicts(a)).toMatchObject([{ status: 'open', fields: [{ parked: 'Last', standing: 'Anna' }] }])
      for (const id of items.slice(1)) expect(a.row('session_products', id)).toMatchObject({ notes: 'Last' })
    },
  )

  test('[R2] an edit made in knowledge of the conflict is an edit; the conflict stays open', async () => {
    const { a, b, item } = await show()
    set(a, 'session_products', { id: item, notes: 'Anna' })
    set(b, 'session_products', { id: item, notes: 'Ben' })
    await meet(a, b)
    set(b, 'session_products', { id: item, notes: 'Ben, on top of Anna' })
    await meet(b, a)
    expectSame(a, b)
    expect(a.row('session_products', item)).toMatchObject({ notes: 'Ben, on top of Anna' })
    expect(open(a)).toMatchObject([{ fields: [{ parked: 'Ben', standing: 'Anna' }] }])
  })

  test('[R2] a second field joins the conflict of the row, and keeps what was parked before', async () => {
    const { a, b, session } = await show()
    set(a, 'sessions', { id: session, name: 'Anna', notes: 'Anna' })
    await a.sync()
    set(b, 'sessions', { id: session, name: 'Ben' })
    set(b, 'sessions', { id: session, notes: 'Ben' })
    await meet(b, a)
    expectSame(a, b)
    expect(conflicts(a)).toMatchObject([
      {
        fields: [
          { name: 'name', parked: 'Ben', standing: 'Anna' },
          { name: 'notes', parked: 'Ben', standing: 'Anna' },
        ],
      },
    ])
  })

  test('[R2] two desktops against a third have a conflict each', async () => {
    const { a, b, desk, session } = await show()
    const c = desk({ name: 'Cleo' })
    await c.sync()
    for (const one of [a, b, c]) set(one, 'sessions', { id: session, name: one.name })
    await meet(a, b, c)
    expectSame(a, b, c)
    expect(open(a).map(({ device }) => device)).toEqual(['Ben', 'Cleo'])
  })

  test('[R4] the same item moved twice is a conflict of its place; moves of different items are none', async () => {
    const { a, b, item, other } = await show()
    set(a, 'session_products', { id: item, order_key: 'a5', notes: 'Anna' })
    set(b, 'session_products', { id: item, order_key: 'Zz', notes: 'Ben' })
    set(b, 'session_products', { id: other, order_key: 'a7' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('session_products', item)).toMatchObject({ order_key: 'a5', notes: 'Anna' })
    expect(a.row('session_products', other)).toMatchObject({ order_key: 'a7' })
    expect(conflicts(a).map(({ kind, fields }) => [kind, (fields as Row[]).map(({ name }) => name)])).toEqual(
      expect.arrayContaining([
        ['order', ['order_key']],
        ['field', ['notes']],
      ]),
    )
    expect(conflicts(a)).toHaveLength(2)
    const order = conflicts(a).find(({ kind }) => kind === 'order')
    expect(await resolve(a, order, { choices: { order_key: 'parked' }, shown: { order_key: 'a5' } })).toBe('resolved')
    await meet(a, b)
    expect(b.row('session_products', item)).toMatchObject({ order_key: 'Zz', notes: 'Anna' })
    expect(open(b).map(({ kind }) => kind)).toEqual(['field'])
  })

  test('[R4] equal keys, and keys of different case, stand in one order on every desktop and the server', async () => {
    const { a, b, session, product, sql } = await show()
    for (const [desk, keys] of [
      [a, ['a1', 'B1', 'Zz', 'a0V']],
      [b, ['a1', 'b1', 'a0v', 'Ä']],
    ] as const) {
      for (const order_key of keys) addItem(desk, { session, product }, { order_key })
    }
    await meet(a, b)
    expectSame(a, b)
    const inOrder = 'SELECT id FROM session_products ORDER BY order_key, id'
    const here = (desk: Desk): unknown => desk.db.statement(inOrder).pluck(true).all()
    expect(here(b)).toEqual(here(a))
    expect((await sql(inOrder)).map(({ id }) => id)).toEqual(here(a))
  })

  test('[R10] disjoint fields of a session merge, and are logged', async () => {
    const { a, b, session } = await show()
    set(a, 'sessions', { id: session, name: 'Anna' })
    set(b, 'sessions', { id: session, notes: 'Ben' })
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ name: 'Anna', notes: 'Ben' })
    expect(conflicts(a)).toEqual([])
    expect(log(a)).toMatchObject([
      { decision: 'merged', entity_id: session, session_id: session, fields: [{ name: 'notes', mine: 'Ben' }] },
    ])
  })
})
