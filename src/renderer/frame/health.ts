import type { SyncStatus } from '#shared/sync.ts'
import type { Trouble } from '#shared/trouble.ts'

/** How this desktop stands to its team, for one look. `word` is a key of the words of health. */
export interface Health {
  readonly kind: 'ok' | 'warn' | 'bad'
  readonly shape: string
  readonly word:
    | 'unsaved'
    | 'saved'
    | 'shared'
    | 'onTheWay'
    | 'receiving'
    | 'stuck'
    | 'held'
    | 'offline'
    | 'offlineWaiting'
    | 'paused'
    | 'updateRequired'
    | 'signIn'
    | 'quota'
    | 'blocked'
  /** Edits that wait, where the word names them. */
  readonly count?: number
  readonly progress?: NonNullable<SyncStatus['progress']>
}

/** The most pressing thing that is told of this computer and its team. */
export function healthOf(status: SyncStatus | undefined, trouble: Trouble | undefined): Health {
  if (trouble?.storage) return { kind: 'bad', shape: '▲', word: 'unsaved' }
  const count = status?.pending ?? 0
  switch (status?.state) {
    case 'online':
      return onlineHealth(status)
    case 'offline':
      return { kind: 'warn', shape: '◆', word: count === 0 ? 'offline' : 'offlineWaiting', count }
    case 'paused':
      return { kind: 'warn', shape: '‖', word: 'paused' }
    case 'blocked':
      return { kind: 'bad', shape: '▲', word: blocks.get(status.blockedBy ?? '') ?? 'blocked' }
    default:
      return { kind: status?.reason === undefined ? 'ok' : 'warn', shape: '●', word: 'saved' }
  }
}

const blocks: ReadonlyMap<string, Health['word']> = new Map([
  ['update', 'updateRequired'],
  ['sign-in', 'signIn'],
  ['quota', 'quota'],
])

function onlineHealth({ stuck, held, progress, pending, warnings }: SyncStatus): Health {
  if (stuck) return { kind: 'bad', shape: '▲', word: 'stuck' }
  if (held > 0) return { kind: 'warn', shape: '◆', word: 'held' }
  if (progress) return { kind: 'ok', shape: '↓', word: 'receiving', progress }
  const kind = warnings.length > 0 ? 'warn' : 'ok'
  const shape = kind === 'warn' ? '◆' : '●'
  return pending === 0 ? { kind, shape, word: 'shared' } : { kind, shape, word: 'onTheWay', count: pending }
}
