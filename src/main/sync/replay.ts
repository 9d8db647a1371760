import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { putMutation } from './outbox-rows.ts'
import { PendingRows } from './pending-rows.ts'
import type { Row } from './merge.ts'
import { renumber } from './salvaged.ts'
import type { SalvagedEdits } from './salvaged.ts'
import { newIdentity, SyncState } from './state.ts'

export interface Replay {
  readonly edits: SalvagedEdits
  /** What the server had of rows with pending edits, by `rowKey`; as far as it could be read. */
  readonly bases: ReadonlyMap<string, Row | null>
  /** The team that the lost database belonged to, where that is known. */
  readonly databaseId: string | null
}

/**
 * Makes a rebuilt database a member of its team again [D3]: a client that the server has not seen, with the salvaged edits in
 * its queue and their effects on its rows. A declared full resync then brings everything else up to date, and takes away
 * what was salvaged but is long gone. Their `seen` stays: it is the same server, and what they knew of it is still true.
 */
export function replay(db: Db, clock: Clock, { edits, bases, databaseId }: Replay): void {
  db.sqlite.pragma('foreign_keys = OFF')
  try {
    db.sqlite
      .transaction(() => {
        const state = new SyncState(db)
        state.set('identity', newIdentity())
        state.set('cursor', { rev: 0, token: null })
        state.set('resync', true)
        if (databaseId !== null) state.set('databaseId', databaseId)
        const confirmed = renumber(edits.confirmed, 1)
        const pending = renumber(edits.pending, confirmed.length + 1)
        const at = clock.now()
        for (const mutation of confirmed) putMutation(db, mutation, at)
        for (const mutation of pending) putMutation(db, mutation)
        new PendingRows({ db, clock }).settle(pending, bases)
      })
      .immediate()
  } finally {
    db.sqlite.pragma('foreign_keys = ON')
  }
}
