import { frame } from './de/frame.ts'
import { health } from './de/health.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { frame, health } satisfies Partial<Translation<typeof en>>
