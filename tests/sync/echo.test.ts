import { v7 as uuid } from 'uuid'
import { describe, expect, test } from 'vitest'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import { decisions, expectSame, meet, set, team, through } from './team.ts'

describe('echoes', () => {
  test('[L2] what only this client changed is not sent back; its number in the same answer confirms it', async () => {
    const { desk } = await team()
    const received: string[] = []
    const c = desk({
      through: through((remote) => ({
        pull: async (request) => {
          const page = await remote.pull(request)
          received.push(...page.chunks.map(({ entity }) => entity))
          return page
        },
      })),
    })
    const product = addProduct(c, addBrand(c))
    await c.sync()
    set(c, 'products', { id: product, name: 'Again' })
    await c.sync()
    expect(received).toEqual([])
    expect(c.outbox.count()).toBe(0)
  })

  test('[L2] what others changed is sent, also where this client changed it afterwards', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(a, 'products', { id: product, name: 'Anna' })
    await a.sync()
    set(b, 'products', { id: product, sku: 'B' })
    set(b, 'products', { id: product, pid: 'B' })
    await b.sync()
    expect(b.row('products', product)).toMatchObject({ name: 'Anna', sku: 'B', pid: 'B' })
    await a.sync()
    expectSame(a, b)
  })

  test('[L2] an echo is no change of others: editing on, and deleting, makes no conflict', async () => {
    const { a, b } = await team()
    const item = addItem(a, { session: addSession(a), product: addProduct(a, addBrand(a)) })
    await meet(a, b)
    set(a, 'session_products', { id: item, notes: 'one' })
    await a.sync()
    set(a, 'session_products', { id: item, notes: 'two' })
    await a.exchange.push()
    set(a, 'session_products', { id: item, notes: 'three' })
    a.writer.transact((tx) => tx.remove('session_products', item))
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('session_products')).toEqual([])
    expect(a.all('conflicts')).toEqual([])
    expect(a.all('conflict_log')).toEqual([])
  })

  test('[L2] a row that was only sent again counts for nobody as changed', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    const session = addSession(a)
    await meet(a, b)
    // Anna deletes what Ben has begun to use: kept, and everything of it is sent to all again.
    addItem(b, { session, product })
    await b.sync()
    a.writer.transact((tx) => tx.remove('products', product))
    await a.sync()
    set(b, 'products', { id: product, name: 'Ben' })
    await meet(b, a)
    expectSame(a, b)
    expect(decisions(a, 'conflict_log').map(({ decision }) => decision)).toEqual(['kept'])
  })

  test('[L2] what falls with its whole on the server goes to the client that deleted it too', async () => {
    const { a, b } = await team()
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    b.writer.transact((tx) =>
      tx.insert('talking_points', {
        id: uuid(),
        product_id: product,
        text: 'New',
        author_kind: 'person',
        author_name: 'B',
      }),
    )
    await b.sync()
    a.writer.transact((tx) => tx.remove('products', product))
    // It comes in between: after the whole was deleted here, and before the server knows of that.
    await a.exchange.pull()
    expect(a.all('talking_points')).toHaveLength(1)
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('talking_points')).toEqual([])
    expect(decisions(b, 'conflict_log')).toMatchObject([
      { decision: 'deleted changed', entity: 'talking_points', image: { text: 'New' } },
    ])
  })
})
