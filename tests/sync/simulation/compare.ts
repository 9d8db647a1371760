import { synced } from '../../../src/main/db/schema.ts'
import type { Db } from '../../../src/main/db/database.ts'
import type { SimServer } from './server.ts'
import type { Row } from './server.ts'

/** Rows by `entity id`, in one form wherever they come from. */
export type Tables = ReadonlyMap<string, Row>

const documents = new Set(['tags', 'overridden', 'options', 'fields', 'mutations', 'resolution', 'image'])

/** A column's value in one form: JSON with sorted names, times in ISO, booleans as 0 and 1. */
export function plain(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (documents.has(name)) return sorted(typeof value === 'string' ? JSON.parse(value) : value)
  if (typeof value === 'boolean') return Number(value)
  if (name.endsWith('_at') && typeof value === 'string') return new Date(value).toISOString()
  return value
}

export function plainRow(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== 'key')
      .map(([name, value]) => [name, plain(name, value)]),
  )
}

/** JSON text with sorted names. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

export function localTables(db: Db): Tables {
  return new Map(
    synced.flatMap((entity) =>
      (db.sqlite.prepare(`SELECT * FROM ${entity} ORDER BY id`).all() as (Row & { id: string })[]).map(
        (row) => [`${entity} ${row.id}`, plainRow(row)] as const,
      ),
    ),
  )
}

export async function serverTables(server: SimServer): Promise<Tables> {
  const found = new Map<string, Row>()
  for (const entity of synced) {
    for (const row of await server.rows(entity)) found.set(`${entity} ${String(row['id'])}`, plainRow(row))
  }
  return found
}

/** How two sets of tables differ, a line each. Columns that only one side has are no difference. */
export function differences(names: readonly [string, string], a: Tables, b: Tables): string[] {
  const lines: string[] = []
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const one = a.get(key)
    const two = b.get(key)
    if (!one || !two) {
      lines.push(
        `${one ? `${key} is only on ${names[0]}` : `${names[0]} has not ${key}`}: ${JSON.stringify(one ?? two)}`,
      )
      continue
    }
    for (const [name, value] of Object.entries(one)) {
      if (name in two && two[name] !== value) {
        lines.push(`${key} ${name}: ${names[0]} ${JSON.stringify(value)}, ${names[1]} ${JSON.stringify(two[name])}`)
      }
    }
  }
  return lines
}
