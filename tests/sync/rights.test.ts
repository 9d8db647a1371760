import { readFileSync } from 'node:fs'
import { v7 as uuid } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { PostgresRemote } from '../../src/main/sync/postgres.ts'
import { addBrand, addProduct, addSession } from './desk.ts'
import { connect, meet, remove, set, team } from './team.ts'
import type { Row, Sql } from './team.ts'

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
    set(a, 'sessions', { id: session, name: 'A' })
    set(b, 'sessions', { id: session, name: 'B' })
    await meet(a, b)
    const [conflict] = b.all('conflicts')
    const decided = { conflictId: String(conflict?.['id']), choices: { name: 'parked' as const }, shown: { name: 'A' } }
    expect(await b.remote.resolve({ ...b.exchange.caller, ...decided })).toBe('resolved')
    expect(await a.remote.fetch(a.exchange.caller, 'products', product)).toHaveLength(2)
    const heard = Promise.withResolvers<void>()
    const stop = await a.remote.listen(() => heard.resolve(), heard.reject)
    remove(b, 'sessions', session)
    await b.sync()
    await heard.promise
    stop()
  })

  test('[S5] can touch no table, and execute no function but those that it needs', async () => {
    const { url, sql } = await team()
    const app = await connect(await login(url, sql))
    const tables = await sql(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    )
    expect(tables.length).toBeGreaterThan(15)
    for (const name of tables.map((one) => String(one['name']))) {
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
    const asked = ['team_lease_end', 'team_lease_keep', 'team_lease_look', 'team_lease_take', 'team_presence_meet']
    expect(may).toEqual(['sync_fetch', 'sync_hello', 'sync_pull', 'sync_push', 'sync_resolve', ...asked])
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
    const revNow = async (): Promise<unknown> => (await sql('SELECT rev::int FROM sync_clock'))[0]?.['rev']
    const before = Number(await revNow())
    const client = uuid()
    await hello(app, { client, incarnation: client })
    await app('BEGIN')
    await app(
      `SELECT set_config('hudson.tick', pg_current_xact_id()::text || ':1', true), set_config('hudson.entity', 'brands', true)`,
    )
    const [made] = mutations([{ e: 'brands', o: 'i', p: { name: 'Hidden' } }])
    await push(app, client, [made])
    await app('COMMIT')
    expect(await revNow()).toBe(before + 1)
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
      hello: () => a.remote.hello({ ...a.exchange.caller, previous: null, unanswered: [], databaseId: null, last: 0 }),
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
    const [made] = await sql(`INSERT INTO brands (name) VALUES ('Victim') RETURNING id`)
    const victim = made?.['id']
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
  const [row] = await sql(
    `SELECT sync_hello($1, NULL, '{}', $2, $3, NULL, 0, '{"device": "Raw", "version": "0"}') AS r`,
    [client, incarnation, schema],
  )
  return row?.['r']
}
