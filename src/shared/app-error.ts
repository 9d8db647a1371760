import * as z from 'zod'

/** Every code that a Reply may carry. `internal` is the only one that a handler never throws itself. */
export const ErrorCode = z.enum([
  'bad-call',
  'not-found',
  'stale',
  'conflict',
  'offline',
  'update-required',
  'unauthorized',
  'busy',
  'internal',
])
export type ErrorCode = z.infer<typeof ErrorCode>

/** Field path (`patch.priceCents`) to what is wrong with it, in words for the person who typed it. */
export type FieldErrors = Readonly<Record<string, string>>

/**
 * An outcome that the caller must be able to tell apart. Its message is shown to people: what happened, what it means,
 * what to do. It never holds a stack, SQL, a path or a secret.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldErrors | undefined

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; fields?: FieldErrors } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.fields = options.fields
  }
}
