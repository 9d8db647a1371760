import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { TalkingPoint, points } from '#shared/points.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import type { TalkingPointRow } from '../db/schema.ts'
import type { Tx, Writer } from '../db/write.ts'

export interface PointsDeps {
  readonly db: Db
  readonly writer: Writer
  /** Who writes at this machine, as versions name them. */
  readonly author: string
}

/** A text that was there before versions were kept has no known author. */
const UNKNOWN = 'Unknown'

/**
 * Talking points of products: every text that was saved stays as a version.
 *
 * 1. Versions are only added, newest last; saving what is the newest already adds none.
 * 2. A text that came to the product by another way (an import, the product editor) becomes a version before it is replaced.
 */
export function createPoints({ db, writer, author }: PointsDeps): Handlers<typeof points> {
  return {
    'points.list': ({ productId }) => {
      productText(db, productId)
      return { items: versions(db, productId).map(toPoint) }
    },
    'points.save': ({ productId, text }) =>
      writer.transact((tx) => {
        const current = productText(db, productId)
        let newest = versions(db, productId)[0]
        if (current !== '' && current !== text && current !== newest?.text) {
          newest = append(tx, { product_id: productId, text: current, author_name: UNKNOWN })
        }
        if (newest?.text !== text) newest = append(tx, { product_id: productId, text, author_name: author })
        tx.update('products', productId, { talking_points_md: text })
        return toPoint(newest)
      }),
  }
}

function productText(db: Db, productId: string): string {
  const row = db.get(db.build.selectFrom('products').select('talking_points_md').where('id', '=', productId))
  if (!row)
    throw new AppError(
      'not-found',
      'This product is not in the catalogue any more. It may have been deleted meanwhile.',
    )
  return row.talking_points_md
}

/** Newest first; our ids count up in time, so they tell apart what one moment made. */
function versions(db: Db, productId: string): TalkingPointRow[] {
  return db.all(
    db.build
      .selectFrom('talking_points')
      .selectAll()
      .where('product_id', '=', productId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc'),
  )
}

function append(tx: Tx, fields: Pick<TalkingPointRow, 'product_id' | 'text' | 'author_name'>): TalkingPointRow {
  const row = { id: uuid(), author_kind: 'person' as const, ...fields }
  tx.insert('talking_points', row)
  return { ...row, created_at: tx.now }
}

function toPoint(row: TalkingPointRow): TalkingPoint {
  return {
    id: row.id,
    productId: row.product_id,
    text: row.text,
    author: { kind: row.author_kind, name: row.author_name },
    at: row.created_at,
  }
}
