import type { Db } from '../../../src/main/db/database.ts'
import type { ClientPlant } from './client.ts'
import { differences, localTables, serverTables } from './compare.ts'
import type { Disk } from './disk.ts'
import { heal } from './heal.ts'
import { Play } from './play.ts'
import type { SimServer } from './server.ts'
import { compareToOracle } from './verdict.ts'
import { World } from './world.ts'

export interface RunOptions {
  readonly seed: number
  readonly ops: number
  readonly server: SimServer
  readonly disk: Disk
  /** Where clients keep their files. */
  readonly root: string
  readonly plant: ClientPlant
}

export interface RunResult {
  readonly seed: number
  /** What is wrong, a line each; empty = nothing. */
  readonly problems: readonly string[]
  readonly trace: readonly string[]
}

/** One seed: everything that can happen to a team, and whether all is well once it has ended. */
export async function simulate(options: RunOptions): Promise<RunResult> {
  await options.server.begin()
  using world = new World(options)
  const play = new Play(world)
  try {
    await play.begin()
    await play.play(options.ops)
    await heal(world)
    await check(world)
  } catch (error) {
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  await play.restore.forget()
  return { seed: options.seed, problems: [...new Set(world.problems)], trace: world.trace }
}

/** What must hold when everybody is quiet. */
async function check({ server, clients, problems, ledger, watch }: World): Promise<void> {
  const there = await serverTables(server)
  for (const { label, core } of clients) {
    for (const line of differences([label, 'the server'], localTables(core.db), there)) {
      problems.push(`${line}${historyOf(core.db, line)}`)
    }
    for (const table of ['sync_base', 'sync_held', 'sync_aside', 'sync_outbox WHERE acked_at IS NULL']) {
      const left = core.db.sqlite.prepare(`SELECT * FROM ${table}`).all()
      if (left.length > 0) problems.push(`${label} ${table}: ${JSON.stringify(left.slice(0, 3))}`)
    }
  }
  problems.push(...watch.problems, ...ledger.lost(there), ...compareToOracle(watch.events, there))
}

/** What this client did to the row of a difference. */
function historyOf(db: Db, line: string): string {
  const [entity, id] = line.replace(/^[A-D] has not /, '').split(/:? /)
  const done = db.sqlite
    .prepare('SELECT id, op, seen, acked_at IS NULL AS waits FROM sync_outbox WHERE entity = ? AND row_id = ?')
    .all(entity, id) as { id: number; op: string; seen: number; waits: number }[]
  return done.map((one) => ` [${one.id} ${one.op} at rev ${one.seen}${one.waits ? ', waits' : ''}]`).join('')
}
