import type { Db } from '../db/database.ts'
import type { Synced } from '../db/schema.ts'
import type { Texts } from './chunks.ts'
import type { Fields } from './mutation.ts'

// SQLite holds booleans as 0 and 1, lists as JSON text and times as ISO text; Postgres has types for them. What goes there is JSON,
// what comes from there is Postgres' own text of each value.

const flags = new Set(['skip', 'alt_by_person', 'is_primary', 'blank', 'notes_shown', 'image_full', 'guard'])
const documents = new Set(['tags', 'overridden', 'options', 'fields', 'mutations', 'resolution', 'image'])

type Convert = (text: string) => unknown

/** Values of columns as Postgres wants them. JSON text that does not parse goes as it is, for the server to judge. */
export function toWire(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (value === null) return [name, null]
      if (flags.has(name)) return [name, value === 1]
      return [name, documents.has(name) ? parsed(value) : storable(value)]
    }),
  )
}

/** Postgres holds neither U+0000 nor half a surrogate pair: one of them would have the whole push refused, for ever. [P4] */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value), (_key, part: unknown) => storable(part)) as unknown
  } catch {
    // Our own text always parses; what another hand wrote is the server's to refuse, with a verdict.
    return storable(value)
  }
}

const fromFlag: Convert = (text) => Number(text === 'true')

/** What is no number is left for SQLite to refuse. [L6] */
const fromInteger: Convert = (text) => (Number.isNaN(Number(text)) ? text : Number(text))

/** As this app writes it: Postgres has a space behind each comma. */
const fromDocument: Convert = (text) => (text === '[]' ? text : JSON.stringify(JSON.parse(text)))

/** How a column's value comes from the wire; undefined where it needs no change. */
function decoderOf(name: string, type: string): Convert | undefined {
  if (flags.has(name)) return fromFlag
  if (documents.has(name)) return fromDocument
  if (name.endsWith('_at')) return isoTime
  return type === 'INTEGER' ? fromInteger : undefined
}

/** `2026-11-25 10:00:00.5+00` as this app writes it: `2026-11-25T10:00:00.500Z`. */
function isoTime(text: string): string {
  // Postgres leaves out zeros at the end. Parsing a date costs ten times as much, and each row has two.
  const isUtc = text.endsWith('+00') && (text[19] === '.' || text.length === 22)
  if (isUtc && text.length <= 26)
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toISOString()
}

/** A row as it came, as SQLite is to hold it; columns that are not known here are left out. [L8] */
export function fromWire(row: Texts, columns: readonly Column[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { name, decode } of columns) {
    const value = row[name]
    if (value !== undefined) values[name] = decode && value !== null ? decode(value) : value
  }
  return values
}

/** The columns that this version's table has in common with the team's. */
export function columnsOf(db: Db, entity: Synced): readonly Column[] {
  const columns = db.sqlite.pragma(`table_info(${entity})`) as { name: string; type: string }[]
  return columns.filter(({ name }) => name !== 'key').map(({ name, type }) => ({ name, decode: decoderOf(name, type) }))
}

/** A column of a local table, and how its value comes from the wire. */
export interface Column {
  readonly name: string
  readonly decode: Convert | undefined
}
