import { CLOCK_SKEW_MS } from '#shared/sync.ts'
import type { SyncBlock, SyncStatus } from '#shared/sync.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { SyncEngine } from './engine.ts'
import type { FailureKind } from './failure-rules.ts'
import type { Held } from './held.ts'
import type { Outbox } from './outbox.ts'
import { REMOTE_SCHEMA } from './remote.ts'
import type { SyncState } from './state.ts'

export interface StatusDeps {
  readonly db: Db
  readonly clock: Clock
  readonly state: SyncState
  readonly outbox: Outbox
  readonly held: Held
  /** null where no team database is set up. */
  readonly engine: SyncEngine | null
  readonly progress: () => SyncStatus['progress']
  /** The second copy of the queue cannot be written. */
  readonly journalBroken: () => boolean
}

/** Everything that the engine knows, in a producer's words. */
export function readStatus(deps: StatusDeps): SyncStatus {
  const { db, clock, state, outbox, held, engine } = deps
  const pending = state.joined ? outbox.edits() : 0
  const { state: name, reason, blockedBy } = position(engine, { pending, state })
  const nextTry = engine?.nextTryInMs ?? null
  const waitsForTry = nextTry !== null && (name === 'offline' || name === 'blocked')
  return {
    state: name,
    ...(reason !== undefined && { reason }),
    since: name === 'offline' || name === 'blocked' ? sinceOf(engine) : null,
    stuck: (engine?.stuckMs ?? 0) > 0,
    ...(blockedBy !== undefined && { blockedBy }),
    pending,
    oldestPendingAt: outbox.head()?.at ?? null,
    conflicts: count(db, `conflicts WHERE status = 'open'`),
    lastPushAt: state.get('lastPushAt'),
    lastPullAt: state.get('lastPullAt'),
    breaker: engine?.breaker ?? 'closed',
    schema: { local: REMOTE_SCHEMA, remote: state.get('remoteSchema') },
    nextTryAt: waitsForTry ? new Date(Date.parse(clock.now()) + nextTry).toISOString() : null,
    latencyMs: rounded(engine?.latencyMs ?? null),
    clockSkewMs: rounded(engine?.skewMs ?? null),
    progress: name === 'online' ? deps.progress() : null,
    held: held.count(),
    setAside: count(db, 'sync_aside'),
    warnings: warnings(deps, pending),
  }
}

const blocks: Readonly<Partial<Record<FailureKind, SyncBlock>>> = {
  'update-required': 'update',
  unauthorized: 'sign-in',
  quota: 'quota',
  certificate: 'certificate',
  'other-database': 'other-team',
  unmigrated: 'not-set-up',
  rights: 'rights',
}

function position(
  engine: SyncEngine | null,
  { pending, state }: { pending: number; state: SyncState },
): Pick<SyncStatus, 'state' | 'reason' | 'blockedBy'> {
  const waiting = (until = ''): string => (pending === 0 ? '' : ` ${edits(pending)}${until}; nothing is lost.`)
  if (!engine) {
    if (!state.joined) return { state: 'unconfigured' }
    return { state: 'unconfigured', reason: `No team database is set up any more.${waiting()}` }
  }
  if (engine.paused) return { state: 'paused', reason: `Paused on this computer.${waiting(' until you resume')}` }
  const now = engine.state
  switch (now.kind) {
    case 'online':
      return { state: 'online' }
    case 'connecting':
      return { state: 'offline', reason: `Looking for the team's database.${waiting(' for the network')}` }
    case 'blocked':
      return {
        state: 'blocked',
        reason: `${now.failure.message}${waiting()}`,
        blockedBy: blocks[now.failure.kind] ?? 'address',
      }
    default:
      return { state: 'offline', reason: `${now.failure.message}${waiting(' for the network')}` }
  }
}

function sinceOf(engine: SyncEngine | null): string | null {
  return engine && 'since' in engine.state ? engine.state.since : null
}

function warnings({ db, engine, held, journalBroken }: StatusDeps, pending: number): string[] {
  const found: string[] = []
  const deletions = held.count()
  if (deletions > 0) {
    found.push(
      `Others deleted ${things(deletions, 'product or session', 'products or sessions')} at once. They are kept here until you say so.`,
    )
  }
  const stuck = engine?.stuckMs ?? 0
  if (stuck > 0) {
    found.push(
      `${edits(pending)}, and the oldest has not moved for ${Math.floor(stuck / 60_000)} min although the team can be reached. Look at Diagnostics.`,
    )
  }
  if (journalBroken()) {
    found.push(
      'The second copy of the edits that wait cannot be written. Is the disk full? The edits themselves are safe.',
    )
  }
  const skew = engine?.skewMs ?? null
  // [F7]
  if (skew !== null && Math.abs(skew) > CLOCK_SKEW_MS) {
    const minutes = Math.round(Math.abs(skew) / 60_000)
    found.push(
      `This computer's clock is ${minutes} min ${skew > 0 ? 'behind' : 'ahead'}. Set it right: times that others see are off.`,
    )
  }
  const aside = count(db, 'sync_aside')
  if (aside > 0) {
    found.push(
      `${things(aside, 'row of the team does', 'rows of the team do')} not fit this version and ${aside === 1 ? 'is' : 'are'} not shown. Update Hudson.`,
    )
  }
  return found
}

function edits(pending: number): string {
  return things(pending, 'edit waits', 'edits wait')
}

function things(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

function count(db: Db, from: string): number {
  return db.statement(`SELECT count(*) FROM ${from}`).pluck(true).get() as number
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value)
}
