import type { LiveState, PatchOperation } from '#shared/live.ts'
import { diffTopLevel, sameJson } from '#shared/live-patch.ts'
import type { Events } from '../events.ts'
import type { StampedTimer } from './show.ts'

/** A state, and what its running clock counts from: that alone tells a clock that was reset from one that went on. */
export interface Moment {
  readonly state: LiveState
  readonly timer: StampedTimer
}

const clocks: readonly (keyof LiveState)[] = ['showElapsedMs', 'messageElapsedMs', 'timer']

/**
 * Tells followers of a session what changed.
 *
 * 1. The announced state plus the delta is the new state; `seq` goes up by one with each delta, without a gap.
 * 2. Time that passes is no change. A delta always carries all clocks, so that clients count on from its moment.
 * 3. A session without listeners and without a show is forgotten, its `seq` is not.
 */
export class Announcer {
  readonly #events: Events
  readonly #seqs = new Map<string, number>()
  readonly #announced = new Map<string, Moment>()
  readonly #joined = new Map<string, number>()

  constructor(events: Events) {
    this.#events = events
  }

  seq(sessionId: string): number {
    return this.#seqs.get(sessionId) ?? 0
  }

  join(sessionId: string): void {
    this.#joined.set(sessionId, (this.#joined.get(sessionId) ?? 0) + 1)
  }

  leave(sessionId: string): void {
    const left = (this.#joined.get(sessionId) ?? 0) - 1
    if (left > 0) this.#joined.set(sessionId, left)
    else this.#joined.delete(sessionId)
  }

  announced(sessionId: string): Moment | undefined {
    return this.#announced.get(sessionId)
  }

  /** The sessions that must hear of changes; forgets the others. */
  followed(): string[] {
    for (const [sessionId, { state }] of this.#announced) {
      if (state.mode === 'off' && !this.#joined.has(sessionId)) this.#announced.delete(sessionId)
    }
    return [...this.#announced.keys()]
  }

  /** Announces what differs from the last time; the first time there is nobody to tell. */
  announce(sessionId: string, moment: Moment): void {
    const before = this.#announced.get(sessionId)
    const patch = before ? deltaOf(before, moment) : []
    if (before && patch.length === 0) return
    this.#announced.set(sessionId, moment)
    if (!before) return
    const seq = this.seq(sessionId) + 1
    this.#seqs.set(sessionId, seq)
    this.#events.emit('live', { sessionId, seq, patch })
  }
}

function deltaOf(before: Moment, after: Moment): PatchOperation[] {
  const paths = new Set(clocks.map((key) => `/${key}`))
  const patch = diffTopLevel(before.state, after.state).filter((operation) => !paths.has(operation.path))
  if (patch.length === 0 && sameJson(anchorOf(before.timer), anchorOf(after.timer))) return []
  return [...patch, ...clocks.map((key) => ({ op: 'replace' as const, path: `/${key}`, value: after.state[key] }))]
}

/** A clock that stands still counts from nowhere. */
function anchorOf(timer: StampedTimer): object {
  return { ...timer, at: timer.running ? timer.at : null }
}
