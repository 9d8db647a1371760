import { frame } from './de/frame.ts'
import { trouble } from './de/trouble.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { frame, trouble } satisfies Partial<Translation<typeof en>>
