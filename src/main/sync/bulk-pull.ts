import { closeSync, openSync, readSync, rmSync, writeSync, ftruncateSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Synced } from '../db/schema.ts'
import type { Change } from '../db/write.ts'
import { Applier } from './apply.ts'
import type { Applied } from './apply.ts'
import type { BulkMessage, BulkOrder, Staged } from './bulk.ts'
import type { PullPage, Remote, WireRow } from './remote.ts'
import { SyncState } from './state.ts'

/** Rows of one page: enough that a round trip is nothing, few enough that two of them are no memory to speak of. */
const PAGE = 8_000
/** Rows that are applied at once. */
const PORTION = 4_000
const READ_BYTES = 1 << 20

export interface BulkDeps {
  readonly db: Db
  readonly clock: Clock
  readonly remote: Remote
  readonly order: Pick<BulkOrder, 'job' | 'stagePath' | 'staged' | 'pageSize'>
  readonly say: (message: BulkMessage) => void
  /** Resolves when nobody else writes. */
  readonly mayWrite: () => Promise<void>
  /** Which changes are told one by one. */
  readonly hears: (change: Change) => boolean
  /** Runs inside the transaction, after every portion. */
  readonly afterPortion: () => void
}

/**
 * Fetches all pages into a file, then writes them in one transaction. [L1] While pages come in, nothing is locked; while they are
 * written, readers see the state before.
 */
export async function pullInBulk(deps: BulkDeps): Promise<Applied> {
  const { stagePath } = deps.order
  const last = await fetchAll(deps)
  await deps.mayWrite()
  const applied = applyStaged(deps, last)
  rmSync(stagePath, { force: true })
  return applied
}

/** Answers the last page; the rows of all are in the file. */
async function fetchAll({ remote, order, say }: BulkDeps): Promise<PullPage> {
  const { job, stagePath, pageSize = PAGE } = order
  const file = openSync(stagePath, order.staged ? 'r+' : 'w', 0o600)
  try {
    let staged: Staged = order.staged ?? { cursor: job.full ? { rev: 0, token: null } : job.cursor, rows: 0, bytes: 0 }
    ftruncateSync(file, staged.bytes)
    const ask = (cursor: Staged['cursor']): Promise<PullPage> =>
      remote.pull({ ...job.caller, since: job.full ? -1 : job.cursor.rev, cursor, acked: job.acked, limit: pageSize })
    let next = ask(staged.cursor)
    for (;;) {
      const page = await next
      if (page.status === 'resync') throw new Error('The server was restored while it was read.')
      // The next page is on its way while this one is written down.
      if (!page.complete) next = ask(page.cursor)
      const bytes = Buffer.from(page.rows.map(lineOf).join(''))
      writeSync(file, bytes, 0, bytes.length, staged.bytes)
      staged = { cursor: page.cursor, rows: staged.rows + page.rows.length, bytes: staged.bytes + bytes.length }
      say({ kind: 'staged', staged, head: page.head })
      if (page.complete) return page
    }
  } finally {
    closeSync(file)
  }
}

function applyStaged({ db, clock, order, hears, afterPortion }: BulkDeps, last: PullPage): Applied {
  const { job, stagePath } = order
  const state = new SyncState(db)
  const applier = new Applier({ db, clock, state, hears })
  const head = { cursor: last.cursor, lastMutationId: last.lastMutationId, verdicts: last.verdicts, full: job.full }
  return db.sqlite
    .transaction(() => {
      const run = applier.begin(head, job.full || hasDeletions(stagePath) ? readRows(stagePath) : [])
      for (const portion of portions(readRows(stagePath))) {
        run.add(portion)
        afterPortion()
      }
      const applied = run.finish()
      afterPortion()
      if (job.full) state.set('resync', false)
      return applied
    })
    .immediate()
}

function hasDeletions(path: string): boolean {
  for (const { body } of readRows(path)) if (body === null) return true
  return false
}

function lineOf({ entity, id, body }: WireRow): string {
  // JSON holds neither tab nor line break unescaped.
  return `${entity}\t${id}\t${body ?? ''}\n`
}

function* portions(rows: Iterable<WireRow>): Iterable<WireRow[]> {
  let portion: WireRow[] = []
  for (const row of rows) {
    portion.push(row)
    if (portion.length < PORTION) continue
    yield portion
    portion = []
  }
  yield portion
}

function* readRows(path: string): Iterable<WireRow> {
  for (const line of readLines(path)) {
    const first = line.indexOf('\t')
    const second = line.indexOf('\t', first + 1)
    const body = line.slice(second + 1)
    yield { entity: line.slice(0, first) as Synced, id: line.slice(first + 1, second), body: body === '' ? null : body }
  }
}

function* readLines(path: string): Iterable<string> {
  const file = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(READ_BYTES)
  try {
    let rest = ''
    for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, bytes))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    closeSync(file)
  }
}
