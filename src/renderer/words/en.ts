import { activity } from './en/activity.ts'
import { backups } from './en/backups.ts'
import { bridge } from './en/bridge.ts'
import { caps } from './en/caps.ts'
import { care } from './en/care.ts'
import { conflicts } from './en/conflicts.ts'
import { dev } from './en/dev.ts'
import { diagnostics } from './en/diagnostics.ts'
import { files } from './en/files.ts'
import { frame } from './en/frame.ts'
import { health } from './en/health.ts'
import { keyboard } from './en/keyboard.ts'
import { pictures } from './en/pictures.ts'
import { points } from './en/points.ts'
import { presence } from './en/presence.ts'
import { products } from './en/products.ts'
import { sessions } from './en/sessions.ts'
import { settings } from './en/settings.ts'
import { sharing } from './en/sharing.ts'
import { show } from './en/show.ts'
import { trouble } from './en/trouble.ts'
import { ui } from './en/ui.ts'
import { wizard } from './en/wizard.ts'

/** The one catalogue of strings. */
export const en = {
  activity,
  backups,
  bridge,
  caps,
  care,
  conflicts,
  dev,
  diagnostics,
  files,
  frame,
  health,
  keyboard,
  pictures,
  points,
  presence,
  products,
  sessions,
  settings,
  sharing,
  show,
  trouble,
  ui,
  wizard,
}

/** The same keys, in another language. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> }
