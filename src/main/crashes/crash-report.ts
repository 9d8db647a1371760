import { CrashKind, CrashState } from '#shared/crashes.ts'
import { Id, Time } from '#shared/fields.ts'
import * as z from 'zod'

/** What is known of one thing that broke. All of it was redacted before it was written down. */
export const CrashReport = z.object({
  id: Id,
  at: Time,
  count: z.int(),
  kind: CrashKind,
  name: z.string(),
  message: z.string(),
  /** One text, so that a secret of several lines is found in it. */
  stack: z.string(),
  /** Where in the app, without ids. */
  path: z.string().nullable(),
  about: z.record(z.string(), z.string()),
})
export type CrashReport = z.infer<typeof CrashReport>

/** A report as it lies on the disk. `new`: it is not decided yet whether it may be sent. */
export const StoredCrash = z.object({
  report: CrashReport,
  state: z.enum(['new', ...CrashState.options]),
  tries: z.int(),
  nextTryAt: Time.nullable(),
})
export type StoredCrash = z.infer<typeof StoredCrash>

/** What broke, as it was met. */
export interface Broken {
  readonly kind: CrashKind
  readonly error: unknown
  readonly path?: string | undefined
}

const MOST_MESSAGE = 1_000
const MOST_STACK = 4_000

/** The report of an error; `clean` takes out what may not be written down. */
export function describeCrash(
  { kind, error, path }: Broken,
  about: { readonly id: string; readonly at: string; readonly about: CrashReport['about'] },
  clean: (text: string) => string,
): CrashReport {
  const { name, message, stack } = partsOf(error)
  return {
    id: about.id,
    at: about.at,
    count: 1,
    kind,
    name: clean(name).slice(0, 100),
    message: clean(message).slice(0, MOST_MESSAGE),
    stack: clean(stack).slice(0, MOST_STACK),
    path: path === undefined ? null : clean(withoutIds(path)).slice(0, 300),
    about: about.about,
  }
}

/** Whether two reports tell of the same. */
export function isSameCrash(a: CrashReport, b: CrashReport): boolean {
  const head = ({ stack }: CrashReport): string => stack.split('\n').slice(0, 4).join('\n')
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    a.message === b.message &&
    head(a) === head(b) &&
    a.about['hudson'] === b.about['hudson']
  )
}

function partsOf(error: unknown): { name: string; message: string; stack: string } {
  try {
    if (error instanceof Error) {
      const { name, message, stack = '' } = error
      // V8 writes name and message first: they stand in their own fields.
      const lines = stack.startsWith(`${name}: ${message}`) ? stack.slice(`${name}: ${message}`.length) : stack
      return { name, message, stack: lines.trim() + causeOf(error) }
    }
    return { name: typeof error, message: String(error), stack: '' }
  } catch {
    // Whatever was thrown may refuse to be looked at.
    return { name: 'unknown', message: 'What was thrown cannot be read.', stack: '' }
  }
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `\ncaused by ${cause.name}: ${cause.message}` : ''
}

function withoutIds(path: string): string {
  return (path.split(/[?#]/)[0] ?? '').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ':id')
}
