import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Server } from 'node:net'
import { resolve } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type BetterSqlite3 from 'better-sqlite3'

// `node --import …/sick-computer.ts out/main/headless.js`: the built process, unchanged, on a computer that fails as a file
// says: 'full' (the database may not grow), 'refused' (it may not be written), 'no-port' (nobody may listen); empty: all is
// well. The errors are SQLite's own. SICK_CLOCK_MS sets the clock wrong.

const statePath = process.env['SICK_FILE']
const offset = Number(process.env['SICK_CLOCK_MS'] ?? 0)

if (offset !== 0) {
  const Real = Date
  globalThis.Date = class extends Real {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [Real.now() + offset] : given) as [number]))
    }
    static override now(): number {
      return Real.now() + offset
    }
  } as DateConstructor
}

if (statePath !== undefined && isMainThread) {
  const opened = followDatabases()
  const listen = Server.prototype.listen
  const sick = { state: '' }
  const follow = (): void => {
    const state = existsSync(statePath) ? readFileSync(statePath, 'utf8') : ''
    if (state === sick.state) return
    sick.state = state
    for (const db of opened) if (db.open) harm(db, state)
    writeFileSync(`${statePath}.done`, state)
  }
  follow()
  setInterval(follow, 20).unref()
  Server.prototype.listen = function refusing(this: Server, ...given: readonly unknown[]): Server {
    if (sick.state !== 'no-port') return (listen as (...all: unknown[]) => Server).apply(this, [...given])
    setImmediate(() => this.emit('error', Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })))
    return this
  } as typeof listen
}

function harm(db: BetterSqlite3.Database, state: string): void {
  const pages = Number(db.pragma('page_count', { simple: true }))
  db.pragma(`max_page_count = ${state === 'full' ? pages : 1_000_000_000}`)
  db.pragma(`query_only = ${state === 'refused' ? 'ON' : 'OFF'}`)
}

/** Every database that this process opens for writing, but for its lock: the first thing that is done with one is a pragma. */
function followDatabases(): Set<BetterSqlite3.Database> {
  const opened = new Set<BetterSqlite3.Database>()
  const Database = createRequire(resolve('package.json'))('better-sqlite3') as typeof BetterSqlite3
  const { pragma } = Database.prototype
  Database.prototype.pragma = function noted(this: BetterSqlite3.Database, ...given: Parameters<typeof pragma>) {
    if (!this.readonly && this.name.endsWith('hudson.db')) opened.add(this)
    return pragma.apply(this, given)
  }
  return opened
}
