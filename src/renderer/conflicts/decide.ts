import type { Conflict } from '#shared/conflicts.ts'
import type { call } from '../api.ts'
import { decideAlike } from './decide-alike.ts'
import type { AlikeResult } from './decide-alike.ts'
import { decisionOf } from './draft.ts'
import type { Draft } from './draft.ts'
import { stepsBefore, undoBoth, undoDecision } from './undo-decision.ts'
import type { Undo } from './undo-decision.ts'

export interface Asked {
  readonly conflict: Conflict
  readonly draft: Draft
  /** Others that get the same answer. */
  readonly others: readonly Conflict[]
}

interface Way {
  readonly call: typeof call
  readonly isStopped: () => boolean
  /** How many of the others are decided. */
  readonly onDone: (count: number) => void
}

type Decided =
  | { readonly status: 'stale' }
  | { readonly status: 'resolved'; readonly undos: readonly Undo[]; readonly alike: AlikeResult }

/** Decides a conflict as it was shown, then the others like it. */
export async function decide({ conflict, draft, others }: Asked, way: Way): Promise<Decided> {
  const decision = decisionOf(draft, conflict)
  if (decision === null) return { status: 'stale' }
  const { keep = null } = decision
  const before = keep === 'both' ? await stepsBefore(way.call, conflict) : new Set<string>()
  const { status } = await way.call('conflicts.resolve', { id: conflict.id, version: conflict.version, ...decision })
  if (status === 'stale') return { status }
  const undo = async (one: Conflict): Promise<Undo> =>
    keep === 'both' ? await undoBoth(way.call, one, before) : await undoDecision(way.call, one, keep)
  // Found at once: of keeping both, the step is known by being the only new one.
  const undos = [await undo(conflict)]
  const alike = keep === null || others.length === 0 ? nobody : await decideAlike({ conflict, others, keep, ...way })
  // Several second versions are better taken out of the line-up one by one, where each can be seen.
  if (keep === 'both' && alike.done.length > 0) return { status, undos: [], alike }
  for (const one of alike.done) undos.push(await undo(one))
  return { status, undos, alike }
}

const nobody: AlikeResult = { done: [], left: 0, error: null }

/** One way back for all of them, the last first; undefined where there is none. */
export function backOf(undos: readonly Undo[]): (() => Promise<void>) | undefined {
  const ways = undos.filter((one) => one !== null)
  if (ways.length === 0) return undefined
  return async () => {
    for (const way of ways.toReversed()) await way()
  }
}
