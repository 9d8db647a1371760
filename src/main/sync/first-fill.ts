import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { Insertions } from '../db/insertions.ts'
import { synced } from '../db/schema.ts'
import type { Synced } from '../db/schema.ts'
import { dropSecondaryIndexes } from '../db/secondary-indexes.ts'
import type { Applied } from './apply.ts'
import type { Search } from './bulk-deps.ts'
import { idsOf, readChunk, rowsOf } from './chunks.ts'
import type { ChunkBody } from './chunks.ts'
import type { Chunk } from './remote.ts'
import { RowWriter } from './row-writer.ts'
import type { Cursor, SyncState } from './state.ts'
import { columnsOf, fromWire } from './wire.ts'
import type { Column } from './wire.ts'

interface FirstFillDeps {
  readonly db: Db
  readonly clock: Clock
  readonly state: SyncState
  readonly search: Pick<Search, 'suspend'>
}

/**
 * Brings everything of a team into a database that holds nothing of it: what `Applier` does at length, where there is nothing
 * to merge with, to hold or to look up. From its beginning to `finish` it stays inside one transaction. [L1]
 *
 * 1. Indexes and the search index are made once, of all rows.
 * 2. A row that does not fit is set aside, by itself. [L6]
 * 3. Of a row that comes twice the later one counts.
 */
export class FirstFill {
  readonly #deps: FirstFillDeps
  readonly #writer: RowWriter
  readonly #insertions: Insertions
  readonly #tables = new Map<Synced, Table>()
  readonly #resumeSearch: () => void

  /** Whether this database holds nothing of a team. To be asked inside the transaction. */
  static fits(db: Db): boolean {
    return db.statement(HOLDS_NOTHING).pluck(true).get() === 1
  }

  constructor(deps: FirstFillDeps) {
    this.#deps = deps
    this.#writer = new RowWriter({ ...deps, hears: () => false })
    this.#insertions = new Insertions(deps.db)
    this.#resumeSearch = deps.search.suspend()
  }

  /** `again`: whether a row of them can have come before, as somebody changed it while pages were fetched. */
  add(chunks: readonly Chunk[], { again }: { readonly again: boolean }): void {
    for (const chunk of chunks) {
      // L8: what a newer version added.
      if (!synced.includes(chunk.entity)) continue
      const read = readChunk(chunk)
      if (again) this.#remove(chunk.entity, idsOf(read))
      if ('rows' in read) this.#insert(chunk, read)
    }
  }

  finish(cursor: Cursor): Applied {
    for (const { makeIndexes } of this.#tables.values()) makeIndexes()
    this.#resumeSearch()
    const { state, clock } = this.#deps
    state.set('cursor', cursor)
    state.set('lastPullAt', clock.now())
    const { changes, touched } = this.#writer
    return { changes, touched, confirmed: 0 }
  }

  #insert(chunk: Chunk, { columns, rows }: Rows): void {
    const { entity } = chunk
    this.#writer.touched.add(entity)
    const { columns: wanted, names } = this.#tableOf(entity)
    const sources = wanted.map(({ name, decode }) => ({ place: columns.indexOf(name), decode }))
    // A server that is older than this app has not all columns.
    if (sources.some(({ place }) => place < 0)) return this.#insertEach(chunk)
    const values: unknown[] = []
    for (const row of rows) {
      for (const { place, decode } of sources) {
        const text = row[place] ?? null
        values.push(decode && text !== null ? decode(text) : text)
      }
    }
    try {
      this.#insertions.fill(entity, names, values)
    } catch {
      // Of those of one statement, the ones before the first that does not fit are in.
      this.#insertEach(chunk)
    }
  }

  #insertEach(chunk: Chunk): void {
    const { entity } = chunk
    const isHere = this.#deps.db.statement(`SELECT 1 FROM ${entity} WHERE id = ?`)
    const { columns } = this.#tableOf(entity)
    for (const { id, row } of rowsOf([chunk])) {
      if (row === null || isHere.get(id) !== undefined) continue
      this.#writer.write(entity, { id, shown: null, target: { ...fromWire(row, columns), id } })
    }
  }

  #remove(entity: Synced, ids: readonly string[]): void {
    this.#deps.db
      .statement(`DELETE FROM ${entity} WHERE id IN (SELECT value FROM json_each(?))`)
      .run(JSON.stringify(ids))
    for (const id of ids) this.#writer.takeBack(entity, id)
  }

  #tableOf(entity: Synced): Table {
    const { db } = this.#deps
    let table = this.#tables.get(entity)
    if (!table) {
      const columns = columnsOf(db, entity)
      table = { columns, names: columns.map(({ name }) => name), makeIndexes: dropSecondaryIndexes(db, entity) }
      this.#tables.set(entity, table)
    }
    return table
  }
}

type Rows = Extract<ChunkBody, { readonly rows: unknown }>

interface Table {
  readonly columns: readonly Column[]
  readonly names: readonly string[]
  readonly makeIndexes: () => void
}

const HOLDS_NOTHING = `SELECT ${[
  ...[...synced, 'sync_base', 'sync_held', 'sync_aside'].map((name) => `SELECT 1 FROM ${name}`),
  'SELECT 1 FROM sync_outbox WHERE acked_at IS NULL',
]
  .map((some) => `NOT EXISTS (${some})`)
  .join(' AND ')}`
