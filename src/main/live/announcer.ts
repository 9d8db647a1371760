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
/** Followers do not say when they leave; of sessions without a show, this many are kept up to date. */
const keptIdle = 16

/**
 * Tells followers of a session what changed.
 *
 * 1. The announced state plus the delta is the new state; `seq` goes up by one with each delta, without a gap.
 * 2. Time that passes is no change. A delta always carries all clocks, so that clients count on from its moment.
 * 3. Sessions with a show, and the idle ones that were asked for last, are followed. The `seq` of none is forgotten.
 */
export class Announcer {
  readonly #events: Events
  readonly #seqs = new Map<string, number>()
  /** Asked for or changed last: last. */
  readonly #announced = new Map<string, Moment>()

  constructor(events: Events) {
    this.#events = events
  }

  seq(sessionId: string): number {
    return this.#seqs.get(sessionId) ?? 0
  }

  announced(sessionId: string): Moment | undefined {
    return this.#announced.get(sessionId)
  }

  /** The sessions whose changes must be told. */
  followed(): string[] {
    const idle = [...this.#announced].filter(([, { state }]) => state.mode === 'off').map(([sessionId]) => sessionId)
    for (const sessionId of idle.slice(0, -keptIdle)) this.#announced.delete(sessionId)
    return [...this.#announced.keys()]
  }

  /** Announces what differs from the last time; the first time there is nobody to tell. */
  announce(sessionId: string, moment: Moment): void {
    const before = this.#announced.get(sessionId)
    const patch = before ? deltaOf(before, moment) : []
    this.#announced.delete(sessionId)
    this.#announced.set(sessionId, moment)
    if (patch.length === 0) return
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
