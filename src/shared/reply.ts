import * as z from 'zod'
import { AppError, ErrorCode } from './app-error.ts'

/** What every call answers, over IPC, HTTP and the channel alike: a plain object, because Electron strips error classes. */
export const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: ErrorCode,
      message: z.string(),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  }),
])
export type Reply<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { code: ErrorCode; message: string; fields?: Record<string, string> } }

/** The failure Reply of an error that may be shown as it is. */
export function failure(code: ErrorCode, message: string, fields?: Readonly<Record<string, string>>): Reply<never> {
  return { ok: false, error: { code, message, ...(fields && { fields: { ...fields } }) } }
}

/** The value of a Reply; throws its error as an AppError. */
export function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  const { code, message, fields } = reply.error
  throw new AppError(code, message, fields ? { fields } : {})
}
