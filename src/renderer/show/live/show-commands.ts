import type { Input, Name } from '#shared/contract.ts'
import type { LiveReply } from '#shared/live.ts'
import { createCommandQueue } from './command-queue.ts'

/** What moves the show. Each is sent after the one before it was answered. */
export interface ShowCommands {
  next(): void
  previous(): void
  first(): void
  last(): void
  back(): void
  goTo(target: { readonly number: number } | { readonly itemId: string }): void
  setNext(target: { readonly number: number } | { readonly itemId: string | null }): void
  image(step: number): void
  page(step: number): void
  blank(): void
  notes(): void
  fullImage(on?: boolean): void
  guard(on?: boolean): void
  timer(action: 'toggle' | 'reset'): void
  adjustTimer(seconds: number): void
  acknowledge(messageId: string): void
  clearMessage(): void
  updateHost(): void
}

type Call = <N extends Name>(name: N, input: Input<N>) => Promise<unknown>
/** What the queue has to say: an end was reached, or a command failed. */
export type ShowNotice =
  | { readonly kind: 'firstItem' | 'lastItem' }
  | { readonly kind: 'failed'; readonly error: unknown }

interface Deps {
  readonly sessionId: string
  readonly call: Call
  /** The item on air as far as this page knows; kept by whoever follows the state, and by the answers to commands. */
  readonly known: { itemId: string | null }
  readonly notify: (notice: ShowNotice) => void
}

/** Commands of one session. Positions are decided by the core, so presses that come faster than answers still count. */
export function createShowCommands({ sessionId, call, known, notify }: Deps): ShowCommands {
  const enqueue = createCommandQueue((error) => notify({ kind: 'failed', error }))
  const send = <N extends Name>(name: N, input: Input<N>): void =>
    enqueue(async () => {
      known.itemId = ((await call(name, input)) as LiveReply).itemId
    })
  const step = (name: 'live.next' | 'live.previous', end: 'firstItem' | 'lastItem'): void =>
    enqueue(async () => {
      const before = known.itemId
      const { itemId } = (await call(name, { sessionId })) as LiveReply
      if (before !== null && itemId === before) notify({ kind: end })
      known.itemId = itemId
    })
  return {
    next: () => step('live.next', 'lastItem'),
    previous: () => step('live.previous', 'firstItem'),
    first: () => send('live.first', { sessionId }),
    last: () => send('live.last', { sessionId }),
    back: () => send('live.back', { sessionId }),
    goTo: (target) => send('live.goto', { sessionId, ...target }),
    setNext: (target) => send('live.setNext', { sessionId, ...target }),
    image: (by) => send('live.image', { sessionId, step: by }),
    page: (by) => send('live.page', { sessionId, step: by }),
    blank: () => send('live.blank', { sessionId }),
    notes: () => send('live.notes', { sessionId }),
    fullImage: (on) => send('live.fullImage', on === undefined ? { sessionId } : { sessionId, on }),
    guard: (on) => send('live.guard', on === undefined ? { sessionId } : { sessionId, on }),
    timer: (action) => send('live.timer', { sessionId, action }),
    adjustTimer: (seconds) => send('live.timer', { sessionId, action: 'adjust', seconds }),
    acknowledge: (messageId) => send('live.acknowledge', { sessionId, messageId }),
    clearMessage: () => send('live.clearMessage', { sessionId }),
    updateHost: () => send('live.updateHost', { sessionId }),
  }
}
