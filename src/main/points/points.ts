import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { TalkingPoint, points } from '#shared/points.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import type { TalkingPointRow } from '../db/schema.ts'
import type { Tx, Writer } from '../db/write.ts'
import type { PointsWriter } from './points-writer.ts'
import type { Proposals } from './proposals.ts'

export interface PointsDeps {
  readonly db: Db
  readonly writer: Writer
  /** Who writes at this machine, as versions name them. */
  readonly author: string
  /** What waits for review. */
  readonly proposals: Proposals
  /** Tells pages that what waits is another. */
  readonly changed: () => void
}

/** A text that was there before versions were kept has no known author. */
const UNKNOWN = 'Unknown'

/**
 * Talking points of products: every text that was saved stays as a version.
 *
 * 1. Versions are only added, newest last; saving what is the newest already adds none.
 * 2. A text that came to the product by another way (an import, the product editor) becomes a version before it is replaced.
 * 3. What a model wrote becomes a version, and the product's text, only when a person takes it.
 */
export function createPoints(deps: PointsDeps): Handlers<Omit<typeof points, keyof PointsWriter['handlers']>> {
  const { db, writer, author, proposals, changed } = deps
  const person = { author_kind: 'person', author_name: author } as const
  return {
    'points.list': ({ productId }) => {
      productText(db, productId)
      const waiting = proposals.list({ productId }).map((one) => pick(one))
      return { items: [...waiting, ...versions(db, productId).map(toPoint)] }
    },
    'points.save': ({ productId, text }) =>
      writer.transact((tx) => save(db, tx, { product_id: productId, text, ...person })),
    'points.proposals': (which) => ({ items: proposals.list(which) }),
    'points.accept': ({ pointId, text }) => {
      const point = writer.transact((tx) => accept(deps, tx, { pointId, text }))
      changed()
      return point
    },
    'points.acceptMany': ({ pointIds }) => {
      const accepted = writer.transact((tx) => {
        // What somebody else decided meanwhile is no reason to refuse the others.
        const there = pointIds.filter((pointId) => proposals.get(pointId) !== undefined)
        for (const pointId of there) accept(deps, tx, { pointId, text: undefined })
        return there.length
      })
      changed()
      return { accepted }
    },
    'points.reject': ({ pointId }) => {
      if (!proposals.remove(pointId)) throw decided()
      changed()
      return {}
    },
  }
}

/** A text that a person changed before taking it is a person's. */
function accept(
  { db, author, proposals }: PointsDeps,
  tx: Tx,
  { pointId, text }: { pointId: string; text: string | undefined },
): TalkingPoint {
  const proposal = proposals.get(pointId)
  if (!proposal) throw decided()
  const { product_id, model } = proposal
  const isEdited = text !== undefined && text !== proposal.text
  const by = isEdited
    ? ({ author_kind: 'person', author_name: author } as const)
    : ({ author_kind: 'model', author_name: model } as const)
  const point = save(db, tx, { product_id, text: text ?? proposal.text, ...by, id: pointId })
  proposals.remove(pointId)
  return point
}

function save(db: Db, tx: Tx, { id, ...version }: NewVersion): TalkingPoint {
  const { product_id, text } = version
  const current = productText(db, product_id)
  let newest = versions(db, product_id)[0]
  if (current !== '' && current !== text && current !== newest?.text) {
    newest = append(tx, { product_id, text: current, author_kind: 'person', author_name: UNKNOWN })
  }
  if (newest?.text !== text) newest = append(tx, { ...(id !== undefined && { id }), ...version })
  tx.update('products', product_id, { talking_points_md: text })
  return toPoint(newest)
}

interface NewVersion extends Pick<TalkingPointRow, 'product_id' | 'text' | 'author_kind' | 'author_name'> {
  readonly id?: string
}

function pick({ id, productId, text, author, at, state }: TalkingPoint): TalkingPoint {
  return { id, productId, text, author, at, state }
}

function decided(): AppError {
  return new AppError(
    'not-found',
    'This suggestion is not there any more: it was taken, turned down, or written anew meanwhile.',
  )
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

function append(tx: Tx, fields: NewVersion): TalkingPointRow {
  const row = { id: uuid(), ...fields }
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
    state: 'saved',
  }
}
