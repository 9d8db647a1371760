import type { Db } from '../db/database.ts'
import { entities } from '../db/schema.ts'
import type { ConflictLogRow, ConflictRow, Entity } from '../db/schema.ts'

// What the rows of the two tables hold as JSON. Values in it are as Postgres writes them.

export type Columns = Readonly<Record<string, unknown>>

/** One disputed column of a conflict: what `client_id` wanted, and what the server held then. */
export interface StoredField {
  readonly name: string
  readonly base: unknown
  readonly parked: unknown
  readonly standing: unknown
}

/** An edit that waits with a `delete` conflict. */
export interface StoredMutation {
  readonly e: string
  readonly i: string
  readonly o: 'i' | 'u' | 'd'
  readonly b: Columns
  readonly p: Columns
}

/** One column of a log entry; `mine` is what the desktop that pushed wanted. */
export interface StoredLogField {
  readonly name: string
  readonly base: unknown
  readonly mine: unknown
  readonly theirs: unknown
  readonly kept: 'mine' | 'theirs' | Choice
}

/** A person's decision of one column, as the server takes it. */
export type Choice = 'parked' | 'standing' | { readonly value: unknown }
export type Choices = Readonly<Record<string, Choice>>

export function fieldsOf(row: Pick<ConflictRow, 'fields'>): readonly StoredField[] {
  return JSON.parse(row.fields) as StoredField[]
}

export function logFieldsOf(row: Pick<ConflictLogRow, 'fields'>): readonly StoredLogField[] {
  return JSON.parse(row.fields) as StoredLogField[]
}

export function mutationsOf(row: Pick<ConflictRow, 'mutations'>): readonly StoredMutation[] {
  return JSON.parse(row.mutations) as StoredMutation[]
}

export function resolutionOf(row: Pick<ConflictRow, 'resolution'>): Choices {
  return row.resolution === null ? {} : (JSON.parse(row.resolution) as Choices)
}

/** The last image of a row that is gone, with what fell with it. */
export interface Image extends Columns {
  readonly parts?: readonly { readonly e: string; readonly i: string; readonly p: Columns }[]
}

export function imageOf(row: Pick<ConflictRow | ConflictLogRow, 'image'>): Image | null {
  return row.image === null ? null : (JSON.parse(row.image) as Image)
}

/** Whether what waits is a deletion of the row itself; else the row was deleted, and edits of it wait. */
export function parksDeletion(row: Pick<ConflictRow, 'entity' | 'entity_id' | 'mutations'>): boolean {
  return mutationsOf(row).some(({ e, i, o }) => o === 'd' && e === row.entity && i === row.entity_id)
}

export function conflictRow(db: Db, id: string): ConflictRow | undefined {
  return db.get(db.build.selectFrom('conflicts').selectAll().where('id', '=', id))
}

/** The conflict that a person's decision closed: both were written at the same moment. */
export function decidedConflict(db: Db, row: ConflictLogRow): ConflictRow | undefined {
  if (row.decision !== 'resolved') return undefined
  return db.get(
    db.build
      .selectFrom('conflicts')
      .selectAll()
      .where('entity', '=', row.entity)
      .where('entity_id', '=', row.entity_id)
      .where('resolved_at', '=', row.created_at),
  )
}

export function isEntity(name: string): name is Entity {
  return entities.some((one) => one === name)
}

/** A row of a shared table as it is here; undefined where there is none. */
export function localRow(db: Db, entity: string, id: string): Columns | undefined {
  if (!isEntity(entity)) return undefined
  return db.statement(`SELECT * FROM ${entity} WHERE id = ?`).get(id) as Columns | undefined
}

/** Whether others deleted it, and it is here only until somebody consents. */
export function isHeld(db: Db, entity: string, id: string): boolean {
  return db.statement('SELECT 1 FROM sync_held WHERE entity = ? AND row_id = ?').get(entity, id) !== undefined
}
