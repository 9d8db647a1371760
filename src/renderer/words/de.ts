import { backups } from './de/backups.ts'
import { frame } from './de/frame.ts'
import { keyboard } from './de/keyboard.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { backups, frame, keyboard } satisfies Partial<Translation<typeof en>>
