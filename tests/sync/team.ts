import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { afterAll, expect, onTestFinished } from 'vitest'
import { synced } from '../../src/main/db/schema.ts'
import type { Entity, Schema } from '../../src/main/db/schema.ts'
import type { Unstamped } from '../../src/main/db/write.ts'
import type { Remote, Resolution } from '../../src/main/sync/remote.ts'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { testDatabase, testServer } from '../support/test-database.ts'
import { migrateRemote, openDesk } from './desk.ts'
import type { Desk, DeskOptions } from './desk.ts'

export type Row = Record<string, unknown>
export type Sql = (text: string, values?: readonly unknown[]) => Promise<Row[]>

/** A team's database, two desktops on it, and psql. */
export interface Team {
  readonly url: string
  readonly a: Desk
  readonly b: Desk
  /** One more desktop. */
  readonly desk: (options?: DeskOptions) => Desk
  /** Another program at the same database. */
  readonly sql: Sql
  /** A connection of its own, for transactions that stay open. */
  readonly connection: () => Promise<Sql>
}

/** Migrated once for each file of tests: every test gets a copy. */
const template: { url?: Promise<string> } = {}
afterAll(async () => {
  if (template.url) await dropDatabase(await template.url)
})

/** The URL of a fresh team database. */
export async function teamDatabase(): Promise<string> {
  template.url ??= testServer().then(async (server) => {
    const url = await createDatabase(server)
    await migrateRemote(url)
    return url
  })
  return await testDatabase({ template: new URL(await template.url).pathname.slice(1) })
}

export async function team(): Promise<Team> {
  const url = await teamDatabase()
  const desk = (options: DeskOptions = {}): Desk => {
    const one = openDesk(url, options)
    onTestFinished(() => one[Symbol.asyncDispose]())
    return one
  }
  const connection = (): Promise<Sql> => connect(url)
  return { url, a: desk({ name: 'Anna' }), b: desk({ name: 'Ben' }), desk, sql: await connection(), connection }
}

export async function connect(url: string): Promise<Sql> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return async (text, values = []) => (await client.query<Row>(text, [...values])).rows
}

/** What another program does. */
export async function brandIn(sql: Sql, name = 'Acme'): Promise<string> {
  const [row] = await sql('INSERT INTO brands (name) VALUES ($1) RETURNING id', [name])
  return String(row?.['id'])
}

export async function productsIn(sql: Sql, brand: string, count: number): Promise<string[]> {
  const rows = await sql(
    `INSERT INTO products (brand_id, name) SELECT $1, 'P' || i FROM generate_series(1, $2::int) i RETURNING id`,
    [brand, count],
  )
  return rows.map(({ id }) => String(id))
}

export async function clockIn(sql: Sql): Promise<{ rev: number; token: unknown }> {
  const [row] = await sql('SELECT rev::int, token FROM sync_clock')
  return row as { rev: number; token: unknown }
}

/** All exchange until nobody has news. */
export async function meet(...desks: readonly Desk[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) for (const desk of desks) await desk.sync()
}

/** Writes some fields of the row with this id. */
export function set(
  desk: Desk,
  entity: Exclude<Entity, 'talking_points'>,
  { id, ...patch }: Row & { readonly id: string },
): void {
  desk.writer.transact((tx) => tx.update(entity, id, patch))
}

/** As the app does: a whole goes with its parts. */
export function remove(desk: Desk, entity: Entity, id: string): void {
  desk.writer.transact((tx) => {
    for (const [part, column] of partsOf[entity] ?? []) {
      const ids = desk.db.statement(`SELECT id FROM ${part} WHERE ${column} = ?`).pluck(true).all(id) as string[]
      for (const one of ids) tx.remove(part, one)
    }
    tx.remove(entity, id)
  })
}

const partsOf: Readonly<Partial<Record<Entity, readonly (readonly [Entity, string])[]>>> = {
  products: [
    ['product_variants', 'product_id'],
    ['product_images', 'product_id'],
    ['talking_points', 'product_id'],
  ],
  sessions: [
    ['session_products', 'session_id'],
    ['session_states', 'id'],
  ],
}

/** Parts of a product. */
export function addPoint(desk: Desk, productId: string, text: string): string {
  const row: Unstamped<Schema['talking_points']> = {
    id: uuid(),
    product_id: productId,
    text,
    author_kind: 'person',
    author_name: desk.name,
  }
  desk.writer.transact((tx) => tx.insert('talking_points', row))
  return row.id
}

export function addVariant(desk: Desk, productId: string, title = 'Red'): string {
  const id = uuid()
  desk.writer.transact((tx) =>
    tx.insert('product_variants', {
      id,
      product_id: productId,
      title,
      sku: null,
      barcode: null,
      price_cents: null,
      compare_at_price_cents: null,
      options: '[]',
      position: 1,
      stock: null,
    }),
  )
  return id
}

/** A show that has just begun: the row of its position. */
export function state(id: string): Unstamped<Schema['session_states']> {
  return {
    id,
    mode: 'live',
    current_item_id: null,
    image_index: 0,
    card: null,
    next_item_id: null,
    blank: 0,
    notes_shown: 0,
    image_full: 0,
    guard: 0,
    message: null,
    timer: '{}',
    history: '[]',
    started_at: null,
    item_started_at: null,
    status_before: null,
  }
}

/** Decides a conflict, as a person at this desktop. */
export async function resolve(
  desk: Desk,
  conflict: Row | undefined,
  decision: Pick<Resolution, 'choices' | 'shown'>,
): Promise<'resolved' | 'stale' | 'gone'> {
  return await desk.remote.resolve({ ...desk.exchange.caller, conflictId: String(conflict?.['id']), ...decision })
}

/** Conflicts, or entries of the log, with their JSON read. */
export function decisions(desk: Desk, entity: 'conflicts' | 'conflict_log'): Row[] {
  const documents = ['fields', 'mutations', 'image', 'resolution']
  return desk.db
    .statement(`SELECT * FROM ${entity} ORDER BY created_at, id`)
    .all()
    .map((row) =>
      Object.fromEntries(
        Object.entries(row as Row).map(([name, value]) => [
          name,
          documents.includes(name) && typeof value === 'string' ? (JSON.parse(value) as unknown) : value,
        ]),
      ),
    )
}

/** Every synced row as it is here, without what is this machine's own. */
export function contents(desk: Desk): Row {
  const rows = synced.map((entity) => [entity, desk.all(entity).map(({ key: _key, ...row }) => row)])
  return Object.fromEntries(rows) as Row
}

/** All show the same, nothing waits, and nothing is held as a base any more. */
export function expectSame(first: Desk, ...others: readonly Desk[]): void {
  for (const other of others) expect(contents(other)).toEqual(contents(first))
  for (const desk of [first, ...others]) {
    expect(desk.outbox.count()).toBe(0)
    expect(desk.db.statement('SELECT * FROM sync_base').all()).toEqual([])
  }
}

/** Stands between a desktop and the server: what `changes` names is called instead. */
export function through(changes: (remote: Remote) => Partial<Remote>): (remote: Remote) => Remote {
  return (remote) => {
    const changed = changes(remote)
    return new Proxy(remote, {
      get: (target, name) => {
        const value: unknown = Reflect.get(name in changed ? changed : target, name)
        return typeof value === 'function' ? (value.bind(name in changed ? changed : target) as unknown) : value
      },
    })
  }
}
