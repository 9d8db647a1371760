import { AppError } from '#shared/app-error.ts'
import type { FieldName } from './fields.ts'
import { fieldNames } from './fields.ts'
import { messageOf } from '../message-of.ts'

/** An error, taken apart: what belongs under a field, and what does not. */
export interface SortedErrors {
  readonly fields: { readonly [F in FieldName]?: string }
  /** For the whole form; null where every part has its field. */
  readonly other: string | null
}

/** Puts the problems that the core named to the fields of the form. */
export function fieldErrorsOf(error: unknown): SortedErrors {
  if (error === null || error === undefined) return { fields: {}, other: null }
  const message = messageOf(error)
  const named = error instanceof AppError ? (error.fields ?? {}) : {}
  const fields: { [F in FieldName]?: string } = {}
  for (const [path, problem] of Object.entries(named)) {
    const first = path.replace(/^patch\./, '').split('.')[0]
    const field = fieldNames.find((name) => name === first)
    if (field) fields[field] ??= problem
  }
  return { fields, other: Object.keys(fields).length > 0 ? null : message }
}
