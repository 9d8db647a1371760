import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { History } from '../../src/main/db/history.ts'
import { openDb } from '../../src/main/db/open.ts'
import type { Db } from '../../src/main/db/database.ts'
import { Writer } from '../../src/main/db/write.ts'
import { adopt } from '../../src/main/sync/adopt.ts'
import { Exchange } from '../../src/main/sync/exchange.ts'
import { JournalFile, noJournal } from '../../src/main/sync/journal.ts'
import { Outbox } from '../../src/main/sync/outbox.ts'
import { PostgresRemote } from '../../src/main/sync/postgres.ts'
import type { Remote } from '../../src/main/sync/remote.ts'
import { SyncState } from '../../src/main/sync/state.ts'
import { FakeClock } from '../support/core.ts'

/** Applies `migrations/remote` as they are. */
export async function migrateRemote(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const folder = resolve(import.meta.dirname, '../../migrations/remote')
    for (const file of globSync('*.sql', { cwd: folder }).toSorted()) {
      await client.query(readFileSync(join(folder, basename(file)), 'utf8'))
    }
  } finally {
    await client.end()
  }
}

/** One desktop without its timers: a local database, and the protocol to call by hand. */
export interface Desk extends AsyncDisposable {
  readonly name: string
  readonly db: Db
  readonly clock: FakeClock
  readonly writer: Writer
  readonly history: History
  readonly state: SyncState
  readonly outbox: Outbox
  readonly remote: Remote
  readonly exchange: Exchange
  /** Hello, push everything, pull. */
  sync(): Promise<void>
  /** A row as it is shown here. */
  row(entity: string, id: string): Record<string, unknown> | undefined
  all(entity: string): Record<string, unknown>[]
}

export interface DeskOptions {
  readonly name?: string
  readonly dbPath?: string
  readonly journalPath?: string
  readonly remote?: Remote
  readonly clock?: FakeClock
  /** Stands between the protocol and the server. */
  readonly through?: (remote: Remote) => Remote
  /** The version of the team's database that this desktop speaks. */
  readonly schema?: number
  readonly pageSize?: number
}

export function openDesk(url: string, options: DeskOptions = {}): Desk {
  const {
    name = 'A',
    dbPath = ':memory:',
    journalPath,
    clock = new FakeClock(),
    schema = 1,
    pageSize = 2_000,
  } = options
  const db = openDb(dbPath)
  const state = new SyncState(db)
  const journal = journalPath === undefined ? noJournal : new JournalFile(journalPath)
  const outbox = new Outbox({ db, clock, state, journal, onWrite: () => {}, onJournalFailure: () => {} })
  const writer = new Writer(db, clock)
  writer.observe(outbox.observer())
  const connection = { connectionString: url }
  const direct =
    options.remote ??
    new PostgresRemote({
      calls: connection,
      listening: connection,
      about: { device: name, version: '0' },
      schema,
      deadlineMs: 10_000,
    })
  const remote = options.through?.(direct) ?? direct
  const exchange = new Exchange({ db, writer, clock, state, outbox, remote, schema, pageSize })
  if (!state.joined) adopt({ db, state, outbox })
  return {
    name,
    db,
    clock,
    writer,
    history: new History(writer),
    state,
    outbox,
    remote,
    exchange,
    sync: async () => {
      await exchange.greet()
      while ((await exchange.push()) > 0);
      await exchange.pull()
    },
    row: (entity, id) =>
      db.statement(`SELECT * FROM ${entity} WHERE id = ?`).get(id) as Record<string, unknown> | undefined,
    all: (entity) => db.statement(`SELECT * FROM ${entity} ORDER BY id`).all() as Record<string, unknown>[],
    [Symbol.asyncDispose]: async () => {
      await remote[Symbol.asyncDispose]()
      journal[Symbol.dispose]()
      db[Symbol.dispose]()
    },
  }
}

/** Rows to begin with, made through the writer of a desk. */
export function addBrand(desk: Desk, name = 'Acme'): string {
  const id = uuid()
  desk.writer.transact((tx) => tx.insert('brands', { id, name, slug: name.toLowerCase(), notes: '' }))
  return id
}

export function addProduct(desk: Desk, brandId: string, fields: Record<string, unknown> = {}): string {
  const id = uuid()
  desk.writer.transact((tx) =>
    tx.insert('products', {
      id,
      brand_id: brandId,
      name: 'Ring',
      handle: null,
      description_html: '',
      status: 'active',
      price_cents: 1000,
      compare_at_price_cents: null,
      sku: null,
      pid: null,
      shopify_id: null,
      tags: '["gold"]',
      talking_points_md: '',
      source: 'manual',
      shopify_values: null,
      overridden: '[]',
      ...fields,
    }),
  )
  return id
}

export function addSession(desk: Desk, name = 'Friday'): string {
  const id = uuid()
  desk.writer.transact((tx) =>
    tx.insert('sessions', {
      id,
      brand_id: null,
      name,
      slug: name.toLowerCase(),
      notes: '',
      code: '',
      status: 'draft',
      status_before_archive: null,
      scheduled_at: null,
      numbers_frozen_at: null,
      highest_number: null,
    }),
  )
  return id
}

export function addItem(
  desk: Desk,
  { session, product }: { readonly session: string; readonly product: string },
  fields: Record<string, unknown> = {},
): string {
  const id = uuid()
  desk.writer.transact((tx) =>
    tx.insert('session_products', {
      id,
      session_id: session,
      product_id: product,
      order_key: 'a0',
      number: null,
      section: null,
      skip: 0,
      notes: '',
      override_name: null,
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
      ...fields,
    }),
  )
  return id
}
