import { AppError } from '#shared/app-error.ts'
import type { Parsed } from '#shared/contract.ts'
import type { Session, SessionDetail, SessionSummary } from '#shared/sessions.ts'
import { readLineup } from '../db/lineup.ts'
import type { Db } from '../db/database.ts'
import { openConflicts, pendingIn } from '../db/pending.ts'
import { mediaSrc } from '../db/product-images.ts'
import type { SessionRow } from '../db/schema.ts'

type Row = SessionRow & {
  readonly brand_name: string | null
  readonly item_count: number
  /** JSON list of file names. */
  readonly thumbnails: string
}

/**
 * A correlated subquery each, so that one query reads a whole list. CROSS JOIN keeps the order of the tables: from the
 * other side SQLite would walk through every picture for each item.
 */
const SELECT = `
  SELECT s.*, b.name AS brand_name,
    (SELECT count(*) FROM session_products i WHERE i.session_id = s.id) AS item_count,
    (SELECT json_group_array(file) FROM (
      SELECT (SELECT m.file FROM product_images g CROSS JOIN media_files m ON m.image_id = g.id AND m.state = 'ready'
              WHERE g.product_id = i.product_id AND m.file IS NOT NULL
              ORDER BY g.is_primary DESC, g.position, g.id LIMIT 1) AS file
      FROM session_products i WHERE i.session_id = s.id AND file IS NOT NULL ORDER BY i.order_key, i.id LIMIT 6
    )) AS thumbnails
  FROM sessions s LEFT JOIN brands b ON b.id = s.brand_id`

/** The row of a session, or `not-found`. */
export function sessionRow(db: Db, id: string): SessionRow {
  const row = db.get(db.build.selectFrom('sessions').selectAll().where('id', '=', id))
  if (!row) throw new AppError('not-found', 'This session is not there any more. It may have been deleted meanwhile.')
  return row
}

export function readSession(db: Db, id: string): Session {
  sessionRow(db, id)
  return toSession(db.statement(`${SELECT} WHERE s.id = ?`).get(id) as Row, marksOf(db, [id]))
}

export function readDetail(db: Db, id: string): SessionDetail {
  return { ...readSession(db, id), items: readLineup(db, id) }
}

/** Newest change first. Every word of the search must stand in the name, the notes or the brand. */
export function listSessions(db: Db, { search, status }: Parsed<'sessions.list'>): SessionSummary[] {
  const wanted = status === undefined ? `s.status <> 'archived'` : 's.status = ?'
  const rows = db
    .statement(`${SELECT} WHERE ${wanted} ORDER BY s.updated_at DESC, s.id DESC`)
    .all(...(status === undefined ? [] : [status])) as Row[]
  const words = fold(search ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const marks = marksOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows
    .filter((row) => {
      const text = fold(`${row.name}\n${row.notes}\n${row.brand_name ?? ''}`)
      return words.every((word) => text.includes(word))
    })
    .map((row) => toSummary(row, marks))
}

/** Here and not in SQL: SQLite only folds ASCII letters. There are hundreds of sessions, not thousands. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** What stands out about sessions, of their sync. */
interface Marks {
  readonly pending: ReadonlySet<string>
  readonly conflicts: ReadonlyMap<string, number>
}

function marksOf(db: Db, ids: readonly string[]): Marks {
  return { pending: pendingIn(db, 'sessions', ids), conflicts: openConflicts(db) }
}

function toSummary(row: Row, { pending, conflicts }: Marks): SessionSummary {
  return {
    id: row.id,
    name: row.name,
    brand: row.brand_id !== null && row.brand_name !== null ? { id: row.brand_id, name: row.brand_name } : null,
    status: row.status,
    scheduledAt: row.scheduled_at,
    itemCount: row.item_count,
    thumbnails: (JSON.parse(row.thumbnails) as string[]).map(mediaSrc),
    updatedAt: row.updated_at,
    pending: pending.has(row.id),
    conflicts: conflicts.get(row.id) ?? 0,
  }
}

function toSession(row: Row, marks: Marks): Session {
  return {
    ...toSummary(row, marks),
    slug: row.slug,
    notes: row.notes,
    code: row.code,
    numbersFrozen: row.numbers_frozen_at !== null,
    createdAt: row.created_at,
  }
}
