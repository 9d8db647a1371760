import { onTestFinished } from 'vitest'
import type { Input, Name, Output } from '#shared/contract.ts'
import { unwrap } from '#shared/reply.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { systemClock } from '../../src/main/clock.ts'
import { readConfig } from '../../src/main/config.ts'
import { silentLog } from '../../src/main/log.ts'
import { tempDir } from '../support/temp-dir.ts'

/** One desktop as it runs, without its server: the real clock, a data dir, a team's database. */
export interface AppDesk extends AsyncDisposable {
  readonly app: App
  readonly dataDir: string
  /** Features that were told as changed. */
  readonly changed: string[]
  call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>>
  status(): Promise<SyncStatus>
}

/** Closed, and its folder gone, after the test. */
export function openAppDesk(
  databaseUrl: string,
  { dataDir = tempDir(), bulkWorker }: { readonly dataDir?: string; readonly bulkWorker?: string } = {},
): AppDesk {
  const env = { HUDSON_DATABASE_URL: databaseUrl }
  const config = { ...readConfig({ env, runtime: 'studio', dataDir }), ...(bulkWorker !== undefined && { bulkWorker }) }
  const app = createApp(config, { log: silentLog, clock: systemClock, fetch })
  const changed: string[] = []
  app.events.on('changed', ({ feature }) => changed.push(feature))
  const closing: { done?: Promise<void> } = {}
  const close = (): Promise<void> => (closing.done ??= Promise.resolve(app[Symbol.asyncDispose]()))
  onTestFinished(close)
  const call: AppDesk['call'] = async <N extends Name>(name: N, input: Input<N>) =>
    unwrap(await app.dispatch(name, input)) as Output<N>
  return { app, dataDir, changed, call, status: () => call('sync.status', {}), [Symbol.asyncDispose]: close }
}
