import { backups } from './de/backups.ts'
import { frame } from './de/frame.ts'
import { keyboard } from './de/keyboard.ts'
import { pictures } from './de/pictures.ts'
import { sharing } from './de/sharing.ts'
import type { en, Translation } from './en.ts'

/** The catalogue in German. */
export const de = { backups, frame, keyboard, pictures, sharing } satisfies Partial<Translation<typeof en>>
