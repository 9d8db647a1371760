import type { SyncStatus } from '#shared/sync.ts'
import type { Say } from '../words/speech.ts'

/** One thing to tell. */
export interface Notice {
  readonly title: string
  readonly body: string
}

/** What is worth a notification between two states of the team, the most pressing first; null where nothing is. */
export function noticeOf(before: SyncStatus | null, after: SyncStatus, say: Say): Notice | null {
  if (!before) return null
  if (after.state === 'blocked' && before.state !== 'blocked') {
    return { title: say('Hudson no longer shares with the team'), body: after.reason ?? say('Open Hudson to see why.') }
  }
  if (after.stuck && !before.stuck) {
    return {
      title: say('An edit does not get through to the team'),
      body: after.warnings[0] ?? say('Open Hudson to see why.'),
    }
  }
  if (after.held > 0 && before.held === 0) {
    return {
      title: say('Others deleted much at once'),
      body:
        after.held === 1
          ? say('1 deletion by others waits for your word. Nothing is gone here yet.')
          : say('{count} deletions by others wait for your word. Nothing is gone here yet.', { count: after.held }),
    }
  }
  if (after.conflicts > before.conflicts) {
    return {
      title: say('Two edits of the same thing'),
      body: say('You and somebody else changed the same field. Both versions are kept until one is chosen.'),
    }
  }
  return null
}
