import { AppError } from '#shared/app-error.ts'
import type { Db } from '../db/database.ts'
import type { SessionRow } from '../db/schema.ts'
import type { Change } from '../db/write.ts'

/** Whether the live guard is on: the session is live, and structural or destructive changes of it are refused. */
export function isGuarded(db: Db, sessionId: string): boolean {
  const state = db.get(db.build.selectFrom('session_states').select(['mode', 'guard']).where('id', '=', sessionId))
  return state?.mode === 'live' && state.guard === 1
}

/** Refuses what would change much of a line-up at once while the guard is on. `what` names it: 'Removing several items'. */
export function refuseWhileGuarded(db: Db, sessionId: string, what: string): void {
  if (!isGuarded(db, sessionId)) return
  throw new AppError(
    'conflict',
    `The live guard is on, and nothing was changed: ${what} could confuse the show. ` +
      'Do it after the show, or turn the guard off in the producer console first.',
  )
}

/** Refuses to take a session away that is being shown. */
export function refuseWhileRunning(
  { name, status }: SessionRow,
  verb: 'deleted' | 'archived' | 'changed to that status',
): void {
  if (status !== 'rehearsal' && status !== 'live') return
  const what = status === 'live' ? 'live' : 'in rehearsal'
  const end = status === 'live' ? 'show' : 'rehearsal'
  const guard = status === 'live' ? ' While it is live, the guard protects it.' : ''
  throw new AppError(
    'conflict',
    `"${name}" is ${what} and cannot be ${verb} now.${guard} End the ${end} first, then try again.`,
  )
}

/**
 * Refuses an undo or redo that a command would be refused for: one that takes a running session away, that removes or
 * renumbers several items under the live guard, or that would bring a product or a frozen number into a line-up twice.
 */
export function checkRevert(db: Db, changes: readonly Change[]): void {
  for (const change of changes) {
    const { entity, id, before } = change
    if (entity === 'sessions' && before === null) refuseRemoval(db, id)
    if (entity === 'session_products' && before !== null && change.after === null) refuseTwice(db, change)
  }
  refuseTakenNumbers(db, changes)
  for (const sessionId of severely(changes)) refuseWhileGuarded(db, sessionId, 'undoing or redoing this step')
}

function refuseRemoval(db: Db, id: string): void {
  const row = db.get(db.build.selectFrom('sessions').selectAll().where('id', '=', id))
  if (row) refuseWhileRunning(row, 'deleted')
}

function refuseTwice(db: Db, { id, before }: Change): void {
  const twin = db
    .statement('SELECT 1 FROM session_products WHERE session_id = ? AND product_id = ? AND id <> ?')
    .get(before?.['session_id'], before?.['product_id'], id)
  if (twin) {
    throw new AppError(
      'stale',
      'This step cannot be undone any more: the product was added to the line-up again since.',
    )
  }
}

/** Viewers type numbers: no two items may answer to one. What the step itself gives other numbers is not in the way. */
function refuseTakenNumbers(db: Db, changes: readonly Change[]): void {
  const own = JSON.stringify(changes.map(({ id }) => id))
  for (const { entity, before, after } of changes) {
    const number = before?.['number']
    if (entity !== 'session_products' || typeof number !== 'number' || number === after?.['number']) continue
    const holder = db
      .statement(
        `SELECT 1 FROM session_products WHERE session_id = ? AND number = ?
         AND id NOT IN (SELECT value FROM json_each(?))`,
      )
      .get(before?.['session_id'], number, own)
    if (holder) {
      throw new AppError(
        'stale',
        `This step cannot be undone any more: number ${number} belongs to another item since. ` +
          'Undo that first, or add the product again.',
      )
    }
  }
}

/** Sessions of which several items would go, or several change their numbers. */
function severely(changes: readonly Change[]): string[] {
  const counts = new Map<string, number>()
  for (const { entity, before, after } of changes) {
    if (entity !== 'session_products' || after === null) continue
    if (before !== null && before['number'] === after['number']) continue
    const sessionId = String(after['session_id'])
    counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1)
  }
  return [...counts].filter(([, count]) => count > 1).map(([sessionId]) => sessionId)
}
