import type { Draft, Fields } from './mutation.ts'

// Pure: what a person sees is `base ⊕ pending`. [L4]

export type Row = Readonly<Record<string, unknown>>

/**
 * The row as it is to be shown: what the server has, with the edits on top that it has not judged yet. Three-way by field: a
 * field that a pending edit wrote keeps that edit's value, every other one takes the server's.
 *
 * A row that others deleted stays while an edit of it waits: `shown` is what the person sees now.
 */
export function rebase(base: Row | null, pending: readonly Draft[], shown: Row | null): Row | null {
  let row = base
  for (const { op, patch } of pending) {
    if (op === 'delete') row = null
    else if (op === 'insert') row = { ...row, ...patch }
    else if (row !== null) row = { ...row, ...patch }
    else if (shown !== null) row = { ...shown, ...patch }
  }
  return row
}

/** What the server says became of a mutation: applied as it was, or which of its fields were not. */
export interface Verdict {
  readonly n: number
  readonly v: 'merged' | 'conflict' | 'deleted' | 'kept' | 'duplicate' | 'renumbered' | 'rejected'
  /** Names of the columns that were not written; '*' = nothing was. */
  readonly not: '*' | readonly string[]
}

/** The base after the server judged a mutation on it: what was applied is the server's now. */
export function settle(base: Row | null, { op, patch, rowId }: Draft, verdict: Verdict | undefined): Row | null {
  if (verdict?.not === '*') return base
  if (op === 'delete') return null
  const applied = verdict ? without(patch, verdict.not) : patch
  if (op === 'insert') return { ...base, id: rowId, ...applied }
  return base === null ? null : { ...base, ...applied }
}

/** The columns in which two images of a row differ. */
export function differing(from: Row, to: Row): Fields {
  return Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name] !== value))
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}
