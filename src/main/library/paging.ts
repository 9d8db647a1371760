import { AppError } from '#shared/app-error.ts'
import * as z from 'zod'
import type { Db } from '../db/database.ts'

/** A piece of SQL with its parameters. */
export interface Sql {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** A column that a segment is ordered by, and its place among the order's columns is its place in the cursor. */
export interface Segment {
  /** `FROM …`: the tables, with product keys in `key`. */
  readonly from: Sql
  readonly key: string
  readonly where: readonly Sql[]
  /** What it is ordered by, unique as a whole. */
  readonly order: readonly string[]
  readonly descending?: boolean
}

/** Where a page ends: the order it belongs to, the segment, and the last row's values of its order. */
const Cursor = z.tuple([z.string(), z.int().min(0), z.array(z.union([z.string(), z.number()]))])
type Cursor = z.infer<typeof Cursor>

export interface PageRequest {
  /** Names the order; a cursor of another order is refused. */
  readonly order: string
  readonly limit: number
  readonly cursor?: string | undefined
}

export interface Page {
  readonly keys: readonly number[]
  readonly nextCursor: string | null
}

/** Reads one page from segments that follow each other, by keyset: what comes and goes meanwhile repeats and hides nothing else. */
export function readPage(db: Db, segments: readonly Segment[], { order, limit, cursor }: PageRequest): Page {
  const from = cursor === undefined ? undefined : parseCursor(cursor, order, segments)
  const rows: { segment: number; values: readonly (string | number)[] }[] = []
  for (let index = from?.[1] ?? 0; index < segments.length && rows.length <= limit; index += 1) {
    const segment = segments[index]
    if (!segment) break
    const after = from?.[1] === index ? from[2] : undefined
    for (const values of readSegment(db, segment, { after, limit: limit + 1 - rows.length })) {
      rows.push({ segment: index, values })
    }
  }
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  const next: Cursor | null = rows.length > limit && last ? [order, last.segment, last.values.slice(1)] : null
  return {
    keys: kept.map(({ values }) => Number(values[0])),
    nextCursor: next && Buffer.from(JSON.stringify(next)).toString('base64url'),
  }
}

function readSegment(
  db: Db,
  { from, key, where, order, descending = false }: Segment,
  { after, limit }: { after: Cursor[2] | undefined; limit: number },
): (string | number)[][] {
  const conditions = where.map(({ sql }) => sql)
  if (after) conditions.push(`(${order.join(', ')}) ${descending ? '<' : '>'} (${order.map(() => '?').join(', ')})`)
  const sql =
    `SELECT ${key}, ${order.join(', ')} ${from.sql} WHERE ${conditions.join(' AND ')} ` +
    `ORDER BY ${order.map((column) => (descending ? `${column} DESC` : column)).join(', ')} LIMIT ?`
  const values = [...from.values, ...where.flatMap((one) => one.values), ...(after ?? []), limit]
  return db
    .statement(sql)
    .raw(true)
    .all(...values) as (string | number)[][]
}

function parseCursor(text: string, order: string, segments: readonly Segment[]): Cursor {
  const cursor = decode(text)
  const [itsOrder, index, values] = cursor ?? []
  if (!cursor || itsOrder !== order || index === undefined || values?.length !== segments[index]?.order.length) {
    throw new AppError('bad-call', 'This page cannot be continued. Start again from the first page.', {
      fields: { cursor: 'is not one that this list gave' },
    })
  }
  return cursor
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
