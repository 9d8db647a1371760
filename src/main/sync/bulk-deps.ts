import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Change } from '../db/write.ts'
import type { BulkMessage, BulkOrder } from './bulk.ts'
import type { Remote } from './remote.ts'

/** What a large pull works with, in its own thread. */
export interface BulkDeps {
  readonly db: Db
  readonly clock: Clock
  readonly remote: Remote
  readonly order: Pick<BulkOrder, 'job' | 'stagePath' | 'staged' | 'pageSize' | 'soonMs'>
  readonly say: (message: BulkMessage) => void
  /** Resolves when nobody else writes. */
  readonly mayWrite: () => Promise<void>
  /** Which changes are told one by one. */
  readonly hears: (change: Change) => boolean
  readonly search: Search
}

/** The search index, which is part of what a pull writes. */
export interface Search {
  /** Brings it up to date, inside the transaction that wrote. */
  update(): void
  /** Lets it stay behind for the rest of a transaction that brings most rows; answers how to build it anew. */
  suspend(): () => void
}
