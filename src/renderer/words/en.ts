import { activity } from './en/activity.ts'
import { care } from './en/care.ts'
import { dev } from './en/dev.ts'
import { diagnostics } from './en/diagnostics.ts'
import { files } from './en/files.ts'
import { frame } from './en/frame.ts'
import { points } from './en/points.ts'
import { products } from './en/products.ts'
import { sessions } from './en/sessions.ts'
import { settings } from './en/settings.ts'
import { show } from './en/show.ts'
import { ui } from './en/ui.ts'

/** The one catalogue of strings. */
export const en = { activity, care, dev, diagnostics, files, frame, points, products, sessions, settings, show, ui }

/** The same keys, in another language. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> }
