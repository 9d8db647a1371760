import * as z from 'zod'
import type { Db } from '../db/database.ts'

/** What one sync leaves for the next. In a team it lies in the lease, so that the next one may be another desktop's. */
export const SyncMemory = z.object({
  /** The shop that the rest is about. */
  shop: z.string().nullable().catch(null),
  /** The newest change, in Shopify's own time, up to which everything is here; null = nothing is. */
  watermark: z.iso.datetime().nullable().catch(null),
  /** When it was last looked for what is gone, ISO. */
  sweptAt: z.iso.datetime().nullable().catch(null),
  /** Shopify's ids of products that were on air: what changed in them is still to be taken. */
  held: z.array(z.string()).catch([]),
})
export type SyncMemory = z.infer<typeof SyncMemory>

export const nothingYet: SyncMemory = { shop: null, watermark: null, sweptAt: null, held: [] }

/** Reads what was noted; what is about another shop is forgotten. */
export function memoryOf(noted: unknown, shop: string): SyncMemory {
  const memory = SyncMemory.safeParse({ ...nothingYet, ...(typeof noted === 'object' ? noted : {}) })
  return memory.success && memory.data.shop === shop ? memory.data : { ...nothingYet, shop }
}

const Local = z.object({ memory: z.unknown(), lastSyncAt: z.iso.datetime().nullable().catch(null) })

/** What this desktop knows by itself of the last sync: one value beside the settings. */
export class LocalNotes {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  read(): z.infer<typeof Local> {
    const value = this.#db.statement('SELECT value FROM settings WHERE name = ?').pluck(true).get(NAME) as
      | string
      | undefined
    const parsed = Local.safeParse(value === undefined ? {} : JSON.parse(value))
    return parsed.success ? parsed.data : { memory: {}, lastSyncAt: null }
  }

  write(notes: z.infer<typeof Local>): void {
    this.#db
      .statement('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
      .run(NAME, JSON.stringify(notes))
  }
}

const NAME = 'shopify.sync'
