import type { SyncStatus } from '#shared/sync.ts'

/** What a desktop tells that is online and has nothing to say, with what a test says of it. */
export function syncStatus(patch: Partial<SyncStatus> = {}): SyncStatus {
  return {
    state: 'online',
    since: null,
    stuck: false,
    pending: 0,
    oldestPendingAt: null,
    conflicts: 0,
    lastPushAt: null,
    lastPullAt: null,
    breaker: 'closed',
    schema: { local: 1, remote: 1 },
    nextTryAt: null,
    latencyMs: null,
    clockSkewMs: null,
    progress: null,
    held: 0,
    setAside: 0,
    warnings: [],
    ...patch,
  }
}
