import { care } from './de/care.ts'
import { frame } from './de/frame.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { care, frame } satisfies Partial<Translation<typeof en>>
