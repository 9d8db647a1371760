import type { Db } from '../db/database.ts'
import type { OutboxRow } from '../db/schema.ts'
import { checksum, readMutation } from './mutation.ts'
import type { Mutation } from './mutation.ts'

/** Writes a mutation into the queue, inside the caller's transaction. `ackedAt`: when it was confirmed. */
export function putMutation(db: Db, mutation: Mutation, ackedAt: string | null = null): void {
  const { id, tx, entity, rowId, op, base, patch, seen, offline, at, version } = mutation
  db.statement(
    `INSERT INTO sync_outbox (id, tx, entity, row_id, op, base, patch, seen, offline, at, version, crc, acked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    tx,
    entity,
    rowId,
    op,
    JSON.stringify(base),
    JSON.stringify(patch),
    seen,
    Number(offline),
    at,
    version,
    checksum(mutation),
    ackedAt,
  )
}

/** Everything that waits. Throws `DamagedMutation`. */
export function pendingMutations(db: Db): Mutation[] {
  const rows = db.statement('SELECT * FROM sync_outbox WHERE acked_at IS NULL ORDER BY id').all() as OutboxRow[]
  return rows.map(readMutation)
}
