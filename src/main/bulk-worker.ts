import Database from 'better-sqlite3'
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { must } from '#shared/must.ts'
import { systemClock } from './clock.ts'
import { Db } from './db/database.ts'
import { SearchIndex } from './library/search-index.ts'
import { pullInBulk } from './sync/bulk-pull.ts'
import type { BulkMessage, BulkOrder } from './sync/bulk.ts'
import { PostgresRemote } from './sync/postgres.ts'

// A large pull, away from the thread that answers people. A connection of its own to both databases; ends with its answer.

const port = must(parentPort, 'a worker has a parent')
const order = workerData as BulkOrder
const say = (message: BulkMessage): void => port.postMessage(message)

try {
  using db = new Db(new Database(order.dbPath, { fileMustExist: true, timeout: 10_000 }))
  db.sqlite.pragma('synchronous = FULL')
  db.sqlite.pragma('fullfsync = 1')
  db.sqlite.pragma('foreign_keys = OFF')
  db.sqlite.pragma('cache_size = -32768')
  // What sorting needs beyond the cache: of a large team it would be hundreds of megabytes.
  db.sqlite.pragma('temp_store = FILE')
  // Below, once the result is told.
  db.sqlite.pragma('wal_autocheckpoint = 0')
  await using remote = new PostgresRemote(order.connection)
  const { changes, touched, confirmed } = await pullInBulk({
    db,
    clock: systemClock,
    remote,
    order,
    say,
    mayWrite: async () => {
      say({ kind: 'writing' })
      await once(port, 'message')
    },
    // Whoever follows a show has to hear which items went.
    hears: ({ entity, after }) => entity === 'session_products' && after === null,
    search: new SearchIndex(db),
  })
  say({ kind: 'done', changes, touched: [...touched], confirmed })
  // All is on disk, in the log. Taking it over into the database takes long too; where the other thread did, it would stand still.
  db.sqlite.pragma('wal_checkpoint(PASSIVE)')
} catch (error) {
  const { name, message } = error as Error
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  say({ kind: 'failed', error: { name, message, code } })
}
