import type { Conflict } from '#shared/conflicts.ts'
import type { call } from '../api.ts'
import { isWhole } from './draft.ts'
import type { Keep } from './decide-alike.ts'

type Call = typeof call

/** A way back; null where there is none. */
export type Undo = (() => Promise<unknown>) | null

/** What can be undone of keeping both: asked before, because the step is known by being new. */
export async function stepsBefore(ask: Call, { sessionId }: Conflict): Promise<ReadonlySet<string>> {
  if (sessionId === null) return new Set()
  const { undo } = await ask('history.state', { scope: `session:${sessionId}` })
  return new Set(undo.map(({ id }) => id))
}

/** How the second version of an item goes away again. */
export async function undoBoth(ask: Call, { sessionId }: Conflict, before: ReadonlySet<string>): Promise<Undo> {
  if (sessionId === null) return null
  const scope = `session:${sessionId}`
  const { undo } = await ask('history.state', { scope })
  const step = undo.find(({ id }) => !before.has(id))
  return step ? () => ask('history.undo', { scope, id: step.id }) : null
}

/**
 * How a decision is taken back: the side that was not taken is put in its place. Where there was more than one side, what
 * everybody had before comes back. A row that was kept is not removed again, and a show has gone on.
 */
export async function undoDecision(ask: Call, conflict: Conflict, keep: Keep | null): Promise<Undo> {
  const { items } = await ask('conflicts.log', {
    automatic: false,
    limit: 50,
    ...(conflict.sessionId !== null && { sessionId: conflict.sessionId }),
  })
  const entry = items.find(({ entityId }) => entityId === conflict.entityId)
  if (!entry?.restorable) return null
  if (conflict.kind === 'delete') {
    const gone =
      conflict.fields.find(({ name }) => name === 'deleted')?.[keep === 'theirs' ? 'theirs' : 'mine'] === true
    return gone ? () => ask('conflicts.restore', { logId: entry.id }) : null
  }
  if (isWhole(conflict) && keep === null) return null
  const other = keep === 'mine' ? 'theirs' : 'mine'
  const which = keep === null ? conflict.standing : other
  return () => ask('conflicts.restore', { logId: entry.id, which, force: true })
}
