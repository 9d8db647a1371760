import type { LiveState } from '#shared/live.ts'
import type { Preset } from '#shared/presets.ts'
import type { KeyHandlers } from '../../keys/use-keys.ts'
import type { NumberBuffer } from '../../keys/use-number-entry.ts'
import type { ShowCommands } from '../live/show-commands.ts'
import { cycledNext, showKeys } from '../live/show-keys.ts'

interface Parts {
  readonly state: LiveState
  readonly commands: ShowCommands
  readonly buffer: NumberBuffer
  readonly presets: readonly Preset[]
  readonly sendPreset: (preset: Preset) => void
  readonly setHolding: (holding: boolean) => void
  readonly updateHost: () => void
}

const STEP_SECONDS = 30

/** The keys of the console. Enter with an empty buffer, and F12, take the next item while one was set by hand. */
export function producerKeys(parts: Parts): KeyHandlers {
  const { state, commands, buffer, presets, sendPreset, setHolding, updateHost } = parts
  const take = (): unknown => state.nextItemId !== null && (commands.next(), true)
  return {
    ...showKeys({ state, commands, buffer }),
    enterNumber: () => buffer.enter() || take(),
    takeNext: take,
    cycleNext: () => commands.setNext({ itemId: cycledNext(state) }),
    guard: ({ phase }) => {
      setHolding(phase === 'down')
      if (phase === 'held') commands.guard()
    },
    sendPreset: ({ digit }) => {
      const preset = digit ? presets[digit - 1] : undefined
      if (!preset) return false
      sendPreset(preset)
      return true
    },
    clearMessage: () => commands.clearMessage(),
    updateHost,
    timer: () => commands.timer('toggle'),
    resetTimer: () => commands.timer('reset'),
    timerMore: () => commands.adjustTimer(STEP_SECONDS),
    timerLess: () => commands.adjustTimer(-STEP_SECONDS),
  }
}
