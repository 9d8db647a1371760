import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import type { Db } from '../../src/main/db/database.ts'
import { synced } from '../../src/main/db/schema.ts'
import { Writer } from '../../src/main/db/write.ts'
import type { LogFields } from '../../src/main/log.ts'
import { openData } from '../../src/main/open-data.ts'
import type { DataFiles } from '../../src/main/recovery/quarantine.ts'
import { adopt } from '../../src/main/sync/adopt.ts'
import { JournalFile } from '../../src/main/sync/journal.ts'
import type { Mutation } from '../../src/main/sync/mutation.ts'
import { Outbox } from '../../src/main/sync/outbox.ts'
import { SyncState } from '../../src/main/sync/state.ts'
import { FakeClock } from '../support/core.ts'

/** A folder that is gone afterwards. */
export function tempDir(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'hudson-recovery-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export function filesOf(dataDir: string): DataFiles {
  return { dataDir, dbPath: join(dataDir, 'hudson.db'), journalPath: join(dataDir, 'hudson.journal') }
}

/** A desktop's local half: what writes go through, without the network. */
export interface Station extends Disposable {
  readonly dir: string
  readonly db: Db
  readonly clock: FakeClock
  readonly writer: Writer
  readonly state: SyncState
  readonly outbox: Outbox
}

/** Opens a data dir as the app does. */
export function openStation(dir: string, { joined }: { readonly joined: boolean }): Station {
  const clock = new FakeClock()
  const { db } = openData(filesOf(dir), { clock, log: quiet })
  const state = new SyncState(db)
  const journal = new JournalFile(filesOf(dir).journalPath)
  const outbox = new Outbox({ db, clock, state, journal, onWrite: () => {}, onJournalFailure: fail })
  const writer = new Writer(db, clock)
  writer.observe(outbox.observer())
  if (joined && !state.joined) adopt({ db, state, outbox })
  const close = (): void => {
    journal[Symbol.dispose]()
    db[Symbol.dispose]()
  }
  return { dir, db, clock, writer, state, outbox, [Symbol.dispose]: close }
}

function fail(error: unknown): never {
  throw error
}

/** What was logged, by level. */
export interface Heard {
  readonly event: string
  readonly fields: LogFields | undefined
}

export function listening(heard: Heard[] = []) {
  const note = (event: string, fields?: LogFields): void => void heard.push({ event, fields })
  return { debug: note, info: note, warn: note, error: note, heard }
}

const quiet = listening()

/** The files as a process leaves them that is killed now. */
export function killed(from: string, to: string): string {
  mkdirSync(to, { recursive: true })
  for (const name of ['hudson.db', 'hudson.db-wal', 'hudson.journal']) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name))
  }
  return to
}

/** Every row that the team shares, without this machine's own numbers. */
export function rowsOf(db: Db): Map<string, Record<string, unknown>> {
  return new Map(
    synced.flatMap((entity) =>
      (db.sqlite.prepare(`SELECT * FROM ${entity}`).all() as ({ id: string } & Record<string, unknown>)[]).map(
        ({ key: _key, ...row }) => [`${entity} ${row.id}`, row] as const,
      ),
    ),
  )
}

/** What an edit says, without what a recovery may give anew. */
export function said({ entity, rowId, op, base, patch, at }: Mutation): string {
  return JSON.stringify([entity, rowId, op, base, patch, at])
}

type Made = 'brands' | 'products' | 'sessions' | 'session_products'

/** Writes as people make them. `random` is from 0 to 1. */
export class Hands {
  readonly #station: Pick<Station, 'writer' | 'clock'>
  readonly #random: () => number
  readonly #made: Record<Made, string[]> = {
    brands: [],
    products: [],
    sessions: [],
    session_products: [],
  }
  #count = 0

  constructor(station: Pick<Station, 'writer' | 'clock'>, random: () => number) {
    this.#station = station
    this.#random = random
  }

  /** Rows of each kind, to begin with. */
  furnish(products: number): void {
    for (let n = 0; n < 3; n++) this.#brand()
    for (let n = 0; n < products; n++) this.#product()
    for (let n = 0; n < 3; n++) this.#session()
    for (let n = 0; n < products / 2; n++) this.#item()
  }

  edit(): void {
    this.#station.clock.advance(1 + Math.floor(this.#random() * 900))
    const acts = [
      () => this.#product(),
      () => this.#item(),
      () => this.#change('products', { name: this.#text(), price_cents: this.#number(100_000) }),
      () => this.#change('products', { description_html: `<p>${this.#text().repeat(40)}</p>` }),
      () => this.#change('products', { description_html: `<p>${this.#text().repeat(400)}</p>` }),
      () => this.#change('sessions', { notes: this.#text() }),
      () => this.#change('session_products', { notes: this.#text(), skip: 1 }),
      () => this.#change('brands', { name: this.#text() }),
      () => this.#remove(),
    ]
    acts[this.#number(acts.length)]?.()
  }

  #brand(): void {
    this.#insert('brands', { name: this.#text(), slug: 'x', notes: '' })
  }

  #product(): void {
    this.#insert('products', {
      brand_id: this.#any('brands'),
      name: this.#text(),
      handle: null,
      description_html: `<p>${this.#text()}</p>`,
      status: 'active',
      price_cents: this.#number(100_000),
      compare_at_price_cents: null,
      sku: `SKU-${this.#count}`,
      pid: null,
      shopify_id: null,
      tags: '["gold","new"]',
      talking_points_md: '',
      source: 'manual',
      shopify_values: null,
      overridden: '[]',
    })
  }

  #session(): void {
    this.#insert('sessions', {
      brand_id: null,
      name: this.#text(),
      slug: 's',
      notes: '',
      code: '',
      status: 'draft',
      status_before_archive: null,
      scheduled_at: null,
      numbers_frozen_at: null,
      highest_number: null,
    })
  }

  #item(): void {
    this.#insert('session_products', {
      session_id: this.#any('sessions'),
      product_id: this.#any('products'),
      order_key: `a${this.#count}`,
      number: null,
      section: null,
      skip: 0,
      notes: '',
      override_name: null,
      override_talking_points_md: null,
      override_price_cents: null,
      override_compare_at_price_cents: null,
    })
  }

  #insert(entity: Made, row: object): void {
    const id = uuid()
    this.#station.writer.transact((tx) => tx.insert(entity, { id, ...row }))
    this.#made[entity].push(id)
  }

  #change(entity: Made, patch: object): void {
    const id = this.#any(entity)
    if (id !== undefined) this.#station.writer.transact((tx) => void tx.update(entity, id, patch as never))
  }

  #remove(): void {
    const id = this.#any('session_products')
    if (id === undefined) return
    this.#station.writer.transact((tx) => tx.remove('session_products', id))
    this.#made.session_products = this.#made.session_products.filter((one) => one !== id)
  }

  #any(entity: Made): string | undefined {
    const ids = this.#made[entity]
    return ids[this.#number(ids.length)]
  }

  #text(): string {
    this.#count += 1
    return `words ${this.#count} ${this.#number(1_000_000)}`
  }

  #number(below: number): number {
    return Math.floor(this.#random() * below)
  }
}

/** The same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
