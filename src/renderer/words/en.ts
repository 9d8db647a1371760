import { activity } from './en/activity.ts'
import { backups } from './en/backups.ts'
import { dev } from './en/dev.ts'
import { diagnostics } from './en/diagnostics.ts'
import { files } from './en/files.ts'
import { frame } from './en/frame.ts'
import { keyboard } from './en/keyboard.ts'
import { pictures } from './en/pictures.ts'
import { points } from './en/points.ts'
import { products } from './en/products.ts'
import { sessions } from './en/sessions.ts'
import { settings } from './en/settings.ts'
import { sharing } from './en/sharing.ts'
import { show } from './en/show.ts'
import { ui } from './en/ui.ts'

/** The one catalogue of strings. */
export const en = {
  activity,
  backups,
  dev,
  diagnostics,
  files,
  frame,
  keyboard,
  pictures,
  points,
  products,
  sessions,
  settings,
  sharing,
  show,
  ui,
}

/** The same keys, in another language. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> }
