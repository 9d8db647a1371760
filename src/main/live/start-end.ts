import { AppError } from '#shared/app-error.ts'
import type { SessionRow } from '../db/schema.ts'
import type { Tx } from '../db/write.ts'
import { first, updateHost } from './moves.ts'
import { freshTimer, offShow } from './show.ts'
import type { Show } from './show.ts'
import { currentItem } from './view.ts'
import type { View } from './view.ts'

/**
 * Begins a rehearsal, or goes live: from a rehearsal at the place where it stands. Going live freezes the numbers, because
 * from then on viewers type them.
 */
export function start(view: View, mode: 'rehearsal' | 'live', tx: Tx): Show {
  const { session, show, lineup } = view
  if (session.status === 'archived') {
    throw new AppError('conflict', 'This session is archived. Take it out of the archive, then start it.')
  }
  if (show.mode === mode) return show
  if (show.mode === 'live') {
    throw new AppError('conflict', 'This session is live. End the show before you rehearse again.')
  }
  if (lineup.items.length === 0) {
    throw new AppError('conflict', 'The line-up is empty. Add products, then start.')
  }
  const begun = { ...(show.itemId === null ? first(view) : show), mode, startedAt: view.now }
  if (mode === 'rehearsal') {
    tx.update('sessions', session.id, { status: 'rehearsal' })
    return { ...begun, statusBefore: session.status }
  }
  tx.update('sessions', session.id, {
    status: 'live',
    numbers_frozen_at: session.numbers_frozen_at ?? tx.now,
    highest_number: Math.max(session.highest_number ?? 0, ...lineup.items.map(({ number }) => number)),
  })
  for (const item of lineup.items) tx.update('session_products', item.id, { number: item.number })
  const fresh = currentItem({ ...view, show: begun }) ? updateHost({ ...view, show: begun }) : begun
  return { ...fresh, guard: true, statusBefore: null, itemStartedAt: view.now, timer: restarted(fresh, view.now) }
}

/**
 * Nothing is on air any more. After a show, where it stood is one step back, should it have been ended by mistake; a
 * rehearsal leaves nothing behind.
 */
export function end({ session, show, now }: View, tx: Tx): Show {
  if (show.mode === 'off') return show
  const live = show.mode === 'live'
  tx.update('sessions', session.id, { status: live ? 'ended' : statusAfterRehearsal(show) })
  const history = live ? [...show.history, ...(show.itemId === null ? [] : [show.itemId])] : []
  return { ...offShow(now), history }
}

function restarted({ timer, itemId }: Show, now: string): Show['timer'] {
  return { ...freshTimer(now, itemId !== null), targetSeconds: timer.targetSeconds }
}

function statusAfterRehearsal({ statusBefore }: Show): SessionRow['status'] {
  return statusBefore === 'ready' || statusBefore === 'ended' ? statusBefore : 'draft'
}
