import Database from 'better-sqlite3'
import { migrateTo } from '../db/open.ts'
import { entities } from '../db/schema.ts'
import type { Value } from './records.ts'

/** A row by column. */
export type Fields = Record<string, Value>

/** A table as a version of the schema has it. */
export interface Table {
  readonly name: Saved
  readonly columns: readonly Column[]
}

interface Column {
  readonly name: string
  readonly type: string
  readonly required: boolean
  /** What a row holds where nothing was given; SQL. */
  readonly initial: string | null
  /** SQLite keeps it as the row's own number. */
  readonly rowid: boolean
}

/** What is worth saving, wholes before their parts. The rest is derived, or comes anew from the team. */
export const SAVED = [
  ...entities,
  'conflicts',
  'conflict_log',
  'live_messages',
  'media_files',
  'point_proposals',
  'settings',
  'sync_state',
  'sync_base',
  'sync_outbox',
] as const
export type Saved = (typeof SAVED)[number]

/** The tables of a version, those that it has. */
export function tablesOf(version: number): ReadonlyMap<Saved, Table> {
  const db = new Database(':memory:')
  try {
    migrateTo(db, version)
    const tables = SAVED.map((name) => [name, { name, columns: columnsOf(db, name) }] as const)
    return new Map(tables.filter(([, { columns }]) => columns.length > 0))
  } finally {
    db.close()
  }
}

interface TableInfo {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly dflt_value: string | null
  readonly pk: number
}

function columnsOf(db: Database.Database, table: string): Column[] {
  return (db.pragma(`table_info(${table})`) as TableInfo[]).map(({ name, type, notnull, dflt_value, pk }) => ({
    name,
    type,
    required: notnull === 1 || pk > 0,
    initial: dflt_value,
    rowid: pk > 0 && type === 'INTEGER',
  }))
}

/** A record as a row of that table; null where it cannot be one. */
export function asRow({ columns }: Table, values: readonly Value[], rowid: number | null): Fields | null {
  if (values.length !== columns.length || columns.some((column) => column.rowid) !== (rowid !== null)) return null
  return Object.fromEntries(columns.map(({ name, rowid: isRowid }, n) => [name, isRowid ? rowid : (values[n] ?? null)]))
}

const documents: ReadonlySet<string> = new Set([
  'tags',
  'overridden',
  'options',
  'shopify_values',
  'card',
  'message',
  'timer',
  'history',
  'value',
  'row',
  'base',
  'patch',
  'fields',
  'mutations',
  'resolution',
  'image',
  'flags',
])

/** Columns that hold one of a few words, and the one that does least harm first. */
const choices: ReadonlyMap<string, readonly string[]> = new Map([
  ['products.status', ['draft', 'active', 'archived']],
  ['products.source', ['manual', 'shopify', 'sample']],
  ['product_images.origin', ['person', 'shopify', 'sample']],
  ['sessions.status', ['draft', 'ready', 'rehearsal', 'live', 'ended', 'archived']],
  ['session_states.mode', ['off', 'rehearsal', 'live']],
  ['talking_points.author_kind', ['person', 'model']],
  ['media_files.state', ['waiting', 'ready', 'failed']],
])

const stateNames: ReadonlySet<string> = new Set([
  'identity',
  'cursor',
  'databaseId',
  'resync',
  'paused',
  'lastPushAt',
  'lastPullAt',
  'remoteSchema',
])

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/**
 * A row of which every value is what its column holds. What can be left out is mended: `mended` tells. null where the row
 * says nothing without what is damaged.
 */
export function soundRow(
  { name: table, columns }: Table,
  row: Fields,
  now: string,
): { row: Fields; mended: boolean } | null {
  let mended = false
  const sound: Fields = {}
  for (const column of columns) {
    const value = row[column.name] ?? null
    if (isSound(table, column, value)) {
      sound[column.name] = value
      continue
    }
    const other = substitute(table, column, now)
    if (other === undefined) return null
    sound[column.name] = other
    mended = true
  }
  return { row: sound, mended }
}

function isSound(table: Saved, { name, type, required }: Column, value: Value): boolean {
  if (value === null) return !required
  const choice = choices.get(`${table}.${name}`)
  if (choice) return choice.some((one) => one === value)
  if (type === 'INTEGER') return typeof value === 'number' && Number.isSafeInteger(value)
  if (typeof value !== 'string') return false
  if (name === 'entity') return SAVED.some((one) => one === value)
  // Tables that look alike.
  if (name === 'name' && (table === 'sync_state' || table === 'settings')) {
    return stateNames.has(value) === (table === 'sync_state')
  }
  if (isKey(table, name)) return UUID.test(value)
  if (name.endsWith('_at') || name === 'at') return TIME.test(value)
  return !documents.has(name) || isJson(value)
}

/** Columns that name a row. */
function isKey(table: Saved, column: string): boolean {
  return table !== 'sync_outbox' && column !== 'shopify_id' && (column === 'id' || column.endsWith('_id'))
}

/** undefined where there is nothing to put in its place. */
function substitute(table: Saved, { name, type, required, initial }: Column, now: string): Value | undefined {
  if (!required) return null
  const [choice] = choices.get(`${table}.${name}`) ?? []
  if (choice !== undefined) return choice
  if (name === 'created_at' || name === 'updated_at') return now
  if (name === 'position') return 0
  if (initial === null) return undefined
  return type === 'INTEGER' ? Number(initial) : initial.slice(1, -1)
}

export function isJson(text: unknown): text is string {
  try {
    JSON.parse(String(text))
    return true
  } catch {
    // That is the answer.
    return false
  }
}
