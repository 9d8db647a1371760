import { AppError } from '#shared/app-error.ts'
import type { conflicts } from '#shared/conflicts.ts'
import type { Handlers, Output, Parsed } from '#shared/contract.ts'
import { sameJson } from '#shared/live-patch.ts'
import type { Db } from '../db/database.ts'
import { ConflictViews, versionOf } from './conflict-view.ts'
import { disputedFields } from './disputed.ts'
import type { EditDeps } from './edits.ts'
import { listLog } from './log-list.ts'
import { planChoices, planKeep } from './resolution.ts'
import type { Decision, Plan } from './resolution.ts'
import { restore } from './restore.ts'
import { Viewer } from './sides.ts'
import type { Me } from './sides.ts'
import { conflictRow, resolutionOf } from './stored.ts'

export interface ConflictDeps extends EditDeps {
  readonly me: () => Me
  /**
   * Asks the team's database. To be answered once the rows that a decision changed are here; throws `offline` where it cannot
   * be reached.
   */
  readonly resolve: (decision: Decision & { readonly conflictId: string }) => Promise<'resolved' | 'stale' | 'gone'>
}

/** How many conflicts a list holds where nobody says. */
const LISTED = 500

/**
 * Conflicts and the log of what was decided.
 *
 * 1. What stands is read from the rows as they are here; what waits is kept by the server until somebody decides.
 * 2. A decision is the server's to take: this desktop says what it showed, and is told `stale` where that is not so any more. What
 *    belongs to a decision and the server does not do (a second version of an item) is an ordinary edit afterwards, also where
 *    the server's answer got lost: the list finishes it once the decision has come back.
 * 3. Restoring is an ordinary edit throughout: it works offline, and can be undone.
 */
export function createConflicts(deps: ConflictDeps): Handlers<typeof conflicts> {
  const { db, me } = deps
  const viewer = (): Viewer => new Viewer(db, me())
  const unfinished: Unfinished = new Map()
  return {
    'conflicts.list': (input) => {
      finish(db, unfinished)
      return list(db, viewer(), input)
    },
    'conflicts.resolve': (input) => {
      finish(db, unfinished)
      return decide(deps, { viewer: viewer(), unfinished }, input)
    },
    'conflicts.log': (input) => listLog(db, viewer(), input),
    'conflicts.restore': (input) => restore({ ...deps, author: me().device }, viewer(), input),
  }
}

function list(
  db: Db,
  viewer: Viewer,
  { open, sessionId, limit = LISTED }: Parsed<'conflicts.list'>,
): Output<'conflicts.list'> {
  let query = db.build.selectFrom('conflicts').selectAll()
  if (open !== undefined) query = query.where('status', '=', open ? 'open' : 'resolved')
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
  const rows = db.all(query.orderBy('status').orderBy('created_at', 'desc').orderBy('id', 'desc'))
  const views = new ConflictViews(db, viewer)
  return { items: rows.slice(0, limit).map((row) => views.of(row)), total: rows.length }
}

async function decide(
  deps: ConflictDeps,
  { viewer, unfinished }: { readonly viewer: Viewer; readonly unfinished: Unfinished },
  { id, keep, choices, version }: Parsed<'conflicts.resolve'>,
): Promise<Output<'conflicts.resolve'>> {
  const { db, resolve } = deps
  const row = conflictRow(db, id)
  if (!row) throw gone()
  if (row.status === 'resolved') return { status: 'resolved' }
  if (version !== undefined && version !== versionOf(row, disputedFields(db, row))) return { status: 'stale' }
  const asked = { row, view: viewer.conflict(row) }
  const plan = keep === undefined ? planChoices(deps, asked, choices ?? {}) : planKeep(deps, asked, keep)
  unfinished.set(id, plan)
  const shown = { ...plan.shown, parked_at: row.parked_at }
  const status = await resolve({ conflictId: id, choices: plan.choices, shown })
  unfinished.delete(id)
  if (status === 'gone') throw gone()
  if (status === 'resolved') plan.afterwards?.()
  return { status }
}

/** Decisions whose answer did not come, by conflict: taken or not, the conflict itself will tell. */
type Unfinished = Map<string, Plan>

function finish(db: Db, unfinished: Unfinished): void {
  for (const [id, { choices, afterwards }] of unfinished) {
    const row = conflictRow(db, id)
    if (row?.status !== 'resolved') continue
    unfinished.delete(id)
    if (sameJson(resolutionOf(row), choices)) afterwards?.()
  }
}

function gone(): AppError {
  return new AppError('not-found', 'This conflict is not there any more.')
}
