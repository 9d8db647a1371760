import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import { MessageColor } from '#shared/live.ts'
import type { Preset, presets } from '#shared/presets.ts'
import { must } from '#shared/must.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import { planPlaces } from '../db/order-key.ts'
import type { Random } from '../db/order-key.ts'
import type { PresetRow } from '../db/schema.ts'
import type { Tx, Writer } from '../db/write.ts'

export interface PresetDeps {
  readonly db: Db
  readonly writer: Writer
  readonly random: Random
}

/** Messages kept to be sent with one key, in the order that their keys follow. */
export function createPresets({ db, writer, random }: PresetDeps): Handlers<typeof presets> {
  const rows = (): PresetRow[] =>
    db.all(db.build.selectFrom('message_presets').selectAll().orderBy('order_key').orderBy('id'))

  /** The order key for a place in `others`; rows that have to make room get theirs here. */
  const keyAt = (tx: Tx, others: readonly PresetRow[], at: number): string => {
    const { keys, rewritten } = planPlaces(others, { at, count: 1, random })
    for (const [id, order_key] of rewritten) tx.update('message_presets', id, { order_key })
    return must(keys[0], 'one key was asked for')
  }

  return {
    'presets.list': () => ({ items: rows().map(toPreset) }),
    'presets.create': ({ text, color, clearAfterSeconds = null }) => {
      const preset = { id: uuid(), text, color, clearAfterSeconds }
      writer.transact((tx) => {
        const others = rows()
        const order_key = keyAt(tx, others, others.length)
        tx.insert('message_presets', { id: preset.id, text, color, clear_after_seconds: clearAfterSeconds, order_key })
      })
      return preset
    },
    'presets.update': ({ id, patch, after }) =>
      writer.transact((tx) => {
        const others = rows().filter((row) => row.id !== id)
        const moved = after !== undefined && after !== id
        tx.update('message_presets', id, {
          ...(patch.text !== undefined && { text: patch.text }),
          ...(patch.color !== undefined && { color: patch.color }),
          ...(patch.clearAfterSeconds !== undefined && { clear_after_seconds: patch.clearAfterSeconds }),
          ...(moved && { order_key: keyAt(tx, others, placeBehind(others, after)) }),
        })
        return toPreset(must(tx.row('message_presets', id), 'the preset was just written'))
      }),
    'presets.delete': ({ id }) => {
      writer.transact((tx) => tx.remove('message_presets', id))
      return {}
    },
  }
}

function placeBehind(others: readonly PresetRow[], after: string | null): number {
  if (after === null) return 0
  const index = others.findIndex((row) => row.id === after)
  if (index < 0) throw new AppError('not-found', 'The message to put it behind is no longer there.')
  return index + 1
}

function toPreset(row: PresetRow): Preset {
  return {
    id: row.id,
    text: row.text,
    color: MessageColor.catch('gray').parse(row.color),
    clearAfterSeconds: row.clear_after_seconds,
  }
}
