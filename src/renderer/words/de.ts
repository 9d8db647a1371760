import { conflicts } from './de/conflicts.ts'
import { frame } from './de/frame.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { conflicts, frame } satisfies Partial<Translation<typeof en>>
