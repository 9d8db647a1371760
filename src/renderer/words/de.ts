import { frame } from './de/frame.ts'
import { health } from './de/health.ts'
import { presence } from './de/presence.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { frame, health, presence } satisfies Partial<Translation<typeof en>>
