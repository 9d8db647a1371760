import { AppError } from '#shared/app-error.ts'
import type { Conflict } from '#shared/conflicts.ts'
import type { call } from '../api.ts'
import { isBlock } from './group-conflicts.ts'

export type Keep = 'mine' | 'theirs' | 'both'

interface Alike {
  readonly conflict: Conflict
  readonly others: readonly Conflict[]
  readonly keep: Keep
  readonly call: typeof call
  /** Asked before each; true ends it. */
  readonly isStopped: () => boolean
  readonly onDone: (count: number) => void
}

export interface AlikeResult {
  readonly done: readonly Conflict[]
  /** Changed meanwhile, or not possible: they stay open. */
  readonly left: number
  /** What ended it early. */
  readonly error: AppError | null
}

/** The same answer for others of the kind, one by one: each is checked again for being what was shown. */
export async function decideAlike(alike: Alike): Promise<AlikeResult> {
  const done: Conflict[] = []
  let left = 0
  for (const other of alike.others) {
    if (alike.isStopped()) break
    try {
      // One after the other: each waits for the team's database, and tells how far it is.
      if (await decideOne(alike, other)) done.push(other)
      else left += 1
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'offline' || error.code === 'busy' || error.code === 'internal') return { done, left, error }
      left += 1
    }
    alike.onDone(done.length)
  }
  return { done, left, error: null }
}

async function decideOne(alike: Alike, other: Conflict): Promise<boolean> {
  const version = isBlock(alike.conflict, alike.others) ? await versionNow(alike, other) : other.version
  if (version === null) return false
  const { status } = await alike.call('conflicts.resolve', { id: other.id, keep: alike.keep, version })
  return status === 'resolved'
}

/** Moving one row of a block changes the places of the others. It is still the same question if neither side moved it again. */
async function versionNow({ call: ask }: Alike, other: Conflict): Promise<string | null> {
  const { items } = await ask('conflicts.list', {
    open: true,
    ...(other.sessionId !== null && { sessionId: other.sessionId }),
  })
  const now = items.find(({ id }) => id === other.id)
  return now?.mine.at === other.mine.at && now.theirs.at === other.theirs.at ? now.version : null
}
