import { onTestFinished } from 'vitest'
import type { Input, Name, Output } from '#shared/contract.ts'
import type { Job } from '#shared/jobs.ts'
import { unwrap } from '#shared/reply.ts'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { systemClock } from '../../src/main/clock.ts'
import { readConfig } from '../../src/main/config.ts'
import type { LogFields } from '../../src/main/log.ts'
import { memoryDir } from './open-test-app.ts'

/** The whole core, with the real clock and network. */
export interface Desktop extends AsyncDisposable {
  readonly app: App
  readonly dataDir: string
  readonly log: { level: string; event: string; fields: LogFields | undefined }[]
  call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>>
  /** The job at its end, or as soon as `until` holds of it. */
  job(id: string, until?: (job: Job) => boolean): Promise<Job>
}

/** Opens it with this environment. It ends with the test, if not before. */
export function openDesktop(env: Record<string, string>, dataDir = memoryDir('hudson-desktop-')): Desktop {
  const log: Desktop['log'] = []
  const say = (level: string) => (event: string, fields?: LogFields) => void log.push({ level, event, fields })
  // Development: an answer that does not fit the contract is a failure.
  const config = readConfig({ env: { HUDSON_DEV: '1', ...env }, runtime: 'studio', dataDir })
  const app = createApp(config, {
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    clock: systemClock,
    fetch,
  })
  const closing: { done?: Promise<void> } = {}
  const close = (): Promise<void> => (closing.done ??= Promise.resolve(app[Symbol.asyncDispose]()))
  onTestFinished(close)
  const call = async <N extends Name>(name: N, input: Input<N>): Promise<Output<N>> =>
    unwrap(await app.dispatch(name, input)) as Output<N>
  return {
    app,
    dataDir,
    log,
    call,
    job: (id, until = ({ endedAt }) => endedAt !== null) => waitFor(app, () => call('jobs.get', { id }), until),
    [Symbol.asyncDispose]: close,
  }
}

/** Asks at every change of the jobs until it holds. */
async function waitFor<T>(app: App, ask: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = app.events.on('changed', ({ feature }) => feature === 'jobs' && resolve())
    const value = await ask()
    if (holds(value)) {
      stop()
      return value
    }
    await promise
    stop()
  }
}
