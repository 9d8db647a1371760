import type { RestoreChanges, RestoredKind } from '#shared/backups.ts'
import type Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Entity, MediaFileRow } from '../db/schema.ts'
import { openBackup } from './open-backup.ts'

export type Fields = Readonly<Record<string, unknown>>

/** What of one table differs. Rows are without this machine's own number of them. */
export interface Difference {
  readonly entity: RestoredEntity
  readonly comeBack: readonly Row[]
  readonly change: readonly Row[]
  readonly newer: readonly string[]
}

export type Row = Fields & { readonly id: string }
export type RestoredEntity = Exclude<Entity, 'session_states'>

export interface CompareOptions {
  /** The database of this data folder. */
  readonly dbPath: string
  readonly backupPath: string
  /** Where a copy may be made that is gone afterwards. */
  readonly work: string
  /** Whether what was made since the backup goes. */
  readonly removeNewer: boolean
  readonly mediaDir: string
}

export interface RestorePlan {
  readonly differences: readonly Difference[]
  /** What is known of the files of pictures that come back. */
  readonly pictures: readonly MediaFileRow[]
}

interface Kind {
  readonly kind: RestoredKind
  readonly entity: RestoredEntity
  /** SQL of what people call such a row, `r`. `@` stands for the database that it is in. */
  readonly title: string
}

/** Wholes before their parts. */
const kinds: readonly Kind[] = [
  { kind: 'brands', entity: 'brands', title: 'r.name' },
  { kind: 'products', entity: 'products', title: 'r.name' },
  {
    kind: 'variants',
    entity: 'product_variants',
    title: `(SELECT name FROM @.products WHERE id = r.product_id) || ', ' || r.title`,
  },
  {
    kind: 'pictures',
    entity: 'product_images',
    title: `(SELECT name FROM @.products WHERE id = r.product_id) || ', picture ' || r.position`,
  },
  { kind: 'sessions', entity: 'sessions', title: 'r.name' },
  {
    kind: 'items',
    entity: 'session_products',
    title: `coalesce(r.override_name, (SELECT name FROM @.products WHERE id = r.product_id)) || ' in ' ||
      (SELECT name FROM @.sessions WHERE id = r.session_id)`,
  },
  {
    kind: 'points',
    entity: 'talking_points',
    title: `(SELECT name FROM @.products WHERE id = r.product_id) || ': ' || substr(r.text, 1, 60)`,
  },
  { kind: 'presets', entity: 'message_presets', title: 'r.text' },
]

/** Columns that are no content. */
const stamps: ReadonlySet<string> = new Set(['key', 'created_at', 'updated_at'])

/** What restoring would change, with examples. */
export function previewRestore(options: CompareOptions): RestoreChanges[] {
  return withBoth(options, (db) =>
    kinds.map(({ kind, entity, title }) => {
      const { comeBack, change, newer } = differenceOf(db, entity, options)
      const named = (database: string, ids: readonly string[]): string[] => titles(db, { entity, title, database, ids })
      const changed = change.slice(0, EXAMPLES)
      const names = named(
        'live',
        changed.map(({ id }) => id),
      )
      return {
        kind,
        comeBack: comeBack.length,
        change: change.length,
        newer: newer.length,
        examples: {
          comeBack: named(
            'main',
            comeBack.slice(0, EXAMPLES).map(({ id }) => id),
          ),
          change: changed.map(({ id: _id, ...fields }, n) => ({ name: names[n] ?? '', fields: Object.keys(fields) })),
          newer: named('live', newer.slice(0, EXAMPLES)),
        },
      }
    }),
  )
}

const EXAMPLES = 5

/** What restoring has to write. */
export function planRestore(options: CompareOptions): RestorePlan {
  return withBoth(options, (db) => {
    const differences = kinds.map(({ entity }) => differenceOf(db, entity, options))
    const images = differences.find(({ entity }) => entity === 'product_images')?.comeBack ?? []
    return { differences, pictures: images.flatMap(({ id }) => fileHere(db, id, options) ?? []) }
  })
}

/** The file of a picture, where it is still in this data folder. */
function fileHere(db: Database.Database, imageId: string, { mediaDir }: CompareOptions): MediaFileRow | null {
  const row = db.prepare(`SELECT * FROM main.media_files WHERE image_id = ? AND state = 'ready'`).get(imageId) as
    | MediaFileRow
    | undefined
  return row && row.file !== null && existsSync(join(mediaDir, row.file)) ? { ...row, evicted_at: null } : null
}

/** The backup as `main`, what is here as `live`. */
function withBoth<T>({ dbPath, backupPath, work }: CompareOptions, read: (db: Database.Database) => T): T {
  using backup = openBackup(backupPath, work)
  const { db } = backup
  db.prepare('ATTACH ? AS live').run(dbPath)
  return db.transaction(() => read(db))()
}

function differenceOf(db: Database.Database, entity: RestoredEntity, options: CompareOptions): Difference {
  const columns = (db.pragma(`table_info(${entity})`) as { name: string }[]).map(({ name }) => name)
  const shared = columns.filter((name) => name !== 'key')
  const content = columns.filter((name) => !stamps.has(name) && name !== 'id')
  const rows = <R>(sql: string): R[] => db.prepare(sql).all() as R[]
  const missingFrom = (other: string): string =>
    `WHERE NOT EXISTS (SELECT 1 FROM ${other}.${entity} o WHERE o.id = r.id)`
  const twice = entity === 'session_products' && !options.removeNewer ? NOT_TWICE : ''
  const missing = rows<Row>(`SELECT ${shared.join(', ')} FROM main.${entity} r ${missingFrom('live')} ${twice}`)
  // A picture that came from a file which is gone would be a hole for ever.
  const comeBack = missing.filter(
    ({ id, source_url: url }) => entity !== 'product_images' || url !== null || fileHere(db, id, options) !== null,
  )
  // What was said about a product is never taken back.
  if (entity === 'talking_points') return { entity, comeBack, change: [], newer: [] }
  const newer = rows<{ id: string }>(`SELECT r.id FROM live.${entity} r ${missingFrom('main')}`).map(({ id }) => id)
  const differs = content.map((name) => `b.${name} IS NOT l.${name}`).join(' OR ')
  const pairs = rows<Row>(
    `SELECT b.id, ${content.map((name) => `b.${name} AS b_${name}, l.${name} AS l_${name}`).join(', ')}
       ${entity === 'session_products' ? FROZEN : ''}
     FROM main.${entity} b JOIN live.${entity} l ON l.id = b.id WHERE ${differs}`,
  )
  const change = pairs.flatMap((pair) => {
    const fields = content.filter((name) => pair[`b_${name}`] !== pair[`l_${name}`] && isRestored(entity, name, pair))
    return fields.length === 0
      ? []
      : [{ ...Object.fromEntries(fields.map((name) => [name, pair[`b_${name}`]])), id: pair.id }]
  })
  return { entity, comeBack, change, newer }
}

/** A product that was added to the line-up again stands there once. */
const NOT_TWICE = `AND NOT EXISTS (
  SELECT 1 FROM live.session_products o WHERE o.session_id = r.session_id AND o.product_id = r.product_id)`

const FROZEN = `, (SELECT s.numbers_frozen_at FROM main.sessions s WHERE s.id = b.session_id) AS frozen_then,
  (SELECT s.numbers_frozen_at FROM live.sessions s WHERE s.id = l.session_id) AS frozen_now`

/** Not everything goes back: what viewers were told stays so, and no show begins or ends. */
function isRestored(entity: RestoredEntity, name: string, pair: Fields): boolean {
  if (entity === 'session_products' && name === 'number')
    return pair['frozen_then'] !== null && pair['frozen_now'] === null
  if (entity !== 'sessions') return true
  if (name === 'highest_number') return Number(pair['b_highest_number'] ?? 0) > Number(pair['l_highest_number'] ?? 0)
  if (name === 'numbers_frozen_at') return pair['l_numbers_frozen_at'] === null
  return name !== 'status' || !isRunning(pair['b_status'])
}

/** Of a session that is on air, or rehearsed. */
export function isRunning(status: unknown): boolean {
  return status === 'live' || status === 'rehearsal'
}

function titles(
  db: Database.Database,
  { entity, title, database, ids }: { entity: Entity; title: string; database: string; ids: readonly string[] },
): string[] {
  const one = db
    .prepare(`SELECT ${title.replaceAll('@', database)} FROM ${database}.${entity} r WHERE r.id = ?`)
    .pluck(true)
  return ids.map((id) => (one.get(id) as string | null | undefined) ?? '')
}
