import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { Input, Output } from '#shared/contract.ts'
import { backups as contract } from '#shared/backups.ts'
import { Backups } from '../../src/main/backups/backups.ts'
import type { Db } from '../../src/main/db/database.ts'
import { History } from '../../src/main/db/history.ts'
import { openDb } from '../../src/main/db/open.ts'
import { entities } from '../../src/main/db/schema.ts'
import type { Entity, Schema } from '../../src/main/db/schema.ts'
import { Writer } from '../../src/main/db/write.ts'
import type { Unstamped } from '../../src/main/db/write.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { Events } from '../../src/main/events.ts'
import { FakeClock } from '../support/core.ts'
import { listening } from '../recovery/data-dir.ts'
import type { Heard } from '../recovery/data-dir.ts'

type Name = keyof typeof contract

/** Backups on a data dir of their own; inputs and answers pass the contract as they do in dispatch. */
export interface Shelf extends AsyncDisposable {
  readonly dir: string
  readonly db: Db
  readonly clock: FakeClock
  readonly writer: Writer
  readonly history: History
  readonly backups: Backups
  readonly log: Heard[]
  call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>>
  /** Lets what runs in the background come to its end. */
  settled(): Promise<void>
}

export function openShelf(dir: string): Shelf {
  const dbPath = join(dir, 'hudson.db')
  const db = openDb(dbPath)
  const clock = new FakeClock()
  const writer = new Writer(db, clock)
  const history = new History(writer)
  const events = new Events((error) => {
    throw error
  })
  const log = listening()
  const ports = { clock, log, runDiskJob: diskWork(undefined) }
  const backups = new Backups({ db, writer, history, events, dbPath, mediaDir: join(dir, 'media'), ports })
  return {
    dir,
    db,
    clock,
    writer,
    history,
    backups,
    log: log.heard,
    call: async (name, input) => {
      const endpoint = contract[name]
      const handler = backups.handlers[name] as (parsed: unknown) => unknown
      return endpoint.output.parse(await handler(endpoint.input.parse(input))) as never
    },
    settled: async () => {
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    },
    [Symbol.asyncDispose]: async () => {
      await backups[Symbol.asyncDispose]()
      db[Symbol.dispose]()
    },
  }
}

/** Everything that people see, without stamps and this machine's own numbers. */
export function contents(db: Db): Map<string, Record<string, unknown>> {
  return new Map(
    entities.flatMap((entity) =>
      (db.sqlite.prepare(`SELECT * FROM ${entity}`).all() as ({ id: string } & Record<string, unknown>)[]).map(
        ({ key: _key, updated_at: _at, ...row }) => [`${entity} ${row.id}`, row] as const,
      ),
    ),
  )
}

function insert<E extends Entity>(shelf: Shelf, entity: E, row: Omit<Unstamped<Schema[E]>, 'id'>): string {
  const id = uuid()
  shelf.writer.transact((tx) => tx.insert(entity, { id, ...row } as never))
  return id
}

export const add = {
  brand: (shelf: Shelf, name = 'Acme') => insert(shelf, 'brands', { name, slug: name, notes: '' }),
  product: (shelf: Shelf, brandId: string, name = 'Ring') =>
    insert(shelf, 'products', {
      brand_id: brandId,
      name,
      handle: null,
      description_html: '',
      status: 'active',
      price_cents: 1000,
      compare_at_price_cents: null,
      sku: null,
      pid: null,
      shopify_id: null,
      tags: '[]',
      talking_points_md: '',
      source: 'manual',
      shopify_values: null,
      overridden: '[]',
    }),
  picture: (shelf: Shelf, productId: string, url: string | null) =>
    insert(shelf, 'product_images', {
      product_id: productId,
      source_url: url,
      origin: 'person',
      alt: '',
      alt_by_person: 0,
      position: 1,
      is_primary: 1,
      thumbhash: null,
      colour: null,
    }),
  point: (shelf: Shelf, productId: string, text: string) =>
    insert(shelf, 'talking_points', { product_id: productId, text, author_kind: 'person', author_name: 'Anna' }),
  session: (shelf: Shelf, fields: Partial<Schema['sessions']> = {}) =>
    insert(shelf, 'sessions', {
      brand_id: null,
      name: 'Friday',
      slug: 'friday',
      notes: '',
      code: '',
      status: 'draft',
      status_before_archive: null,
      scheduled_at: null,
      numbers_frozen_at: null,
      highest_number: null,
      ...fields,
    }),
  item: (
    shelf: Shelf,
    sessionId: string,
    { productId, number = null }: { productId: string; number?: number | null },
  ) =>
    insert(shelf, 'session_products', {
      session_id: sessionId,
      product_id: productId,
      order_key: 'a0',
      number,
      section: null,
      skip: 0,
      notes: '',
      override_name: null,
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
    }),
}

/** Puts a session on air, or takes it off, as far as backups are concerned. */
export function setMode(shelf: Shelf, sessionId: string, mode: 'off' | 'rehearsal' | 'live'): void {
  shelf.writer.transact((tx) => {
    if (tx.row('session_states', sessionId)) tx.update('session_states', sessionId, { mode })
    else {
      tx.insert('session_states', {
        id: sessionId,
        mode,
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
      })
    }
  })
}
