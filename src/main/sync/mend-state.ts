import * as z from 'zod'
import type { Db } from '../db/database.ts'
import { newIdentity, SyncState } from './state.ts'

const shapes = new Map<string, z.ZodType>([
  [
    'identity',
    z.object({
      clientId: z.guid(),
      incarnation: z.guid(),
      previous: z.guid().nullable(),
      unanswered: z.array(z.guid()),
      greeted: z.boolean(),
    }),
  ],
  ['cursor', z.object({ rev: z.int().min(0), token: z.guid().nullable() })],
  ['databaseId', z.guid().nullable()],
])

/**
 * Values that cannot be what was written are replaced by what asks the server again: who we are by a new client, how far we are by
 * a full resync. At a start, before anything reads them.
 */
export function mendState(db: Db): void {
  const rows = db.statement('SELECT name, value FROM sync_state').all() as { name: string; value: string }[]
  const broken = rows.filter(({ name, value }) => shapes.get(name)?.safeParse(JSON.parse(value)).success === false)
  if (broken.length === 0) return
  db.sqlite
    .transaction(() => {
      const state = new SyncState(db)
      for (const { name } of broken) {
        if (name === 'identity') state.set('identity', newIdentity())
        else if (name === 'databaseId') state.set('databaseId', null)
        else {
          state.set('cursor', { rev: 0, token: null })
          state.set('resync', true)
        }
      }
    })
    .immediate()
}
