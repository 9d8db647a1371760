import type { Db } from '../db/database.ts'
import type { OutboxRow, Synced } from '../db/schema.ts'
import { checksum, readMutation } from './mutation.ts'

/** I2: what the server lost of what it had confirmed, after `last`, waits again. Nothing that waits has seen its history. */
export function reopen(db: Db, last: number): void {
  db.sqlite
    .transaction(() => {
      const rows = db.statement('SELECT * FROM sync_outbox WHERE id > ? ORDER BY id').all(last) as OutboxRow[]
      const again = db.statement('UPDATE sync_outbox SET acked_at = NULL, seen = ?, crc = ? WHERE id = ?')
      for (const row of rows) {
        // R11: a row that was made anew here, and that nobody has judged, was made in the knowledge of its deletion.
        const knows = row.op === 'insert' && row.acked_at === null
        const mutation = { ...readMutation(row), seen: knows ? row.seen : 0 }
        keepBase(db, mutation.entity, mutation.rowId)
        again.run(mutation.seen, checksum(mutation), row.id)
      }
    })
    .immediate()
}

function keepBase(db: Db, entity: Synced, id: string): void {
  const row = db.statement(`SELECT * FROM ${entity} WHERE id = ?`).get(id) as Record<string, unknown> | undefined
  const { key: _key, ...base } = row ?? {}
  db.statement('INSERT OR IGNORE INTO sync_base (entity, row_id, row) VALUES (?, ?, ?)').run(
    entity,
    id,
    row ? JSON.stringify(base) : null,
  )
}
