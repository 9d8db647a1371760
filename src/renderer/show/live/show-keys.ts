import type { LiveState } from '#shared/live.ts'
import type { NumberBuffer } from '../../keys/use-number-entry.ts'
import type { KeyHandlers } from '../../keys/use-keys.ts'
import type { ShowCommands } from './show-commands.ts'

interface Parts {
  readonly state: LiveState | null
  readonly commands: ShowCommands
  readonly buffer: NumberBuffer
}

/** The keys that act alike in the producer's and the host's window. */
export function showKeys({ state, commands, buffer }: Parts): KeyHandlers {
  return {
    number: ({ digit }) => (digit === null ? false : buffer.digit(digit)),
    holdNumber: ({ digit }) => (digit === null ? false : buffer.digit(digit, true)),
    enterNumber: () => buffer.enter(),
    enterAsNext: () => buffer.enter('next'),
    cancel: () => buffer.cancel() || (state?.imageFull === true && (commands.fullImage(false), true)),
    next: () => commands.next(),
    previous: () => commands.previous(),
    first: () => commands.first(),
    last: () => commands.last(),
    back: () => commands.back(),
    nextImage: () => commands.image(1),
    previousImage: () => commands.image(-1),
    fullImage: () => commands.fullImage(),
    blank: () => commands.blank(),
    notes: () => commands.notes(),
    turnPage: () => commands.page(1),
  }
}

/** The item that `N` sets as next: the one behind the one that is next now; after the last, the order decides again. */
export function cycledNext({ lineup, next, itemId }: Pick<LiveState, 'lineup' | 'next' | 'itemId'>): string | null {
  const open = lineup.filter((item) => !item.skip && item.itemId !== itemId)
  const at = open.findIndex((item) => item.itemId === next[0]?.itemId)
  return open[at + 1]?.itemId ?? null
}
