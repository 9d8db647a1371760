import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Line, Nothing, Text, Time } from './fields.ts'

/**
 * What broke: `uncaught` and `rejection` in the core, `page` in what a window or browser shows, `page-gone` the process
 * behind a window.
 */
export const CrashKind = z.enum(['uncaught', 'rejection', 'page', 'page-gone'])
export type CrashKind = z.infer<typeof CrashKind>

/** `kept`: stays on this computer. `refused`: the receiver did not want it, or could not be reached for days. */
export const CrashState = z.enum(['kept', 'waiting', 'sent', 'refused'])
export type CrashState = z.infer<typeof CrashState>

/** A report, as lists show it. */
export const Crash = z.object({
  id: Id,
  /** When it happened first, and how often it did since. */
  at: Time,
  count: z.int(),
  kind: CrashKind,
  title: z.string(),
  state: CrashState,
})
export type Crash = z.infer<typeof Crash>

export const crashes = {
  /** A page tells what broke in it. `noted: false`: too many came lately. */
  'crashes.note': command(
    z.strictObject({
      name: Line(100),
      message: Text(2_000),
      stack: Text(16_000).optional(),
      /** Where in the app it happened. */
      path: Text(300).optional(),
      /** Of a display: the session that it is bound to. */
      sessionId: Id.optional(),
    }),
    z.object({ noted: z.boolean() }),
    'overlay',
  ),
  /** What is kept, newest first, and what becomes of it. */
  'crashes.list': query(
    Nothing,
    z.object({
      items: z.array(Crash),
      /** Memory images that the system made of a process that died. They never leave this computer. */
      dumps: z.object({ count: z.int(), bytes: z.int() }),
      /** Whom reports go to once they may; null where this build sends nowhere. */
      destination: z.string().nullable(),
      waiting: z.int(),
      /** How many waited when sending was last switched off in this run, and were deleted; null where it was not. */
      withdrawn: z.int().nullable(),
    }),
  ),
  /** Exactly what is sent of a report: of that one, else of the newest, else of a sample (`id: null`). */
  'crashes.preview': query(z.strictObject({ id: Id.optional() }), z.object({ id: Id.nullable(), text: z.string() })),
  /** Deletes all reports and memory images, sent or not. */
  'crashes.clear': command(Nothing, z.object({ deleted: z.int() })),
}
