import { AppError } from '#shared/app-error.ts'
import type { HistoryState } from '#shared/sessions.ts'
import { v7 as uuid } from 'uuid'
import type { Change, Tx, Writer } from './write.ts'

interface Step {
  readonly id: string
  readonly label: string
  readonly changes: readonly Change[]
}

interface Stacks {
  undo: Step[]
  redo: Step[]
}

/** How many steps each scope keeps. */
const KEPT = 200

/**
 * Undo and redo, from the row images that every write leaves behind.
 *
 * 1. Undoing writes through the same writer, as a change like any other.
 * 2. It only touches the fields that the step changed, and only where they still hold what the step left there: what was
 *    changed since, by anyone, is never overwritten (`stale`).
 * 3. A new step empties the redo stack. The stacks live in memory: they end with the app.
 */
export class History {
  readonly #writer: Writer
  readonly #onChange: (scope: string) => void
  readonly #scopes = new Map<string, Stacks>()
  #recording: { changes: readonly Change[] } | null = null

  /** `onChange` hears of every scope whose stacks changed, after the write that did it. */
  constructor(writer: Writer, onChange: (scope: string) => void = () => undefined) {
    this.#writer = writer
    this.#onChange = onChange
    writer.observe({
      beforeCommit: (changes) => {
        if (this.#recording) this.#recording.changes = changes
      },
    })
  }

  /** Runs a write that can be undone. Answers its value and the step's id; a write that changed nothing leaves no step. */
  transact<T>(scope: string, label: string, work: (tx: Tx) => T): { value: T; undoId: string } {
    const { value, changes } = this.#record(work)
    const id = uuid()
    if (changes.length > 0) {
      const stacks = this.#of(scope)
      stacks.undo.push({ id, label, changes })
      if (stacks.undo.length > KEPT) stacks.undo.shift()
      stacks.redo = []
      this.#onChange(scope)
    }
    return { value, undoId: id }
  }

  /** Undoes the newest step of the scope, or the one with `id`, wherever it stands. */
  undo(scope: string, id?: string): HistoryState {
    const stacks = this.#of(scope)
    const step = id === undefined ? stacks.undo.at(-1) : stacks.undo.find((one) => one.id === id)
    if (!step) throw new AppError('not-found', 'There is nothing to undo.')
    const changes = this.#revert(step)
    stacks.undo = stacks.undo.filter((one) => one !== step)
    stacks.redo.push({ ...step, changes })
    this.#onChange(scope)
    return this.state(scope)
  }

  redo(scope: string): HistoryState {
    const stacks = this.#of(scope)
    const step = stacks.redo.at(-1)
    if (!step) throw new AppError('not-found', 'There is nothing to redo.')
    const changes = this.#revert(step)
    stacks.redo.pop()
    stacks.undo.push({ ...step, changes })
    this.#onChange(scope)
    return this.state(scope)
  }

  /** What undoing or redoing would put back, without doing it: for rules of the feature. Empty where there is no step. */
  peek(scope: string, direction: 'undo' | 'redo', id?: string): readonly Change[] {
    const steps = this.#scopes.get(scope)?.[direction] ?? []
    const step = id === undefined ? steps.at(-1) : steps.find((one) => one.id === id)
    return step?.changes ?? []
  }

  /** Newest first. */
  state(scope: string): HistoryState {
    const stacks = this.#scopes.get(scope) ?? { undo: [], redo: [] }
    const shown = (steps: readonly Step[]) => steps.map(({ id, label }) => ({ id, label })).toReversed()
    return { undo: shown(stacks.undo), redo: shown(stacks.redo) }
  }

  #revert(step: Step): readonly Change[] {
    try {
      return this.#record((tx) => revert(tx, step.changes)).changes
    } catch (error) {
      // Something that the step made is used meanwhile, or something that it needs is gone.
      if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') throw stale(error)
      throw error
    }
  }

  #record<T>(work: (tx: Tx) => T): { value: T; changes: readonly Change[] } {
    const recording: { changes: readonly Change[] } = { changes: [] }
    this.#recording = recording
    try {
      return { value: this.#writer.transact(work), changes: recording.changes }
    } finally {
      this.#recording = null
    }
  }

  #of(scope: string): Stacks {
    let stacks = this.#scopes.get(scope)
    if (!stacks) {
      stacks = { undo: [], redo: [] }
      this.#scopes.set(scope, stacks)
    }
    return stacks
  }
}

/** Puts rows back to what they were before the changes, last change first. */
function revert(tx: Tx, changes: readonly Change[]): void {
  for (const change of changes.toReversed()) {
    const current = tx.row(change.entity, change.id) as Record<string, unknown> | undefined
    if (change.before === null) {
      if (current) tx.remove(change.entity, change.id)
    } else if (change.after === null) {
      if (current) throw stale()
      tx.insert(change.entity, restorable(change.before) as never)
    } else {
      if (!current) throw stale()
      const fields = fieldsToRestore(change, current)
      if (Object.keys(fields).length > 0) tx.update(change.entity, change.id, fields)
      else if (change.entity !== 'talking_points') tx.touch(change.entity, change.id)
    }
  }
}

/** Stamps, and the count of numbers given out: what viewers may have seen cannot be taken back. */
const neverUndone: ReadonlySet<string> = new Set(['updated_at', 'highest_number'])

function fieldsToRestore(change: Change, current: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(change.before ?? {})) {
    const left = change.after?.[field]
    if (neverUndone.has(field) || value === left) continue
    if (current[field] !== left) throw stale()
    fields[field] = value
  }
  return fields
}

/** As it was, but for when it was last changed (now) and this machine's own key of it. */
function restorable(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { updated_at: _updated, key: _key, ...rest } = row
  return rest
}

function stale(cause?: unknown): AppError {
  return new AppError('stale', 'This step cannot be undone any more: what it changed was changed again since.', {
    cause,
  })
}
