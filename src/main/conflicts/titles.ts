import type { Db } from '../db/database.ts'
import { localRow } from './stored.ts'
import type { Columns } from './stored.ts'

interface Named {
  readonly entity: string
  readonly id: string
  /** What is known of the row, should it be gone. */
  readonly known?: Columns | null
  /** The session that it belongs to, should it be gone. */
  readonly sessionId?: string | null
}

/** What a row is about, as people know it. */
export interface Title {
  /** By itself, in a list. */
  readonly title: string
  /** Within a sentence. */
  readonly inText: string
}

export function titleOf(db: Db, named: Named): Title {
  const row = { ...named.known, ...localRow(db, named.entity, named.id) }
  const name = ownName(db, named, row)
  if (name !== null) return { title: name, inText: `"${name}"` }
  const phrase = phraseOf(db, named, row)
  return { title: capitalised(phrase), inText: phrase }
}

export function sessionName(db: Db, id: string | null): string | null {
  return nameOf(db, 'sessions', id)
}

export function nameOf(db: Db, entity: 'brands' | 'products' | 'sessions', id: unknown): string | null {
  return typeof id === 'string' ? textOf(localRow(db, entity, id)?.['name']) : null
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function ownName(db: Db, { entity, id }: Named, row: Columns): string | null {
  if (entity === 'session_states') return sessionName(db, id)
  if (entity === 'session_products') return textOf(row['override_name']) ?? nameOf(db, 'products', row['product_id'])
  if (entity === 'message_presets') return textOf(row['text'])
  const product = nameOf(db, 'products', row['product_id'])
  const title = textOf(row['title'])
  if (entity === 'product_variants') return product === null || title === null ? null : `${product}, ${title}`
  return textOf(row['name'])
}

function phraseOf(db: Db, { entity, sessionId }: Named, row: Columns): string {
  if (entity === 'session_products') {
    const session = nameOf(db, 'sessions', row['session_id'] ?? sessionId)
    return session === null ? 'an item of a line-up' : `an item of "${session}"`
  }
  const product = nameOf(db, 'products', row['product_id'])
  return `${nouns.get(entity) ?? 'something of a newer version'}${product === null ? '' : ` of "${product}"`}`
}

const nouns: ReadonlyMap<string, string> = new Map([
  ['brands', 'a brand'],
  ['products', 'a product'],
  ['product_variants', 'a variant'],
  ['product_images', 'a picture'],
  ['sessions', 'a session'],
  ['session_states', 'a show'],
  ['talking_points', 'talking points'],
  ['message_presets', 'a message'],
])

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
