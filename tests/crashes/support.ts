import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { CrashLog } from '../../src/main/crashes/crash-log.ts'
import { Crashes } from '../../src/main/crashes/crashes.ts'
import { Events } from '../../src/main/events.ts'
import { silentLog } from '../../src/main/log.ts'
import { redactByForm } from '../../src/main/open-crashes.ts'
import { FakeClock } from '../support/core.ts'
import { tempDir } from '../support/temp-dir.ts'

export const about = { hudson: '9.9.9', runtime: 'studio', platform: 'linux' }

/** Takes envelopes as Sentry does, on the loopback address. */
export interface FakeSentry {
  readonly dsn: string
  /** Connections that were made, whatever came over them. */
  readonly connections: () => number
  readonly envelopes: { readonly url: string; readonly lines: readonly string[] }[]
  /** Answers that come before the good ones. */
  readonly answers: { readonly status: number; readonly retryAfter?: string }[]
  /** Holds every answer back until it is called. */
  hold(): () => void
}

export async function fakeSentry(): Promise<FakeSentry> {
  const seen = { connections: 0, held: null as Promise<void> | null }
  const envelopes: FakeSentry['envelopes'] = []
  const answers: FakeSentry['answers'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      envelopes.push({ url: request.url ?? '', lines: Buffer.concat(chunks).toString('utf8').split('\n') })
      const { status, retryAfter } = answers.shift() ?? { status: 200 }
      void (seen.held ?? Promise.resolve()).then(() =>
        response.writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end('{}'),
      )
    })
  })
  server.on('connection', () => (seen.connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    dsn: `http://publickey@127.0.0.1:${(server.address() as AddressInfo).port}/42`,
    connections: () => seen.connections,
    envelopes,
    answers,
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      seen.held = promise
      return () => {
        seen.held = null
        resolve()
      }
    },
  }
}

/** Crash reports on a folder of their own, with the real sender. */
export function crashRig(dsn?: string, dir = join(tempDir(), 'crashes')) {
  const clock = new FakeClock()
  const events = new Events((error) => {
    throw error
  })
  const consent: { now: 'off' | 'on' } = { now: 'off' }
  const loads = { count: 0 }
  const crashLog = new CrashLog({ dir, clock, redact: redactByForm, about })
  const crashes = new Crashes({
    crashLog,
    about,
    settings: { get: () => ({ privacy: { crashReports: consent.now } }) },
    events,
    clock,
    log: silentLog,
    dsn,
    openSender: async (to) => {
      loads.count += 1
      return (await import('../../src/main/crashes/sentry-sender.ts')).createSentrySender(to, { fetch })
    },
  })
  onTestFinished(() => crashes[Symbol.asyncDispose]())
  const { handlers } = crashes
  return {
    dir,
    clock,
    crashLog,
    crashes,
    handlers,
    loads,
    agree: (to: 'off' | 'on') => {
      consent.now = to
      events.emit('changed', { feature: 'settings' })
    },
    list: () => Promise.resolve(handlers['crashes.list']({})),
    note: (message: string) => crashLog.note({ kind: 'uncaught', error: new Error(message) }),
    /** Until the report is in that state. */
    until: async (state: string) =>
      await vi.waitFor(
        async () => {
          const { items } = await handlers['crashes.list']({})
          if (!items.some((one) => one.state === state)) throw new Error(JSON.stringify(items))
        },
        { timeout: 10_000, interval: 10 },
      ),
  }
}
