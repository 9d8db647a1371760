import { crc32 } from 'node:zlib'
import type { Entity, OutboxRow } from '../db/schema.ts'
import type { Change } from '../db/write.ts'

/** Values of some columns of a row, as SQLite holds them here. */
export type Fields = Readonly<Record<string, unknown>>

/** One row's change, as it waits to be pushed. `base` and `patch` hold the changed columns only. */
export interface Mutation {
  readonly id: number
  /** The first id of its local transaction. */
  readonly tx: number
  readonly entity: Entity
  readonly rowId: string
  readonly op: 'insert' | 'update' | 'delete'
  readonly base: Fields
  readonly patch: Fields
  /** The rev up to which everything of the team was here when it was made. */
  readonly seen: number
  /** Whether the team's database was out of reach when it was made. */
  readonly offline: boolean
  readonly at: string
  /** The version of the local schema that the values speak. */
  readonly version: number
}

/** A mutation before it has its number. */
export type Draft = Pick<Mutation, 'entity' | 'rowId' | 'op' | 'base' | 'patch'>

/** Wholes before their parts: a part is inserted after, and deleted before, what it belongs to. */
const rank: Readonly<Record<Entity, number>> = {
  brands: 0,
  products: 1,
  product_variants: 2,
  product_images: 2,
  talking_points: 2,
  sessions: 3,
  session_products: 4,
  session_states: 4,
  message_presets: 5,
}

/** The parts that fall with a whole, and the column that names it. */
const wholeOf: Readonly<Partial<Record<Entity, { readonly entity: Entity; readonly column: string }>>> = {
  product_variants: { entity: 'products', column: 'product_id' },
  product_images: { entity: 'products', column: 'product_id' },
  talking_points: { entity: 'products', column: 'product_id' },
  session_products: { entity: 'sessions', column: 'session_id' },
  session_states: { entity: 'sessions', column: 'id' },
}

const turn = { insert: 0, update: 1, delete: 2 } as const

/** What a local write has to tell the team, in an order that the server can follow. [P1, P6] */
export function planMutations(changes: readonly Change[]): Draft[] {
  const removed = new Set(changes.filter(({ after }) => after === null).map(({ entity, id }) => `${entity} ${id}`))
  return changes
    .filter((change) => !fallsWithWhole(change, removed))
    .map(draftOf)
    .toSorted((a, b) => turn[a.op] - turn[b.op] || (rank[a.entity] - rank[b.entity]) * (a.op === 'delete' ? -1 : 1))
}

function fallsWithWhole({ entity, before, after }: Change, removed: ReadonlySet<string>): boolean {
  const whole = wholeOf[entity]
  return after === null && whole !== undefined && removed.has(`${whole.entity} ${String(before?.[whole.column])}`)
}

function draftOf({ entity, id: rowId, before, after }: Change): Draft {
  if (after === null) return { entity, rowId, op: 'delete', base: {}, patch: {} }
  if (before === null) return { entity, rowId, op: 'insert', base: {}, patch: shared(after) }
  const names = Object.keys(after).filter(
    // A position is one thing: mixed from two desktops' halves it would be nobody's. [R8]
    (name) => name !== 'key' && name !== 'id' && (entity === 'session_states' || before[name] !== after[name]),
  )
  return { entity, rowId, op: 'update', base: pick(before, names), patch: pick(after, names) }
}

/** Without what is this machine's own. */
function shared({ key: _key, ...row }: Fields): Fields {
  return row
}

function pick(row: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
}

/** CRC-32 over everything that a mutation says. [D1, D2] */
export function checksum(mutation: Mutation): number {
  const { id, tx, entity, rowId, op, base, patch, seen, offline, at, version } = mutation
  return crc32(JSON.stringify([id, tx, entity, rowId, op, base, patch, seen, offline, at, version]))
}

/** A damaged row: its content does not match its checksum. [D2] */
export class DamagedMutation extends Error {
  readonly id: number

  constructor(id: number) {
    super(`mutation ${id} does not match its checksum`)
    this.name = 'DamagedMutation'
    this.id = id
  }
}

/** Whether that is what was thrown, also by another thread. */
export function isDamagedMutation(error: unknown): boolean {
  return error instanceof Error && error.name === 'DamagedMutation'
}

/** Throws `DamagedMutation`. */
export function readMutation(row: OutboxRow): Mutation {
  const { id, tx, entity, row_id: rowId, op, seen, offline, at, version } = row
  const mutation = parsedMutation(row, { id, tx, entity, rowId, op, seen, offline: offline === 1, at, version })
  if (!mutation || checksum(mutation) !== row.crc) throw new DamagedMutation(id)
  return mutation
}

function parsedMutation(row: OutboxRow, rest: Omit<Mutation, 'base' | 'patch'>): Mutation | null {
  try {
    return { ...rest, base: JSON.parse(row.base) as Fields, patch: JSON.parse(row.patch) as Fields }
  } catch {
    // Text that is not JSON any more is damage like any other.
    return null
  }
}
