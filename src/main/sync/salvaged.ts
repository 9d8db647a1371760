import type { OutboxRow } from '../db/schema.ts'
import type { JournalContents } from './journal.ts'
import { checksum, readMutation } from './mutation.ts'
import type { Mutation } from './mutation.ts'

// Pure: what is left of the queue of a damaged database. [D3]

/** Edits as they were found. */
export interface SalvagedEdits {
  /** The team has them; kept for a server that is restored to an earlier state. */
  readonly confirmed: readonly Mutation[]
  readonly pending: readonly Mutation[]
  /** How many of the pending ones only the journal still had. */
  readonly fromJournal: number
  /** Entries of the queue that can be read nowhere. */
  readonly damaged: number
}

/** The union of both copies, by id. A row may come several times, damaged or out of date. */
export function uniteEdits(
  rows: readonly Readonly<Record<string, unknown>>[],
  journal: JournalContents,
): SalvagedEdits {
  const found = new Map<number, Mutation>()
  const damaged = new Set<number>()
  const ackedAt: number[] = []
  for (const row of rows as unknown as readonly OutboxRow[]) {
    const mutation = readIfSound(row)
    if (mutation) found.set(mutation.id, mutation)
    else if (typeof row.id === 'number') damaged.add(row.id)
    if (mutation && isTime(row.acked_at)) ackedAt.push(mutation.id)
  }
  // They are confirmed in their order: whatever came before one that is, is.
  const confirmed = ackedAt.reduce((last, id) => Math.max(last, id), journal.confirmed)
  let fromJournal = 0
  for (const mutation of journal.mutations) {
    const known = found.get(mutation.id)
    if (mutation.id <= confirmed || (known && isSameEdit(known, mutation))) continue
    fromJournal += 1
    // Two edits under one number: one of them is of a past that the database had lost already.
    found.set(known ? nextAfter(found) : mutation.id, mutation)
  }
  const all = [...found].toSorted(([a], [b]) => a - b)
  return {
    confirmed: all.filter(([id]) => id <= confirmed).map(([, mutation]) => mutation),
    pending: all.filter(([id]) => id > confirmed).map(([, mutation]) => mutation),
    fromJournal,
    damaged: [...damaged].filter((id) => id > confirmed && !found.has(id)).length,
  }
}

function nextAfter(found: ReadonlyMap<number, Mutation>): number {
  return [...found.keys()].reduce((last, id) => Math.max(last, id), 0) + 1
}

function readIfSound(row: OutboxRow): Mutation | null {
  try {
    return readMutation(row)
  } catch {
    // Damaged: counted by the caller.
    return null
  }
}

export function isTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)
}

/** The same change made at the same moment, whatever its number, and whatever was known of the team. */
export function isSameEdit(a: Mutation, b: Mutation): boolean {
  const bare = (one: Mutation): number => checksum({ ...one, id: 0, tx: 0, seen: 0, offline: false })
  return bare(a) === bare(b)
}

/** The same edits under numbers that count up by one from `first`; those of one transaction stay together. */
export function renumber(mutations: readonly Mutation[], first: number): Mutation[] {
  let [oldTx, tx] = [NaN, first]
  return mutations.map((mutation, index) => {
    const id = first + index
    if (mutation.tx !== oldTx) [oldTx, tx] = [mutation.tx, id]
    return { ...mutation, id, tx }
  })
}
