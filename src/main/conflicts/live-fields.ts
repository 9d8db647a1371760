import { HostCard } from '#shared/live.ts'
import * as z from 'zod'
import type { Db } from '../db/database.ts'
import { numbersOf } from '../db/lineup.ts'
import { lineupRows } from '../db/lineup-places.ts'
import { parsed } from './fields.ts'
import type { Columns } from './stored.ts'
import { titleOf } from './titles.ts'
import type { Disputed } from './sides.ts'

/** Of the many columns of a show's place, those that tell a person where it stands. */
const Card = HostCard.pick({ itemId: true, number: true, name: true }).nullable().catch(null)
const Message = z.object({ text: z.string() }).nullable().catch(null)

interface Sides {
  readonly base: Columns
  readonly parked: Columns
  readonly standing: Columns
}

/** A place in a show, as fields that people can read. It is decided as a whole: half of one place and half of another is none. */
export function liveFields(db: Db, { base, parked, standing }: Sides): Disputed[] {
  const sides = [base, parked, standing].map((columns) => place(db, columns))
  const [was, theirs, now] = sides as [Place, Place, Place]
  return names
    .map((name) => ({
      name,
      base: was[name] ?? null,
      parked: theirs[name] ?? null,
      standing: now[name] ?? null,
      ...(name === 'itemId' && { labels: { base: was.label, parked: theirs.label, standing: now.label } }),
    }))
    .filter(({ name, parked: a, standing: b }) => name === 'itemId' || name === 'number' || a !== b)
}

const names = ['itemId', 'number', 'mode', 'imageIndex', 'blank', 'message'] as const

type Place = Readonly<Record<(typeof names)[number], string | number | boolean | null>> & {
  readonly label: string | null
}

function place(db: Db, columns: Columns): Place {
  const card = Card.parse(document(columns['card']))
  const itemId = text(columns['current_item_id'])
  const known = card !== null && card.itemId === itemId ? card : itemOf(db, itemId)
  return {
    itemId,
    number: known?.number ?? null,
    mode: text(columns['mode']),
    imageIndex: typeof columns['image_index'] === 'number' ? columns['image_index'] : null,
    blank: columns['blank'] === true || columns['blank'] === 1,
    message: Message.parse(document(columns['message']))?.text ?? null,
    label: known && `${known.number} · ${known.name}`,
  }
}

/** From the line-up, where the show itself does not say. */
function itemOf(db: Db, itemId: string | null): { number: number; name: string } | null {
  const row =
    itemId === null ? undefined : db.get(db.build.selectFrom('session_products').selectAll().where('id', '=', itemId))
  if (!row) return null
  const rows = lineupRows(db, row.session_id)
  const index = rows.findIndex(({ id }) => id === row.id)
  const frozen =
    db.statement('SELECT numbers_frozen_at IS NOT NULL FROM sessions WHERE id = ?').pluck(true).get(row.session_id) ===
    1
  return {
    number: numbersOf(rows, frozen)[index] ?? index + 1,
    name: titleOf(db, { entity: 'session_products', id: row.id }).title,
  }
}

function document(json: unknown): unknown {
  return typeof json === 'string' ? parsed(json) : null
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
