import type { OfferedVersion, UpdatesState } from '#shared/updates.ts'
import type { Release } from './engine.ts'
import type { UpdateRecordState } from './update-record.ts'
import { wayBack } from './way-back.ts'

export const notInstalled =
  'This Hudson does not run from an installed package, so it cannot update itself. Install a new version by hand.'

type OfRecord = Pick<UpdatesState, 'channel' | 'current' | 'checkedAt' | 'previous'>

/** What is remembered, for people. */
export function describeRecord(state: UpdateRecordState, version: string): OfRecord {
  const { channel, checkedAt, previous, boot } = state
  const way = wayBack(state, version)
  const failedBoots = boot?.version === version ? boot.tries : 0
  return {
    channel,
    current: version,
    checkedAt,
    previous:
      previous === null || previous.version === version
        ? null
        : { version: previous.version, failedBoots, ...(way.kind === 'none' && { reason: way.reason }) },
  }
}

export function offered(release: Release | null): OfferedVersion | null {
  if (!release) return null
  const { manifest, file, isDown } = release
  const { version, notes, issuedAt } = manifest
  return { version, direction: isDown ? 'down' : 'up', notes, bytes: file.size, issuedAt }
}

/** What was downloaded by a run before this one. */
export function offeredAgain({ ready }: UpdateRecordState): OfferedVersion | null {
  return (
    ready && {
      version: ready.version,
      direction: ready.direction,
      notes: ready.notes,
      bytes: ready.size,
      issuedAt: ready.issuedAt,
    }
  )
}
