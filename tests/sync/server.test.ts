import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { synced } from '../../src/main/db/schema.ts'
import { PostgresRemote } from '../../src/main/sync/postgres.ts'
import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import { connect, meet, remove, set, team } from './team.ts'
import type { Row, Sql } from './team.ts'

async function clock(sql: Sql): Promise<{ rev: number; token: unknown }> {
  const [row] = await sql('SELECT rev::int, token FROM sync_clock')
  return row as { rev: number; token: unknown }
}

async function brandIn(sql: Sql, name = 'Acme'): Promise<string> {
  const [row] = await sql('INSERT INTO brands (name) VALUES ($1) RETURNING id', [name])
  return String(row?.['id'])
}

async function productsIn(sql: Sql, brand: string, count: number): Promise<string[]> {
  const rows = await sql(
    `INSERT INTO products (brand_id, name) SELECT $1, 'P' || i FROM generate_series(1, $2::int) i RETURNING id`,
    [brand, count],
  )
  return rows.map(({ id }) => String(id))
}

describe('the clock', () => {
  test('[S1] one transaction takes one rev and one token, whoever writes and however much', async () => {
    const { a, sql } = await team()
    const before = await clock(sql)
    await sql('BEGIN')
    const brand = await brandIn(sql)
    await productsIn(sql, brand, 3)
    await sql('UPDATE products SET sku = name')
    await sql('COMMIT')
    const between = await clock(sql)
    expect(between.rev).toBe(before.rev + 1)
    expect(between.token).not.toBe(before.token)
    expect(await sql('SELECT DISTINCT rev::int FROM sync_index')).toEqual([{ rev: between.rev }])

    addProduct(a, addBrand(a))
    await a.exchange.greet()
    await a.exchange.push()
    const after = await clock(sql)
    expect(after.rev).toBe(between.rev + 1)
    expect(after.token).not.toBe(between.token)
  })

  test('[S1] a transaction that is rolled back takes none; one whose savepoint is rolled back still takes one', async () => {
    const { sql } = await team()
    const before = await clock(sql)
    await sql('BEGIN')
    await brandIn(sql)
    await sql('ROLLBACK')
    expect(await clock(sql)).toEqual(before)
    await sql('BEGIN')
    await sql('SAVEPOINT s')
    await brandIn(sql, 'Undone')
    await sql('ROLLBACK TO s')
    await brandIn(sql, 'Kept')
    await sql('COMMIT')
    const after = await clock(sql)
    expect(after.rev).toBe(before.rev + 1)
    expect(await sql('SELECT rev::int FROM sync_index')).toEqual([{ rev: after.rev }])
    expect(await sql('SELECT token FROM sync_revs WHERE rev = $1', [after.rev])).toEqual([{ token: after.token }])
  })

  test('[S1] transactions that touch the same rows in opposite order wait for each other, and do not deadlock', async () => {
    const { sql, session } = await team()
    const [first, second] = await productsIn(sql, await brandIn(sql), 2)
    const one = await session()
    const two = await session()
    await one('BEGIN')
    await one(`UPDATE products SET name = 'one' WHERE id = $1`, [first])
    await two('BEGIN')
    const order: string[] = []
    const waiting = two(`UPDATE products SET name = 'two' WHERE id = $1`, [second]).then(() => order.push('two'))
    await one(`UPDATE products SET name = 'one' WHERE id = $1`, [second])
    order.push('one')
    await one('COMMIT')
    await waiting
    await two(`UPDATE products SET name = 'two' WHERE id = $1`, [first])
    await two('COMMIT')
    expect(order).toEqual(['one', 'two'])
    expect(await sql('SELECT DISTINCT name FROM products')).toEqual([{ name: 'two' }])
  })

  test('[S1] [L1] what commits later has the later rev: a pull between two commits misses neither', async () => {
    const { a, sql, session } = await team()
    const brand = await brandIn(sql)
    const one = await session()
    const two = await session()
    await one('BEGIN')
    const [early] = await productsIn(one, brand, 1)
    const later = productsIn(two, brand, 1)
    // The second writer waits for the first: it cannot commit with an earlier rev behind it.
    expect(await Promise.race([later, sleep(150, 'waits')])).toBe('waits')
    await a.sync()
    expect(a.all('products')).toEqual([])
    await one('COMMIT')
    const [late] = await later
    await a.sync()
    expect(
      a
        .all('products')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([early, late].toSorted())
  })

  test('[S1] [L1] a transaction that began earlier and commits later is not skipped', async () => {
    const { a, sql, session } = await team()
    const brand = await brandIn(sql)
    const slow = await session()
    await slow('BEGIN')
    // It has its snapshot and its time long before it writes.
    await slow('SELECT now(), count(*) FROM products')
    const [quick] = await productsIn(sql, brand, 1)
    await a.sync()
    expect(a.all('products').map(({ id }) => id)).toEqual([quick])
    const [late] = await productsIn(slow, brand, 1)
    await slow('COMMIT')
    await a.sync()
    expect(a.row('products', String(late))).toBeDefined()
  })

  test('[S6] a transaction notifies once, with its rev and nothing else; one that is rolled back does not', async () => {
    const { url, sql } = await team()
    const listener = new pg.Client({ connectionString: url })
    await listener.connect()
    onTestFinished(() => listener.end())
    const heard: unknown[] = []
    listener.on('notification', ({ channel, payload }) => heard.push([channel, payload]))
    await listener.query('LISTEN hudson')
    await sql('BEGIN')
    await brandIn(sql)
    await sql('ROLLBACK')
    await sql('BEGIN')
    await productsIn(sql, await brandIn(sql), 2)
    await sql('UPDATE products SET sku = name')
    await sql('COMMIT')
    const { rev } = await clock(sql)
    await listener.query('SELECT 1')
    expect(heard).toEqual([['hudson', String(rev)]])
  })

  test('[S6] a desktop that listens hears of every commit', async () => {
    const { a, sql } = await team()
    const heard = Promise.withResolvers<void>()
    const stop = await a.remote.listen(heard.resolve, heard.reject)
    await brandIn(sql)
    await heard.promise
    stop()
  })
})

describe('the index', () => {
  test('[S2] holds every row once, at its newest rev, with who changed it and who else before', async () => {
    const { a, b, sql } = await team()
    const brand = addBrand(a)
    await meet(a, b)
    const index = async (): Promise<Row | undefined> =>
      (
        await sql(
          `SELECT rev::int, changed_rev::int, row_version::int, deleted, changed_by, foreign_rev::int, foreign_by FROM sync_index`,
        )
      )[0]
    const first = await index()
    expect(first).toEqual({
      rev: 1,
      changed_rev: 1,
      row_version: 1,
      deleted: false,
      changed_by: a.exchange.caller.clientId,
      foreign_rev: 0,
      foreign_by: null,
    })
    await sql(`UPDATE brands SET name = 'psql'`)
    expect(await index()).toMatchObject({
      rev: 2,
      row_version: 2,
      changed_by: null,
      foreign_by: a.exchange.caller.clientId,
    })
    await b.sync()
    set(b, 'brands', brand, { notes: 'Ben' })
    await b.sync()
    expect(await index()).toMatchObject({
      rev: 3,
      changed_by: b.exchange.caller.clientId,
      foreign_rev: 2,
      foreign_by: null,
    })
    set(b, 'brands', brand, { notes: 'Ben again' })
    await b.sync()
    expect(await index()).toMatchObject({ rev: 4, row_version: 4, foreign_rev: 2 })
    await sql('DELETE FROM brands')
    expect(await index()).toMatchObject({ rev: 5, deleted: true, changed_by: null, foreign_rev: 4 })
    expect(await sql(`SELECT image ->> 'notes' AS notes FROM sync_index`)).toEqual([{ notes: 'Ben again' }])
    expect(await sql('SELECT count(*)::int AS n FROM sync_index')).toEqual([{ n: 1 }])
  })

  test('[S2] what falls with a whole leaves its tombstone and last image too', async () => {
    const { a, sql } = await team()
    const product = addProduct(a, addBrand(a))
    const session = addSession(a)
    const item = addItem(a, session, product)
    await a.sync()
    await sql(`INSERT INTO product_variants (product_id, title) VALUES ($1, 'Red')`, [product])
    await sql(`INSERT INTO product_images (product_id, alt) VALUES ($1, 'Front')`, [product])
    await sql(`INSERT INTO talking_points (product_id, text) VALUES ($1, 'Real gold')`, [product])
    await sql(`INSERT INTO session_states (id, timer) VALUES ($1, '{}')`, [session])
    await sql('DELETE FROM products')
    expect(
      await sql(
        `SELECT entity, image ->> 'id' = id::text AS whole FROM sync_index WHERE deleted ORDER BY entity COLLATE "C"`,
      ),
    ).toEqual(
      ['product_images', 'product_variants', 'products', 'session_products', 'talking_points'].map((entity) => ({
        entity,
        whole: true,
      })),
    )
    await sql('DELETE FROM sessions')
    expect(
      await sql(`SELECT entity FROM sync_index WHERE deleted AND rev = (SELECT rev FROM sync_clock) ORDER BY 1`),
    ).toEqual([{ entity: 'session_states' }, { entity: 'sessions' }])
    await a.sync()
    expect(a.row('session_products', item)).toBeUndefined()
    expect(a.all('sessions')).toEqual([])
  })

  test('[S2] COPY, MERGE and upserts of other programs are noted like any other change', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    await a.sync()
    await sql(`INSERT INTO brands (id, name) VALUES ($1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'Upserted'`, [
      brand,
    ])
    await a.sync()
    expect(a.row('brands', brand)).toMatchObject({ name: 'Upserted' })
    await sql(
      `MERGE INTO brands b USING (VALUES ($1::uuid, 'Merged'), (gen_random_uuid(), 'New')) v (id, name) ON b.id = v.id
       WHEN MATCHED THEN UPDATE SET name = v.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.id, v.name)`,
      [brand],
    )
    await a.sync()
    expect(
      a
        .all('brands')
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Merged', 'New'])
  })
})

describe('psql', () => {
  test('[S1] INSERT, UPDATE and DELETE reach every desktop', async () => {
    const { a, b, sql } = await team()
    const [product] = await productsIn(sql, await brandIn(sql), 1)
    await meet(a, b)
    for (const desk of [a, b]) expect(desk.row('products', String(product))).toMatchObject({ name: 'P1', tags: '[]' })
    await sql(`UPDATE products SET name = 'Psql', price_cents = 4, tags = '["a", "b"]' WHERE id = $1`, [product])
    await meet(a, b)
    for (const desk of [a, b]) {
      expect(desk.row('products', String(product))).toMatchObject({ name: 'Psql', price_cents: 4, tags: '["a","b"]' })
    }
    await sql('DELETE FROM products')
    await meet(a, b)
    for (const desk of [a, b]) expect(desk.all('products')).toEqual([])
  })

  test('[S3] TRUNCATE is refused, also where it would come by CASCADE', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    for (const table of synced)
      await expect(sql(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/TRUNCATE of .* is refused/)
    await a.sync()
    expect(a.row('brands', brand)).toBeDefined()
  })

  test('[S3] a new id for a row is refused: the old one would leave no tombstone', async () => {
    const { sql } = await team()
    await brandIn(sql)
    await expect(sql('UPDATE brands SET id = gen_random_uuid()')).rejects.toThrow('UPDATE of brands is refused')
  })

  test('[S3] tools that switch triggers off by session_replication_role do not get past', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    await a.sync()
    await sql(`SET session_replication_role = replica`)
    await sql(`UPDATE brands SET name = 'Restored'`)
    const second = await brandIn(sql, 'Second')
    await a.sync()
    expect(a.row('brands', brand)).toMatchObject({ name: 'Restored' })
    await sql('DELETE FROM brands WHERE id = $1', [second])
    await expect(sql('TRUNCATE brands CASCADE')).rejects.toThrow('refused')
    await a.sync()
    expect(a.all('brands')).toHaveLength(1)
  })
})

describe('the history', () => {
  const request = { since: 0, acked: 0, limit: 100 }

  test('[S4] a cursor that is not of this history is answered resync; the beginning is of every history', async () => {
    const { a, sql } = await team()
    await brandIn(sql)
    await a.exchange.greet()
    const { rev, token } = await clock(sql)
    const status = async (cursor: { rev: number; token: string | null }): Promise<string> =>
      (await a.remote.pull({ ...a.exchange.caller, ...request, cursor })).status
    expect(await status({ rev, token: String(token) })).toBe('ok')
    expect(await status({ rev: 0, token: null })).toBe('ok')
    expect(await status({ rev, token: uuid() })).toBe('resync')
    expect(await status({ rev, token: null })).toBe('resync')
    expect(await status({ rev: rev + 1, token: String(token) })).toBe('resync')
  })

  test('[S4] tokens are kept for 60 days, and longer where a first pull still needs them', async () => {
    const { a, sql } = await team()
    const brand = await brandIn(sql)
    // A first pull ends a page at the second rev. Nothing stands at the third any more.
    await productsIn(sql, brand, 30)
    await sql(`UPDATE brands SET notes = '1'`)
    await sql(`UPDATE brands SET notes = '2'`)
    await productsIn(sql, brand, 30)
    await sql(`UPDATE sync_revs SET at = now() - interval '61 days'`)
    await sql('UPDATE sync_clock SET rev = 999')
    await sql(`UPDATE brands SET notes = '3'`)
    const kept = await sql('SELECT rev::int FROM sync_revs ORDER BY rev')
    expect(kept.map(({ rev }) => rev)).toEqual([2, 4, 5, 1000])
    await a.exchange.greet()
    let cursor: { rev: number; token: string | null } = { rev: 0, token: null }
    let rows = 0
    for (let pages = 0, complete = false; !complete; pages += 1) {
      expect(pages).toBeLessThan(5)
      const page = await a.remote.pull({ ...a.exchange.caller, ...request, cursor, limit: 20 })
      expect(page.status).toBe('ok')
      rows += page.rows.length
      ;({ cursor, complete } = page)
    }
    expect(rows).toBe(61)
  })
})

describe("the app's role", () => {
  /** A login in hudson_app, as whoever looks after the database makes it. */
  async function login(url: string, sql: Sql): Promise<string> {
    const role = `app_${uuid().replaceAll('-', '')}`
    await sql(`CREATE ROLE ${role} LOGIN PASSWORD 'app' IN ROLE hudson_app`)
    onTestFinished(async () => void (await sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`)))
    const as = new URL(url)
    as.username = role
    as.password = 'app'
    return as.href
  }

  test('[S5] can do everything that the app does', async () => {
    const { url, sql, desk } = await team()
    const as = { connectionString: await login(url, sql) }
    const remote = (): PostgresRemote =>
      new PostgresRemote({ calls: as, listening: as, about: { device: 'App', version: '0' } })
    const a = desk({ remote: remote() })
    const b = desk({ remote: remote() })
    const session = addSession(a)
    const product = addProduct(a, addBrand(a))
    await meet(a, b)
    set(a, 'sessions', session, { name: 'A' })
    set(b, 'sessions', session, { name: 'B' })
    await meet(a, b)
    const [conflict] = b.all('conflicts')
    const decided = { conflictId: String(conflict?.['id']), choices: { name: 'parked' as const }, shown: { name: 'A' } }
    expect(await b.remote.resolve({ ...b.exchange.caller, ...decided })).toBe('resolved')
    expect(await a.remote.fetch(a.exchange.caller, 'products', product)).toHaveLength(2)
    const heard = Promise.withResolvers<void>()
    const stop = await a.remote.listen(heard.resolve, heard.reject)
    remove(b, 'sessions', session)
    await b.sync()
    await heard.promise
    stop()
  })

  test('[S5] can touch no table, and execute no function but the five', async () => {
    const { url, sql } = await team()
    const app = await connect(await login(url, sql))
    const tables = await sql(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    )
    expect(tables.length).toBeGreaterThan(15)
    for (const { name } of tables) {
      for (const statement of [
        `SELECT FROM ${name}`,
        `INSERT INTO ${name} DEFAULT VALUES`,
        `DELETE FROM ${name}`,
        `TRUNCATE ${name}`,
      ]) {
        await expect(app(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
      await expect(
        app(`CREATE TRIGGER t AFTER INSERT ON ${name} EXECUTE FUNCTION sync_before()`),
      ).rejects.toMatchObject({ code: '42501' })
    }
    const functions =
      await sql(`SELECT p.oid::regprocedure::text AS f, has_function_privilege('hudson_app', p.oid, 'execute') AS may,
      p.prosecdef AS definer, coalesce(array_to_string(p.proconfig, ' '), '') AS config
      FROM pg_proc p WHERE pronamespace = 'public'::regnamespace ORDER BY 1`)
    const may = functions.filter((one) => one['may'] === true).map(({ f }) => String(f).split('(')[0])
    expect(may).toEqual(['sync_fetch', 'sync_hello', 'sync_pull', 'sync_push', 'sync_resolve'])
    for (const one of functions.filter(({ definer }) => definer === true)) {
      expect(one['config'], String(one['f'])).toContain('search_path=pg_catalog, public, pg_temp')
    }
    await expect(app(`SELECT sync_write(NULL, NULL)`)).rejects.toMatchObject({ code: '42501' })
    await expect(app(`SELECT sync_tick()`)).rejects.toMatchObject({ code: '42501' })
  })

  test('[S5] cannot make anything that the functions would run with the rights of their owner', async () => {
    const { url, sql } = await team()
    await sql('GRANT CREATE ON SCHEMA public TO PUBLIC')
    await sql(readFileSync(new URL('../../migrations/remote/0006-rights.sql', import.meta.url), 'utf8'))
    const app = await connect(await login(url, sql))
    await expect(
      app(`CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE sql AS 'SELECT 1'`),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(app(`CREATE TABLE public.mine ()`)).rejects.toMatchObject({ code: '42501' })
    // Its own temporary tables hide none of ours.
    await app('CREATE TEMP TABLE sync_clock (min_client_schema int); INSERT INTO pg_temp.sync_clock VALUES (-1)')
    await app('CREATE TEMP TABLE sync_clients (client_id uuid, incarnation uuid, last_mutation_id bigint)')
    await sql('UPDATE sync_clock SET min_client_schema = 5')
    await expect(hello(app, { schema: 1 })).rejects.toMatchObject({ code: 'HU426' })
  })

  test('[S5] [S1] cannot make the server believe that its clock moved already', async () => {
    const { a, url, sql } = await team()
    const app = await connect(await login(url, sql))
    await a.sync()
    const before = await clock(sql)
    const client = uuid()
    await hello(app, { client, incarnation: client })
    await app('BEGIN')
    await app(
      `SELECT set_config('hudson.tick', pg_current_xact_id()::text || ':1', true), set_config('hudson.entity', 'brands', true)`,
    )
    const [made] = mutations([{ e: 'brands', o: 'i', p: { name: 'Hidden' } }])
    await push(app, client, [made])
    await app('COMMIT')
    expect((await clock(sql)).rev).toBe(before.rev + 1)
    await a.sync()
    expect(a.all('brands')).toMatchObject([{ name: 'Hidden' }])
  })

  test('[S5] the schema gate stands in every function', async () => {
    const { a, sql } = await team()
    addBrand(a)
    await a.sync()
    await sql('UPDATE sync_clock SET min_client_schema = 2')
    addBrand(a, 'Second')
    const conflictId = uuid()
    const calls = {
      hello: () => a.remote.hello({ ...a.exchange.caller, previous: null, databaseId: null, last: 0 }),
      push: () => a.exchange.push(),
      pull: () => a.exchange.pull(),
      fetch: () => a.exchange.fetch('products', uuid()),
      resolve: () => a.remote.resolve({ ...a.exchange.caller, conflictId, choices: {}, shown: {} }),
    }
    for (const [name, call] of Object.entries(calls))
      await expect(call(), name).rejects.toMatchObject({ code: 'HU426' })
    expect(a.outbox.count()).toBe(1)
    expect(await sql('SELECT count(*)::int AS n FROM brands')).toEqual([{ n: 1 }])
    await sql('UPDATE sync_clock SET schema_version = 7, min_client_schema = 1')
    await a.sync()
    expect(a.outbox.count()).toBe(0)
    expect(a.state.get('remoteSchema')).toBe(7)
  })
})

describe('names from outside', () => {
  test('[S5] an entity that is no domain table is refused, whatever it says', async () => {
    const { sql } = await team()
    const client = uuid()
    await hello(sql, { client, incarnation: client })
    for (const e of [
      'sync_clients',
      'conflict_log',
      'pg_authid',
      'brands; DROP TABLE brands',
      'brands"',
      'BRANDS',
      '',
      null,
    ]) {
      await expect(push(sql, client, mutations([{ e, o: 'i', p: { name: 'x' } }])), String(e)).rejects.toMatchObject({
        code: 'HU400',
      })
    }
    for (const o of ['x', '', null]) {
      await expect(push(sql, client, mutations([{ e: 'brands', o, p: {} }])), String(o)).rejects.toMatchObject({
        code: 'HU400',
      })
    }
    await expect(push(sql, client, mutations([{ e: 'brands', o: 'u', p: null }]))).rejects.toMatchObject({
      code: 'HU400',
    })
    await expect(push(sql, client, mutations([{ e: 'brands', o: 'u', p: {}, i: null }]))).rejects.toMatchObject({
      code: 'HU400',
    })
    expect(await sql('SELECT count(*)::int AS n FROM brands')).toEqual([{ n: 0 }])
  })

  const evil = [
    'id" = gen_random_uuid(), "name',
    'name) VALUES (1); DROP TABLE brands; --',
    'name, notes',
    'xmin',
    'tableoid',
    'ctid',
    "'",
    '"',
    'constructor',
  ]

  test.each([1, 9])('[S5] a name that is no column changes nothing, in a batch of %i', async (count) => {
    const { sql } = await team()
    const client = uuid()
    await hello(sql, { client, incarnation: client })
    const ids = Array.from({ length: count }, () => uuid())
    const extra = Object.fromEntries(evil.map((name) => [name, 'x']))
    await push(sql, client, mutations(ids.map((i) => ({ e: 'brands', o: 'i', i, p: { name: 'n', ...extra } }))))
    await push(
      sql,
      client,
      mutations(
        ids.map((i) => ({ e: 'brands', o: 'u', i, b: { name: 'n' }, p: { name: 'm', ...extra } })),
        count,
      ),
    )
    await push(
      sql,
      client,
      mutations(
        ids.map((i) => ({ e: 'brands', o: 'u', i, p: extra })),
        2 * count,
      ),
    )
    expect(await sql('SELECT id, name, slug, notes FROM brands ORDER BY id')).toEqual(
      ids.toSorted().map((id) => ({ id, name: 'm', slug: '', notes: '' })),
    )
    expect(await sql('SELECT decision FROM conflict_log')).toEqual([])
  })

  test.each([1, 9])('[S5] the id in the values is not the id of the row, in a batch of %i', async (count) => {
    const { sql } = await team()
    const client = uuid()
    await hello(sql, { client, incarnation: client })
    const victim = await brandIn(sql, 'Victim')
    const ids = Array.from({ length: count }, () => uuid())
    await push(sql, client, mutations(ids.map((i) => ({ e: 'brands', o: 'i', i, p: { id: victim, name: 'n' } }))))
    await push(
      sql,
      client,
      mutations(
        ids.map((i) => ({ e: 'brands', o: 'u', i, b: { name: 'n' }, p: { id: victim, name: 'm' } })),
        count,
      ),
    )
    expect(await sql('SELECT name FROM brands WHERE id = $1', [victim])).toEqual([{ name: 'Victim' }])
    expect(await sql(`SELECT count(*)::int AS n FROM brands WHERE name = 'm'`)).toEqual([{ n: count }])
  })
})

interface Draft {
  readonly e: string | null
  readonly o: string | null
  readonly i?: string | null
  readonly b?: Row
  readonly p: Row | null
}

function mutations(drafts: readonly Draft[], after = 0): Row[] {
  return drafts.map((draft, index) => ({
    n: after + index + 1,
    i: uuid(),
    b: {},
    s: 1e9,
    f: false,
    a: '2026-01-01T00:00:00Z',
    ...draft,
  }))
}

async function push(sql: Sql, client: string, list: readonly unknown[]): Promise<unknown> {
  const [row] = await sql('SELECT sync_push($1, $1, 1, 0, NULL, 0, $2) AS r', [client, JSON.stringify(list)])
  return row?.['r']
}

async function hello(sql: Sql, { client = uuid(), incarnation = uuid(), schema = 1 } = {}): Promise<unknown> {
  const [row] = await sql(`SELECT sync_hello($1, NULL, $2, $3, NULL, 0, '{"device": "Raw", "version": "0"}') AS r`, [
    client,
    incarnation,
    schema,
  ])
  return row?.['r']
}
