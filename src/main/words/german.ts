import { keyNames as englishKeys } from '#shared/key-names.ts'
import { keyNames as germanKeys } from '#shared/key-names-de.ts'
import type { KeyId } from '#shared/key-table.ts'
import { care } from './de/care.ts'
import { catalogue } from './de/catalogue.ts'
import { conflicts } from './de/conflicts.ts'
import { core } from './de/core.ts'
import { labels } from './de/labels.ts'
import { points } from './de/points.ts'
import { sessions } from './de/sessions.ts'
import { shell } from './de/shell.ts'
import { shopify } from './de/shopify.ts'
import { support } from './de/support.ts'
import { team } from './de/team.ts'

/** The commands of the menu. */
const keys = Object.fromEntries(
  (Object.keys(englishKeys) as KeyId[]).map((id) => [englishKeys[id], germanKeys[id]]),
) as Readonly<Record<(typeof englishKeys)[KeyId], string>>

/** What the core says, in German, by what it says in English. The glossary is in the renderer's words/de.ts. */
export const german = {
  ...keys,
  ...core,
  ...catalogue,
  ...sessions,
  ...team,
  ...shopify,
  ...points,
  ...care,
  ...support,
  ...shell,
}

/** What stands in the answers of one feature alone: its texts are too general to be looked for elsewhere. */
export const germanOf = { conflicts, history: labels } as const

/** Every text that code may say by name. */
export type English = keyof typeof german
