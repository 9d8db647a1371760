import type { UpdatesState } from '#shared/updates.ts'
import type { Db } from '../db/database.ts'

/** So long before a show nothing is installed. */
const BEFORE_MS = 2 * 60 * 60_000

/** Why nothing may be installed now: a show that is on, or begins soon. */
export function heldBack(db: Db, now: string): UpdatesState['heldBack'] {
  const running = db.get(
    db.build.selectFrom('sessions').select(['name', 'status']).where('status', 'in', ['live', 'rehearsal']).limit(1),
  )
  if (running) {
    const what = running.status === 'live' ? 'live' : 'in rehearsal'
    return { reason: `“${running.name}” is ${what}. Nothing is installed before it has ended.`, until: null }
  }
  const next = db.get(
    db.build
      .selectFrom('sessions')
      .select(['name', 'scheduled_at'])
      .where('status', 'in', ['draft', 'ready'])
      .where('scheduled_at', '>=', now)
      .where('scheduled_at', '<=', new Date(Date.parse(now) + BEFORE_MS).toISOString())
      .orderBy('scheduled_at')
      .limit(1),
  )
  if (!next) return null
  return {
    reason: `“${next.name}” begins within two hours. Nothing is installed before it.`,
    until: next.scheduled_at,
  }
}
