import { describe, expect, onTestFinished, test } from 'vitest'
import { copyDatabase, dropDatabase } from '../support/postgres.ts'
import { addBrand, addItem, addProduct, addSession, openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { brandIn, connect, decisions, expectSame, meet, remove, set, team, teamDatabase, through } from './team.ts'
import type { Sql } from './team.ts'

interface Restorable {
  readonly a: Desk
  readonly b: Desk
  /** The server as it is now, to be gone back to. */
  readonly snapshot: () => Promise<void>
  readonly restore: () => void
  readonly sql: Sql
}

/** Desktops whose server can go back behind their backs, under the same address. */
async function restorable({ pageSize = 2_000 } = {}): Promise<Restorable> {
  const now = { url: await teamDatabase() }
  const then = { url: '' }
  const remotes = new Map<string, Desk['remote']>()
  const make = (name: string): Desk => {
    const at = (url: string): Desk['remote'] => {
      const key = `${name} ${url}`
      const known = remotes.get(key)
      if (known) return known
      const one = openDesk(url, { name })
      onTestFinished(() => one[Symbol.asyncDispose]())
      remotes.set(key, one.remote)
      return one.remote
    }
    const switching = through(() => ({
      hello: (hello) => at(now.url).hello(hello),
      push: (pusher, mutations) => at(now.url).push(pusher, mutations),
      pull: (request) => at(now.url).pull(request),
    }))
    const desk = openDesk(now.url, { name, through: switching, pageSize })
    onTestFinished(() => desk[Symbol.asyncDispose]())
    return desk
  }
  return {
    a: make('Anna'),
    b: make('Ben'),
    snapshot: async () => {
      then.url = await copyDatabase(now.url)
      onTestFinished(() => dropDatabase(then.url))
    },
    restore: () => void (now.url = then.url),
    sql: async (text, values) => (await connect(now.url))(text, values),
  }
}

/** Exchanges as the engine does: a stranger says hello again. */
async function sync(desk: Desk): Promise<void> {
  try {
    await desk.sync()
  } catch (error) {
    if (!['HU404', 'HU410', 'HU400'].includes(String((error as { code?: unknown }).code))) throw error
    desk.exchange.forgetGreeting()
    await desk.sync()
  }
}

async function meetAgain(...desks: readonly Desk[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) for (const desk of desks) await sync(desk)
}

function names(desk: Desk): unknown[] {
  return desk.db.statement('SELECT name FROM brands ORDER BY name').pluck(true).all()
}

describe('a server that was restored to an earlier state', () => {
  test('[I2] gets back what it had confirmed since, from everybody who made it', async () => {
    const { a, b, snapshot, restore } = await restorable()
    const brand = addBrand(a, 'Before')
    await meet(a, b)
    await snapshot()
    set(a, 'brands', { id: brand, name: 'Renamed' })
    addBrand(a, 'Anna after')
    addBrand(b, 'Ben after')
    await meet(a, b)
    restore()
    await meetAgain(a, b)
    expectSame(a, b)
    expect(names(a)).toEqual(['Anna after', 'Ben after', 'Renamed'])
    expect(decisions(a, 'conflict_log')).toEqual([])
  })

  test('[S4] [I2] also where others wrote on in it before anybody came back', async () => {
    const { a, b, snapshot, restore, sql } = await restorable()
    const brand = addBrand(a, 'Before')
    await meet(a, b)
    await snapshot()
    set(a, 'brands', { id: brand, name: 'Renamed', notes: 'Anna' })
    for (let n = 0; n < 3; n += 1) addBrand(b, `Ben ${n}`)
    await meet(a, b)
    restore()
    await sql(`UPDATE brands SET name = 'Psql'`)
    for (let n = 0; n < 6; n += 1) await brandIn(sql, `Psql ${n}`)
    await meetAgain(a, b)
    expectSame(a, b)
    expect(names(a)).toEqual([
      'Ben 0',
      'Ben 1',
      'Ben 2',
      'Psql 0',
      'Psql 1',
      'Psql 2',
      'Psql 3',
      'Psql 4',
      'Psql 5',
      'Renamed',
    ])
    expect(decisions(b, 'conflict_log')).toMatchObject([
      { decision: 'overwrote', fields: [{ name: 'name', base: 'Before', mine: 'Renamed', theirs: 'Psql' }] },
    ])
  })

  test('[I2] that does not know a client any more gets everything it kept, under a new id', async () => {
    const { a, b, snapshot, restore } = await restorable()
    await snapshot()
    addBrand(a, 'First run, never restarted')
    await meet(a, b)
    addBrand(b, 'Ben')
    addBrand(a, 'Waiting')
    await b.sync()
    const before = a.exchange.caller.clientId
    restore()
    await meetAgain(a, b)
    expectSame(a, b)
    expect(names(a)).toEqual(['Ben', 'First run, never restarted', 'Waiting'])
    expect(a.exchange.caller.clientId).not.toBe(before)
  })

  test('[I2] to before what a client still keeps: it goes on under a new id, and is not stuck', async () => {
    const { a, b, snapshot, restore } = await restorable()
    addBrand(a, 'One')
    await meet(a, b)
    await snapshot()
    addBrand(a, 'Two')
    await meet(a, b)
    // Long ago: the mutation is no longer kept, only the one that ids count on from.
    addBrand(a, 'Three')
    await meet(a, b)
    a.db.statement('DELETE FROM sync_outbox WHERE id = 2').run()
    addBrand(a, 'Four')
    restore()
    await meetAgain(a, b)
    expectSame(a, b)
    expect(names(a)).toEqual(['Four', 'One', 'Three'])
  })

  test('[S4] a deletion is not judged against a history that is gone', async () => {
    const { a, b, snapshot, restore, sql } = await restorable()
    const session = addSession(a)
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    await snapshot()
    // The server's rev goes on, so that what Anna has seen is far ahead of what comes after the restore.
    for (let n = 0; n < 5; n += 1) {
      set(b, 'brands', { id: addBrand(b), name: `${n}` })
      await b.sync()
    }
    await a.sync()
    restore()
    await sql(`UPDATE sessions SET notes = 'Changed after the restore'`)
    await sql(`UPDATE products SET name = 'Changed after the restore'`)
    remove(a, 'sessions', session)
    remove(a, 'products', product)
    await meetAgain(a, b)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ notes: 'Changed after the restore' })
    expect(decisions(a, 'conflicts')).toMatchObject([{ kind: 'delete', status: 'open' }])
    expect(decisions(a, 'conflict_log')).toMatchObject([
      { decision: 'deleted changed', image: { name: 'Changed after the restore' } },
    ])
  })

  test('[I2] in the middle of a pull: pages of the lost history are dropped', async () => {
    const { a, b, snapshot, restore } = await restorable({ pageSize: 2 })
    addBrand(b, 'Before')
    await meet(a, b)
    await snapshot()
    for (let n = 0; n < 3; n += 1) {
      addBrand(b, `Lost by nobody ${n}`)
      await b.sync()
    }
    await a.exchange.greet()
    // Its first page comes from before, the second is asked for after.
    const first = a.exchange.pull()
    restore()
    await first
    await meetAgain(a, b)
    expectSame(a, b)
    expect(names(a)).toHaveLength(4)
  })
})

describe('a full resync', () => {
  test('[L7] removes what the server does not hold, keeps rows with pending edits, and nothing is lost of them', async () => {
    const { a, b, sql } = await team()
    const session = addSession(a)
    const kept = addItem(a, { session, product: addProduct(a, addBrand(a)) }, { notes: 'x' })
    const brand = addBrand(b, 'Gone')
    await meet(a, b)
    // Gone without a tombstone, as by somebody who switched triggers off.
    await sql('ALTER TABLE brands DISABLE TRIGGER USER')
    await sql('DELETE FROM brands WHERE id = $1', [brand])
    await sql('DELETE FROM sync_index WHERE id = $1', [brand])
    await sql('ALTER TABLE brands ENABLE TRIGGER USER')
    await a.sync()
    // L7: absent from a pull is not deleted.
    expect(a.row('brands', brand)).toBeDefined()
    set(a, 'session_products', { id: kept, notes: 'Pending' })
    const created = addBrand(a, 'Made while apart')
    await sql(`UPDATE sync_revs SET token = gen_random_uuid() WHERE rev > 0`)
    await sql(`UPDATE sync_clock SET token = (SELECT token FROM sync_revs r WHERE r.rev = sync_clock.rev)`)
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('brands', brand)).toBeUndefined()
    expect(b.row('session_products', kept)).toMatchObject({ notes: 'Pending' })
    expect(b.row('brands', created)).toBeDefined()
    expect(a.state.get('resync')).toBe(false)
  })

  test('[L7] is held by the breaker like any other mass of deletions', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    for (let n = 0; n < 10; n += 1) addProduct(a, brand)
    await meet(a, b)
    await sql('ALTER TABLE products DISABLE TRIGGER USER')
    await sql('DELETE FROM products')
    await sql(`DELETE FROM sync_index WHERE entity = 'products'`)
    await sql(`UPDATE sync_revs SET token = gen_random_uuid()`)
    await b.sync()
    expect(b.all('products')).toHaveLength(10)
    expect(b.db.statement('SELECT count(*) FROM sync_held').pluck(true).get()).toBe(10)
  })
})
