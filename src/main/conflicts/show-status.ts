import type { Db } from '../db/database.ts'
import type { SessionRow } from '../db/schema.ts'
import type { Writer } from '../db/write.ts'
import { sessionName } from './titles.ts'

/** Why a session cannot take this status now; null where it can. Its status follows its show, never the other way round. */
export function statusProblem(db: Db, sessionId: string, status: string): string | null {
  const mode = modeOf(db, sessionId)
  if (status === mode) return null
  const name = sessionName(db, sessionId) ?? 'This session'
  if (mode === 'live') return `"${name}" is live. Its status can be changed once the show has ended.`
  if (mode === 'rehearsal') return `"${name}" is in rehearsal. Its status can be changed once that has ended.`
  return isRunning(status)
    ? `The show "${name}" is not running any more. Start it again in the producer console.`
    : null
}

/** After somebody decided which desktop's show goes on: the session says what the show does. */
export function settleStatus({ db, writer }: { readonly db: Db; readonly writer: Writer }, sessionId: string): void {
  const session = db.get(db.build.selectFrom('sessions').select('status').where('id', '=', sessionId))
  const mode = modeOf(db, sessionId)
  if (!session || session.status === mode || (mode === 'off' && !isRunning(session.status))) return
  const ended = session.status === 'live' ? 'ended' : 'draft'
  const status = mode === 'off' ? ended : mode
  writer.transact((tx) => tx.update('sessions', sessionId, { status }))
}

function modeOf(db: Db, sessionId: string): 'off' | 'rehearsal' | 'live' {
  return db.get(db.build.selectFrom('session_states').select('mode').where('id', '=', sessionId))?.mode ?? 'off'
}

function isRunning(status: string): status is Extract<SessionRow['status'], 'rehearsal' | 'live'> {
  return status === 'rehearsal' || status === 'live'
}
