import {
  createEnvelope,
  getEnvelopeEndpointWithUrlEncodedAuth,
  makeDsn,
  parseRetryAfterHeader,
  serializeEnvelope,
} from '@sentry/core'
import type { Event, EventEnvelope } from '@sentry/core'
import { AppError } from '#shared/app-error.ts'
import type { CrashSender, SendOutcome } from './crash-sender.ts'
import { sentryEvent } from './sentry-event.ts'

// This module is loaded only once somebody has agreed that reports are sent: see crash-queue.ts. Of Sentry's packages the
// core alone is used, for the protocol. @sentry/node and @sentry/electron instrument the process as soon as they are
// initialised, and collect breadcrumbs and memory images, which nobody could look through before they leave.

const DEADLINE_MS = 20_000
const MOST_WAIT_MS = 24 * 60 * 60_000

/** Sends to the Sentry project of that DSN. */
export function createSentrySender(dsn: string, ports: { readonly fetch: typeof fetch }): CrashSender {
  const parts = makeDsn(dsn)
  if (!parts) throw new AppError('bad-call', 'The address for crash reports is no DSN of Sentry.')
  const url = getEnvelopeEndpointWithUrlEncodedAuth(parts)
  return {
    send: async (report, signal) => {
      const event = sentryEvent(report)
      const headers = { event_id: event.event_id, sent_at: new Date().toISOString() }
      const item = [{ type: 'event' }, event as unknown as Event] as const
      const body = serializeEnvelope(createEnvelope<EventEnvelope>(headers, [[...item]]))
      const response = await ports.fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-sentry-envelope' },
        body: body as string | Uint8Array<ArrayBuffer>,
        // A redirect would bring the report to somebody who was not named.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
      })
      await response.body?.cancel()
      return outcomeOf(response)
    },
  }
}

function outcomeOf({ ok, status, headers }: Response): SendOutcome {
  if (ok) return { outcome: 'sent' }
  if (status !== 429 && status < 500) return { outcome: 'refused' }
  const asked = headers.get('Retry-After')
  return { outcome: 'later', afterMs: asked === null ? null : Math.min(parseRetryAfterHeader(asked), MOST_WAIT_MS) }
}
