import { frame } from './de/frame.ts'
import { wizard } from './de/wizard.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { frame, wizard } satisfies Partial<Translation<typeof en>>
