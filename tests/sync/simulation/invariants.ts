import type { OutboxRow } from '../../../src/main/db/schema.ts'
import type { SimClient } from './client.ts'

/** L4: what a person wrote and the server has not judged is shown, and nothing else lies below or above it. */
export function checkShown(client: SimClient): string[] {
  const { label } = client
  const waiting = client.peek('SELECT * FROM sync_outbox WHERE acked_at IS NULL ORDER BY id').all() as OutboxRow[]
  const wanted = new Map<string, Record<string, unknown> | null>()
  for (const { entity, row_id, op, patch } of waiting) {
    const key = `${entity} ${row_id}`
    const earlier = wanted.get(key)
    if (op === 'delete') wanted.set(key, null)
    else wanted.set(key, { ...(op === 'update' ? earlier : null), ...(JSON.parse(patch) as object) })
  }
  const problems: string[] = []
  for (const [key, fields] of wanted) {
    const [entity, id] = key.split(' ')
    const row = client.peek(`SELECT * FROM ${String(entity)} WHERE id = ?`).get(id) as
      | Record<string, unknown>
      | undefined
    if (fields === null) {
      if (row) problems.push(`SHOWN: ${label} shows ${key}, which was deleted there and waits`)
      continue
    }
    // A deletion that was consented to takes the row along; its edit is judged all the same.
    if (!row) continue
    for (const [name, value] of Object.entries(fields)) {
      if (row[name] !== value) {
        problems.push(
          `SHOWN: ${label} shows ${key} ${name} = ${JSON.stringify(row[name])}, where ${JSON.stringify(value)} waits`,
        )
      }
    }
  }
  return problems
}
