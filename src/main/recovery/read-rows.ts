import Database from 'better-sqlite3'
import { isDamage } from '../db/damage.ts'
import { localSchema } from '../db/open.ts'
import { PageFile } from './page-file.ts'
import { asRow, tablesOf } from './tables.ts'
import type { Fields, Saved, Table } from './tables.ts'
import { looseCells, readSchema, walkTree } from './trees.ts'

/** A copy of a damaged database, which may be opened and changed. */
export interface Source {
  readonly path: string
  /** Whether its write-ahead log counts. */
  readonly wal: boolean
}

/**
 * Gets every row that was found, some of them more than once; answers whether it was of use. `certain`: it is a row of that table, so
 * that what is damaged in it may be mended.
 */
export type Sink = (table: Table, row: Fields, certain: boolean) => boolean

/**
 * Reads whatever can be read of a damaged database: by SQLite as long as that goes, and where it stops, page by page. Answers
 * the tables of which something may be missing.
 */
export function readRows(source: Source, only: ReadonlySet<Saved> | null, sink: Sink): Set<Saved> {
  using file = new PageFile(source.path, { wal: source.wal })
  const tables = [...tablesOf(versionIn(file)).values()].filter(({ name }) => !only || only.has(name))
  const torn = readBySql(source.path, tables, sink)
  return torn.length === 0 ? new Set() : readByPage(file, torn, sink)
}

/** The version of the schema that a database says it has; where that is damaged too, ours. */
export function versionIn(file: PageFile): number {
  const first = file.page(1)
  const told = [first?.readUInt32BE(60) ?? 0, (first?.readUInt32BE(68) ?? 0) & 0xffff]
  const possible = told.filter((version) => version >= 1 && version <= localSchema)
  return possible.length > 0 ? Math.max(...possible) : localSchema
}

/** Answers the tables that could not be read to their end. */
function readBySql(path: string, tables: readonly Table[], sink: Sink): Table[] {
  const db = attempt(() => new Database(path, { readonly: true }))
  if (!db) return [...tables]
  try {
    for (const pragma of ['writable_schema = ON', 'trusted_schema = OFF', 'cell_size_check = ON']) {
      attempt(() => db.pragma(pragma))
    }
    return tables.filter((table) => !readTable(db, table, sink))
  } finally {
    attempt(() => db.close())
  }
}

function readTable(db: Database.Database, table: Table, sink: Sink): boolean {
  const problems = attempt(() => db.pragma(`quick_check('${table.name}')`) as { quick_check: string }[])
  const names = table.columns.map(({ name }) => name).join(', ')
  const rows = attempt(() => db.prepare(`SELECT ${names} FROM ${table.name}`).iterate() as IterableIterator<Fields>)
  if (!rows) return false
  let whole = problems?.[0]?.quick_check === 'ok'
  try {
    for (;;) {
      // Only what the damaged file says is caught: what the new one says is not.
      const next = attempt(() => rows.next())
      if (!next) return false
      if (next.done === true) return whole
      if (!sink(table, next.value, true)) whole = false
    }
  } finally {
    attempt(() => rows.return?.())
  }
}

/** undefined where a damaged file makes it fail. A disk that cannot be read, or is full, is not that. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (isDamage(error) || (error instanceof Database.SqliteError && !MACHINE.test(error.code))) return undefined
    throw error
  }
}

const MACHINE = /^SQLITE_(IOERR|FULL|NOMEM|CANTOPEN)/

/** Answers the tables of which something may be missing. */
function readByPage(file: PageFile, tables: readonly Table[], sink: Sink): Set<Saved> {
  const seen = new Set<number>()
  const lost = new Set<Saved>()
  const roots = readSchema(file).filter(({ root }) => root > 1)
  for (const table of tables) {
    const root = roots.find(({ type, name }) => type === 'table' && name === table.name)?.root
    const walk = root === undefined ? null : walkTree(file, root, seen)
    for (const { values, rowid } of walk?.cells ?? []) {
      const row = asRow(table, values, rowid)
      if (row) sink(table, row, true)
    }
    if (!walk || walk.broken() > 0) lost.add(table.name)
  }
  // What stands on pages of other trees is not loose.
  for (const { root } of lost.size > 0 ? roots : []) for (const _ of walkTree(file, root, seen).cells);
  const homeless = tables.filter(({ name }) => lost.has(name))
  for (const { values, rowid } of lost.size > 0 ? looseCells(file, seen) : []) {
    homeless.some((table) => {
      const row = asRow(table, values, rowid)
      return row !== null && sink(table, row, false)
    })
  }
  return lost
}
