import type { CrashReport } from './crash-report.ts'

/** What Sentry takes of a report: https://develop.sentry.dev/sdk/data-model/event-payloads/ */
export interface SentryEvent {
  readonly event_id: string
  readonly timestamp: number
  readonly platform: 'node' | 'javascript'
  readonly level: 'error'
  readonly release: string
  readonly exception: { readonly values: readonly [SentryException] }
  readonly tags: Readonly<Record<string, string>>
}

interface SentryException {
  readonly type: string
  readonly value: string
  readonly stacktrace?: { readonly frames: readonly Frame[] }
}

interface Frame {
  readonly function: string
  readonly filename: string
  readonly lineno: number
  readonly colno: number
}

/**
 * The whole of what is sent of a report, and what the preview shows: no name of a user or computer, no breadcrumbs, no
 * variables. Made here and not by Sentry's library, which is loaded only once it may send.
 */
export function sentryEvent({ id, at, kind, count, name, message, stack, path, about }: CrashReport): SentryEvent {
  const { hudson = '', ...rest } = about
  const frames = framesOf(stack)
  return {
    event_id: id.replaceAll('-', ''),
    timestamp: Date.parse(at) / 1000,
    platform: kind === 'page' ? 'javascript' : 'node',
    level: 'error',
    release: `hudson@${hudson}`,
    exception: { values: [{ type: name, value: message, ...(frames.length > 0 && { stacktrace: { frames } }) }] },
    tags: { kind, count: String(count), ...(path !== null && { path }), ...rest },
  }
}

/** As the previews show it. */
export function eventText(report: CrashReport): string {
  return JSON.stringify(sentryEvent(report), null, 2)
}

/** Of V8's text; Sentry wants the innermost call last. */
function framesOf(stack: string): Frame[] {
  return stack
    .split('\n')
    .flatMap((line) => {
      const [, called = '', filename = '', lineno = '', colno = ''] =
        /^\s*at (?:(.*?) \()?([^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? []
      if (filename === '') return []
      return [{ function: called || '?', filename, lineno: Number(lineno), colno: Number(colno) }]
    })
    .toReversed()
}
