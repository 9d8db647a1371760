import type { Db } from '../db/database.ts'
import type { MediaFileRow } from '../db/schema.ts'
import type { Tx } from '../db/write.ts'
import { isRunning } from './compare.ts'
import type { Fields, RestoredEntity, RestorePlan, Row } from './compare.ts'

export interface Restored {
  readonly restored: number
  readonly changed: number
  readonly removed: number
}

export interface RestoreDeps {
  readonly tx: Tx
  readonly db: Db
  /** Whether what was made since the backup goes. */
  readonly removeNewer: boolean
}

/** Writes what a restore plans, as edits like any other. */
export function applyRestore(deps: RestoreDeps, { differences, pictures }: RestorePlan): Restored {
  const { tx, db, removeNewer } = deps
  let [restored, changed, removed] = [0, 0, 0]
  // Parts before their wholes.
  for (const { entity, newer } of removeNewer ? differences.toReversed() : []) {
    for (const id of newer) removed += remove(tx, entity, id)
  }
  for (const picture of pictures) keepFile(db, picture)
  for (const { entity, comeBack, change } of differences) {
    for (const row of comeBack) restored += insert(deps, entity, row)
    for (const { id, ...fields } of change) changed += Number(tx.row(entity, id) && tx.update(entity, id, fields))
  }
  return { restored, changed, removed }
}

function remove(tx: Tx, entity: RestoredEntity, id: string): number {
  if (!tx.row(entity, id)) return 0
  if (entity === 'sessions' && tx.row('session_states', id)) tx.remove('session_states', id)
  tx.remove(entity, id)
  return 1
}

function insert(deps: RestoreDeps, entity: RestoredEntity, row: Row): number {
  if (deps.tx.row(entity, row.id)) return 0
  deps.tx.insert(entity, comingBack(deps, entity, row) as never)
  return 1
}

function comingBack({ tx, db }: RestoreDeps, entity: RestoredEntity, row: Row): Fields {
  const { updated_at: _updated, ...fields } = row
  if (entity === 'sessions') return { ...fields, status: statusOf(row) }
  if (entity !== 'session_products') return fields
  // Viewers type numbers: no two items may answer to one, and where they follow the order none is given.
  const frozen = tx.row('sessions', String(row['session_id']))?.numbers_frozen_at !== null
  const taken = db
    .statement('SELECT 1 FROM session_products WHERE session_id = ? AND number = ?')
    .get(row['session_id'], row['number'])
  return { ...fields, number: frozen && taken === undefined ? row['number'] : null }
}

/** Nothing is on air because of a restore. */
function statusOf({ status }: Row): unknown {
  if (!isRunning(status)) return status
  return status === 'live' ? 'ended' : 'draft'
}

/** Where the file of a picture is. Before its row comes back: that would ask for it anew. */
function keepFile(db: Db, row: MediaFileRow): void {
  db.run(
    db.build
      .insertInto('media_files')
      .values(row)
      .onConflict((conflict) => conflict.doNothing()),
  )
}
