import type { Display, LiveState } from '#shared/live.ts'
import { sameJson } from '#shared/live-patch.ts'
import type { HostSettings, Language } from '#shared/settings.ts'
import { upcoming } from './moves.ts'
import { currentItem } from './view.ts'
import type { View } from './view.ts'

export interface Surroundings {
  readonly host: HostSettings
  readonly language: Language
  readonly displays: readonly Display[]
  readonly showElapsedMs: number
  readonly messageElapsedMs: number
  readonly apartSince: string | null
}

/** What displays and consoles get. */
export function liveState(view: View, around: Surroundings): LiveState {
  const { session, show, lineup } = view
  const item = currentItem(view)
  const upNext = upcoming(view, 3)
  const set = upNext[0]?.id === show.nextItemId ? show.nextItemId : null
  return {
    sessionId: session.id,
    sessionName: session.name,
    mode: show.mode,
    itemId: show.itemId,
    number: item?.number ?? show.card?.number ?? null,
    imageIndex: show.imageIndex,
    page: show.page,
    card: show.card,
    staged: item !== undefined && !sameJson(view.cardOf(item), show.card),
    next: upNext.flatMap(({ id }) => lineup.shown[lineup.indexById.get(id) ?? -1] ?? []),
    nextItemId: set,
    position: item ? (lineup.indexById.get(item.id) ?? 0) + 1 : null,
    total: lineup.items.length,
    lineup: lineup.shown,
    blank: show.blank,
    notesShown: show.notesShown,
    imageFull: show.imageFull,
    guard: show.guard,
    message: show.message,
    startedAt: show.startedAt,
    itemStartedAt: show.itemStartedAt,
    showElapsedMs: around.showElapsedMs,
    messageElapsedMs: around.messageElapsedMs,
    timer: { running: show.timer.running, elapsedMs: view.timerMs, targetSeconds: show.timer.targetSeconds },
    apartSince: around.apartSince,
    code: session.code,
    host: around.host,
    language: around.language,
    displays: [...around.displays],
  }
}

/** What is left where the session itself was deleted. */
export function goneState(state: LiveState): LiveState {
  return {
    ...state,
    mode: 'off',
    itemId: null,
    number: null,
    imageIndex: 0,
    page: 0,
    card: null,
    staged: false,
    next: [],
    nextItemId: null,
    position: null,
    total: 0,
    lineup: [],
    message: null,
    startedAt: null,
    itemStartedAt: null,
    apartSince: null,
  }
}
