import { AppError } from '#shared/app-error.ts'
import { sameJson } from '#shared/live-patch.ts'
import type { Db } from '../db/database.ts'
import type { ConflictLogRow, Entity } from '../db/schema.ts'
import { isWhole, missingWhole, storable } from './edits.ts'
import { fieldOf, toContract, toLocal } from './fields.ts'
import { statusProblem } from './show-status.ts'
import { decidedConflict, imageOf, isEntity, localRow, logFieldsOf, parksDeletion } from './stored.ts'
import type { Columns, Image, StoredLogField } from './stored.ts'
import { titleOf } from './titles.ts'

/** A row to be made again. */
export interface Revived {
  readonly entity: Entity
  readonly row: Columns & { readonly id: string }
}

export type RestorePlan =
  | { readonly kind: 'write'; readonly entity: Entity; readonly row: Columns; readonly patch: Columns }
  | { readonly kind: 'insert'; readonly rows: readonly [Revived, ...Revived[]] }
  /** All is so already. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly code: AppError['code']; readonly message: string }

export interface Wanted {
  /** Whose values; null = those that were not kept. */
  readonly side: 'parked' | 'standing' | null
  /** Also over what was changed since. */
  readonly force: boolean
}

/** Whether there is something to put back. */
export function isRestorable(db: Db, row: ConflictLogRow): boolean {
  const { kind } = planRestore(db, row, { side: null, force: true })
  return kind === 'write' || kind === 'insert'
}

/** What restoring would do, without doing it. */
export function planRestore(db: Db, row: ConflictLogRow, wanted: Wanted): RestorePlan {
  const { entity, entity_id: id, decision } = row
  if (!isEntity(entity))
    return refused('conflict', 'This was decided with a newer version of Hudson. Update to restore it.')
  if (entity === 'session_states') {
    return refused('conflict', 'A show has gone on since. Choose the item in the producer console.')
  }
  if (decision === 'duplicate')
    return refused('conflict', 'The same text is there already: there is nothing to restore.')
  const local = localRow(db, entity, id)
  return local ? planWrite(db, { row, entity, local }, wanted) : planInsert(db, { row, entity }, wanted)
}

interface OfRow {
  readonly row: ConflictLogRow
  readonly entity: Entity
}

function planWrite(db: Db, { row, entity, local }: OfRow & { readonly local: Columns }, wanted: Wanted): RestorePlan {
  const stored = logFieldsOf(row)
  const fields = stored.filter(({ name }) => name in local && fieldOf(entity, name).fixed !== true)
  const values = fields.flatMap((field) => {
    const value = valueOf(field, wanted.side)
    return value === undefined ? [] : [[field.name, value] as const]
  })
  if (values.length === 0 && fields.length > 0) {
    return refused('bad-call', 'A person wrote a third value, so neither side was kept. Say mine or theirs.')
  }
  const patch = toLocal(Object.fromEntries(values))
  const differing = Object.entries(patch).filter(([name, value]) => local[name] !== value)
  if (differing.length === 0) return { kind: 'nothing' }
  const problem = differing
    .map(([name, value]) => misfit(db, { entity, local, name, value }))
    .find((one) => one !== null)
  if (problem) return refused('conflict', problem)
  if (!wanted.force && fields.some((field) => patch[field.name] !== undefined && changedSince(entity, field, local))) {
    const { inText } = titleOf(db, { entity, id: row.entity_id })
    return refused('stale', `${inText} was changed again since. Look at it first; it can be restored all the same.`)
  }
  return { kind: 'write', entity, row: local, patch: Object.fromEntries(differing) }
}

function valueOf({ mine, theirs, kept }: StoredLogField, side: Wanted['side']): unknown {
  if (side !== null) return side === 'parked' ? mine : theirs
  if (typeof kept === 'object') return undefined
  return kept === 'mine' || kept === 'parked' ? theirs : mine
}

/** Whether the row holds something that the entry does not know of. */
function changedSince(entity: Entity, { name, base, mine, theirs, kept }: StoredLogField, local: Columns): boolean {
  const field = fieldOf(entity, name)
  const now = toContract(field, local[name])
  const known = [base, mine, theirs, ...(typeof kept === 'object' ? [kept.value] : [])]
  return !known.some((value) => sameJson(toContract(field, value), now))
}

/** Why a value cannot stand in this row now. */
function misfit(
  db: Db,
  { entity, local, name, value }: { entity: Entity; local: Columns; name: string; value: unknown },
): string | null {
  if (entity === 'session_products' && name === 'number' && isTaken(db, { ...local, number: value })) {
    return `Number ${String(value)} belongs to another item of this line-up now.`
  }
  if (entity === 'sessions' && name === 'status') return statusProblem(db, String(local['id']), String(value))
  if (name === 'brand_id' && typeof value === 'string' && !localRow(db, 'brands', value)) {
    return 'Its brand is not there any more. Restore the brand first.'
  }
  return null
}

/** Viewers type numbers: no two items of a line-up may answer to one. */
function isTaken(db: Db, { id, session_id, number }: Columns): boolean {
  if (number === null) return false
  const holder = db.statement('SELECT 1 FROM session_products WHERE session_id = ? AND number = ? AND id <> ?')
  return holder.get(session_id, number, id) !== undefined
}

/** The row is gone. Where it was deleted and somebody's work with it, its last image is in the log. */
function planInsert(db: Db, { row, entity }: OfRow, { side }: Wanted): RestorePlan {
  const image = imageOf(row)
  if (!image || !isWhole(db, entity, image)) {
    return refused('not-found', 'It is not there any more, and the log does not hold all of it.')
  }
  // Whoever deleted has it that way.
  if (side === deleterOf(db, row)) return { kind: 'nothing' }
  const missing = missingWhole(db, entity, image)
  if (missing !== null)
    return refused('conflict', `Its ${missing} is not there any more. Restore the ${missing} first.`)
  return { kind: 'insert', rows: [revived(db, entity, { image, id: row.entity_id }), ...partsOf(db, image)] }
}

function revived(db: Db, entity: Entity, { image, id }: { readonly image: Columns; readonly id: string }): Revived {
  const row = { ...storable(db, entity, image), id }
  if (entity === 'session_products' && isTaken(db, row)) return { entity, row: { ...row, number: null } }
  return { entity, row }
}

/** An edit met the other's deletion, or a deletion that was pushed met the other's edit. */
function deleterOf(db: Db, row: ConflictLogRow): 'parked' | 'standing' {
  const conflict = decidedConflict(db, row)
  if (conflict) return parksDeletion(conflict) ? 'parked' : 'standing'
  return row.decision === 'deleted changed' ? 'parked' : 'standing'
}

/** What fell with it. A show that ran is not brought back to life. */
function partsOf(db: Db, { parts = [] }: Image): Revived[] {
  return parts.flatMap(({ e: entity, i: id, p: image }) => {
    if (!isEntity(entity) || (entity === 'session_states' && image['mode'] !== 'off')) return []
    return isWhole(db, entity, image) && !localRow(db, entity, id) ? [revived(db, entity, { image, id })] : []
  })
}

function refused(code: AppError['code'], message: string): RestorePlan {
  return { kind: 'refused', code, message }
}
