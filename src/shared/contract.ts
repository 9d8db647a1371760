import type * as z from 'zod'
import { backups } from './backups.ts'
import { conflicts } from './conflicts.ts'
import { crashes } from './crashes.ts'
import { diagnostics } from './diagnostics.ts'
import { jobs } from './jobs.ts'
import { library } from './library.ts'
import { live } from './live.ts'
import { media } from './media.ts'
import { points } from './points.ts'
import { presence } from './presence.ts'
import { presets } from './presets.ts'
import { recovery } from './recovery.ts'
import { runSheet } from './run-sheet.ts'
import { sample } from './sample.ts'
import { screens } from './screens.ts'
import { secrets } from './secrets.ts'
import { history, sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { studio } from './studio.ts'
import { setup } from './setup.ts'
import { shopify } from './shopify.ts'
import { sync } from './sync.ts'
import { trouble } from './trouble.ts'
import { unsynced } from './unsynced.ts'
import { updates } from './updates.ts'

/** Everything that may be called, by name. The one table that dispatch, clients and tests are made from. */
export const contract = {
  ...backups,
  ...conflicts,
  ...crashes,
  ...diagnostics,
  ...history,
  ...jobs,
  ...library,
  ...live,
  ...media,
  ...points,
  ...presence,
  ...presets,
  ...recovery,
  ...runSheet,
  ...sample,
  ...screens,
  ...secrets,
  ...sessions,
  ...settings,
  ...setup,
  ...shopify,
  ...studio,
  ...sync,
  ...trouble,
  ...unsynced,
  ...updates,
}

export type Name = keyof typeof contract
/** The part of a name before its dot: the unit of `changed` and of the renderer's query keys. */
export type Feature = Name extends `${infer F}.${string}` ? F : never
/** What a caller passes. */
export type Input<N extends Name> = z.input<(typeof contract)[N]['input']>
/** What a handler receives: parsed. */
export type Parsed<N extends Name> = z.output<(typeof contract)[N]['input']>
export type Output<N extends Name> = z.output<(typeof contract)[N]['output']>
export type Handlers<C extends Partial<typeof contract> = typeof contract> = {
  readonly [N in keyof C & Name]: (input: Parsed<N>) => Output<N> | Promise<Output<N>>
}
