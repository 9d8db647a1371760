import { Draft } from './draft.ts'

const nameOf = (conflictId: string): string => `hudson.conflict.${conflictId}`

/** What was chosen and typed about a conflict and not decided: kept as long as the window. */
export function readDraft(conflictId: string): Draft | null {
  const text = sessionStorage.getItem(nameOf(conflictId))
  if (text === null) return null
  try {
    return Draft.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    // Nothing that we wrote.
    if (error instanceof SyntaxError) return null
    throw error
  }
}

export function keepDraft(conflictId: string, draft: Draft): void {
  sessionStorage.setItem(nameOf(conflictId), JSON.stringify(draft))
}

export function dropDraft(conflictId: string): void {
  sessionStorage.removeItem(nameOf(conflictId))
}
