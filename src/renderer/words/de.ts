import { frame } from './de/frame.ts'
import { keyboard } from './de/keyboard.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { frame, keyboard } satisfies Partial<Translation<typeof en>>
