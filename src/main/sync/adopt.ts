import type { Db } from '../db/database.ts'
import { entities } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import { planMutations } from './mutation.ts'
import type { Outbox } from './outbox.ts'
import { newIdentity } from './state.ts'
import type { SyncState } from './state.ts'

/**
 * This data dir joins a team: from now on every write is recorded for it, and what was here before waits to be pushed. Once,
 * when a database is first configured; no connection is needed.
 */
export function adopt({ db, state, outbox }: { db: Db; state: SyncState; outbox: Outbox }): void {
  db.sqlite
    .transaction(() => {
      state.set('identity', newIdentity())
      for (const entity of entities) {
        const rows = db.statement(`SELECT * FROM ${entity}`).all() as (Record<string, unknown> & { id: string })[]
        // In slices: one list of all drafts of a large catalogue would not be needed for long, but be held at once.
        for (let at = 0; at < rows.length; at += 1_000) {
          const changes = rows
            .slice(at, at + 1_000)
            .map((after): Change => ({ entity, id: after.id, before: null, after }))
          outbox.adopt(planMutations(changes))
        }
      }
    })
    .immediate()
  outbox.rewriteJournal()
}
