import type { Conflict } from '#shared/conflicts.ts'

/** The open conflicts of one session; `sessionId` null: of none. */
export interface ConflictGroup {
  readonly sessionId: string | null
  /** null where the session is gone, or there is none. */
  readonly name: string | null
  readonly conflicts: readonly Conflict[]
}

/** By session, in the order of the list; what belongs to none comes last. */
export function groupConflicts(conflicts: readonly Conflict[]): readonly ConflictGroup[] {
  const groups = Map.groupBy(conflicts, ({ sessionId }) => sessionId)
  return [...groups]
    .map(([sessionId, own]) => ({ sessionId, name: nameOf(own), conflicts: own }))
    .toSorted((a, b) => Number(a.sessionId === null) - Number(b.sessionId === null))
}

/** A session that was deleted is known by the conflict about itself. */
function nameOf(conflicts: readonly Conflict[]): string | null {
  const named = conflicts.find(({ sessionName }) => sessionName !== null)
  return named?.sessionName ?? conflicts.find(({ entity }) => entity === 'sessions')?.title ?? null
}

/** The other open conflicts that one answer can go for as well: rows of the same block, else the same kind in the same session. */
export function alikeOf(conflict: Conflict, all: readonly Conflict[]): readonly Conflict[] {
  const others = all.filter(
    (one) =>
      one.id !== conflict.id &&
      one.kind === conflict.kind &&
      one.sessionId === conflict.sessionId &&
      minesRemoval(one) === minesRemoval(conflict),
  )
  const { order } = conflict
  const block = order ? others.filter((one) => one.order?.group === order.group) : []
  return block.length > 0 ? block : others
}

/** Whether those are the other rows of a block that was moved: they belong together. */
export function isBlock(conflict: Conflict, others: readonly Conflict[]): boolean {
  const { order } = conflict
  return order !== undefined && others.length > 0 && others.every((one) => one.order?.group === order.group)
}

/** One side must mean the same for all: to keep it, or to let it go. */
function minesRemoval({ fields }: Conflict): boolean {
  return fields.some(({ name, mine }) => name === 'deleted' && mine === true)
}
