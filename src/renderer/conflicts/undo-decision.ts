import type { Conflict } from '#shared/conflicts.ts'
import type { call } from '../api.ts'
import type { Keep } from './decide-alike.ts'
import { isWhole } from './draft.ts'
import type { Side } from './draft.ts'

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
  const other = keep === 'mine' ? 'theirs' : 'mine'
  const which = keep === null ? conflict.standing : other
  if (!isWhole(conflict)) return undoFields(ask, conflict, which)
  if (conflict.kind === 'live' || keep === null) return null
  const logId = await entryOf(ask, conflict)
  if (logId === null) return null
  if (conflict.kind === 'order') return () => ask('conflicts.restore', { logId, which, force: true })
  const isGone = conflict.fields.find(({ name }) => name === 'deleted')?.[other === 'mine' ? 'theirs' : 'mine'] === true
  return isGone ? () => ask('conflicts.restore', { logId }) : null
}

/** The values that were shown: the log has them as they were when the conflict arose, which may be longer ago. */
function undoFields(ask: Call, { entity, entityId, fields }: Conflict, side: Side): Undo {
  const values = fields.map((field) => [field.name, field[side] ?? null] as const)
  if (!values.every(([name]) => editable.has(name))) return null
  const patch = nested(values)
  if (entity === 'sessions') return () => ask('sessions.update', { id: entityId, patch })
  return entity === 'session_products' ? () => ask('lineup.update', { itemId: entityId, patch }) : null
}

const editable: ReadonlySet<string> = new Set([
  'brandId',
  'code',
  'name',
  'notes',
  'overrides.compareAtPriceCents',
  'overrides.name',
  'overrides.priceCents',
  'overrides.talkingPointsMd',
  'scheduledAt',
  'section',
  'skip',
  'status',
])

/** `overrides.name` is the name in the overrides. */
function nested(values: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  const overrides: Record<string, unknown> = {}
  for (const [name, value] of values) {
    if (name.startsWith('overrides.')) overrides[name.slice('overrides.'.length)] = value
    else patch[name] = value
  }
  return Object.keys(overrides).length === 0 ? patch : { ...patch, overrides }
}

/** What the log has of a decision that was just made; null where nothing of it can be restored. */
async function entryOf(ask: Call, { sessionId, entityId }: Conflict): Promise<string | null> {
  const { items } = await ask('conflicts.log', {
    automatic: false,
    limit: 50,
    ...(sessionId !== null && { sessionId }),
  })
  const entry = items.find((one) => one.entityId === entityId)
  return entry?.restorable === true ? entry.id : null
}
