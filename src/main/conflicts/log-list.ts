import { AppError } from '#shared/app-error.ts'
import type { LogEntry } from '#shared/conflicts.ts'
import type { Output, Parsed } from '#shared/contract.ts'
import { setImmediate } from 'node:timers/promises'
import * as z from 'zod'
import type { Db } from '../db/database.ts'
import type { ConflictLogRow } from '../db/schema.ts'
import { logEntry, logSummary } from './log-view.ts'
import type { Summary } from './log-view.ts'
import type { Viewer } from './sides.ts'
import { logText } from './texts.ts'

const PAGE = 50
/** Rows read at once while searching. */
const BATCH = 200

/** Where a page ends: the time and the id of its last entry. */
const Cursor = z.tuple([z.string(), z.string()])
type Cursor = z.infer<typeof Cursor>

/**
 * The log, newest first, a page at a time. A search is over what people read, so that is made for each entry; others are served
 * in between.
 */
export async function listLog(
  db: Db,
  viewer: Viewer,
  input: Parsed<'conflicts.log'>,
): Promise<Output<'conflicts.log'>> {
  const { limit = PAGE, search = '' } = input
  const words = fold(search).split(/\s+/).filter(Boolean)
  const found: Summary[] = []
  const page = (more: boolean): Output<'conflicts.log'> => {
    const items = found.slice(0, limit).map((summary) => logEntry(db, summary))
    return { items, nextCursor: more ? cursorOf(items.at(-1)) : null }
  }
  const count = words.length === 0 ? limit + 1 : BATCH
  let after = input.cursor === undefined ? null : parseCursor(input.cursor)
  for (;;) {
    const rows = readRows(db, input, { after, count })
    found.push(...rows.map((row) => logSummary(db, viewer, row)).filter((summary) => matches(summary, words)))
    const last = rows.at(-1)
    if (found.length > limit) return page(true)
    if (rows.length < count || !last) return page(false)
    after = [last.created_at, last.id]
    await setImmediate()
  }
}

function readRows(
  db: Db,
  { sessionId, entity, decision, automatic }: Parsed<'conflicts.log'>,
  { after, count }: { readonly after: Cursor | null; readonly count: number },
): ConflictLogRow[] {
  let query = db.build
    .selectFrom('conflict_log')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(count)
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId)
  if (entity !== undefined) query = query.where('entity', '=', entity)
  if (decision !== undefined) query = query.where('decision', '=', decision)
  if (automatic !== undefined) query = query.where('decision', automatic ? '<>' : '=', 'resolved')
  if (after) {
    const [at, id] = after
    query = query.where((is) =>
      is.or([is('created_at', '<', at), is.and([is('created_at', '=', at), is('id', '<', id)])]),
    )
  }
  return db.all(query)
}

function matches({ told, title, sessionName }: Summary, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const folded = fold(`${logText({ ...told, restorable: false })}\n${title}\n${sessionName ?? ''}`)
  return words.every((word) => folded.includes(word))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function cursorOf(entry: LogEntry | undefined): string | null {
  return entry ? Buffer.from(JSON.stringify([entry.at, entry.id])).toString('base64url') : null
}

function parseCursor(text: string): Cursor {
  const cursor = decode(text)
  if (cursor) return cursor
  throw new AppError('bad-call', 'This page cannot be continued. Start again from the first page.', {
    fields: { cursor: 'is not one that this list gave' },
  })
}

function decode(text: string): Cursor | undefined {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch (error) {
    // Not JSON: not a cursor.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
