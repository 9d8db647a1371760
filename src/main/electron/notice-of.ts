import type { SyncStatus } from '#shared/sync.ts'

/** One thing to tell. */
export interface Notice {
  readonly title: string
  readonly body: string
}

/** What is worth a notification between two states of the team, the most pressing first; null where nothing is. */
export function noticeOf(before: SyncStatus | null, after: SyncStatus): Notice | null {
  if (!before) return null
  if (after.state === 'blocked' && before.state !== 'blocked') {
    return { title: 'Hudson no longer shares with the team', body: after.reason ?? 'Open Hudson to see why.' }
  }
  if (after.held > 0 && before.held === 0) {
    const what = after.held === 1 ? '1 deletion' : `${after.held} deletions`
    return {
      title: 'Others deleted much at once',
      body: `${what} by others wait for your word. Nothing is gone here yet.`,
    }
  }
  if (after.conflicts > before.conflicts) {
    return {
      title: 'Two edits of the same thing',
      body: 'You and somebody else changed the same field. Both versions are kept until one is chosen.',
    }
  }
  return null
}
