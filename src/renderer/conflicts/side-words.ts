import type { Conflict, LogEntry } from '#shared/conflicts.ts'
import type { TFunction } from 'i18next'
import type { Side } from './draft.ts'

type Sided = Pick<Conflict | LogEntry, 'mine' | 'theirs' | 'mineIsMe'>

/** Whether a side is this computer's own. */
export function isMe({ mineIsMe }: Sided, side: Side): boolean {
  return side === 'mine' && mineIsMe
}

/** The computer of a side. */
export function deviceOf(t: TFunction, sided: Sided, side: Side): string {
  return sided[side].device || t('conflicts.somebody')
}

/** The heading over a side's values. */
export function sideTitle(t: TFunction, sided: Sided, side: Side): string {
  return isMe(sided, side) ? t('conflicts.yours') : deviceOf(t, sided, side)
}

/** What becomes of a row that one side removed and the other changed, if this side has its way. */
export function deletionText(t: TFunction, conflict: Conflict, side: Side): string {
  const deleted = conflict.fields.find(({ name }) => name === 'deleted')
  const name = deviceOf(t, conflict, side)
  const me = isMe(conflict, side)
  if (deleted?.[side] === true)
    return me ? t('conflicts.deletion.removeYours') : t('conflicts.deletion.removeTheirs', { name })
  // It was put back meanwhile: what is left to decide is whether the edits that wait are made.
  if (deleted?.mine === false && deleted.theirs === false && side === conflict.standing)
    return t('conflicts.deletion.asItIs')
  return me ? t('conflicts.deletion.keepYours') : t('conflicts.deletion.keepTheirs', { name })
}
