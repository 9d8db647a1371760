import { unwrap } from '#shared/reply.ts'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { readConfig } from '../../src/main/config.ts'
import type { Log, LogFields } from '../../src/main/log.ts'
import { FakeClock } from './core.ts'

/** The whole core with the sample data. */
export interface TestApp {
  readonly app: App
  /** Ids of some products, pictures, sessions and items. */
  readonly ids: string[]
  /** What the core said went wrong: the reason behind an `internal`. */
  readonly failures: LogFields[]
}

/** A new folder, in memory where the system has files there: then thousands of writes do not wait for a disk. */
export function memoryDir(prefix: string): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), prefix))
}

export async function openTestApp(dataDir: string): Promise<TestApp> {
  // Development: an answer that does not fit the contract is a failure.
  const config = readConfig({ env: { HUDSON_DEV: '1' }, runtime: 'studio', dataDir })
  const failures: LogFields[] = []
  const quiet = (): void => {}
  const log: Log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (event, fields) => failures.push({ event, ...fields }),
  }
  const app = createApp(config, {
    log,
    clock: new FakeClock(),
    fetch: () => Promise.reject(new Error('no network')),
  })
  await app.dispatch('sample.load', {})
  return { app, ids: await someIds(app), failures }
}

const Thing = z.looseObject({ id: z.string() })
const Things = z.object({
  items: z.array(Thing.extend({ images: z.array(z.looseObject({ id: z.string().optional() })).optional() })),
})

async function someIds(app: App): Promise<string[]> {
  const list = async (name: string, input: object = {}) => Things.parse(unwrap(await app.dispatch(name, input))).items
  const products = (await list('products.list')).slice(0, 3)
  const shows = await list('sessions.list')
  const items = (await list('sessions.get', { id: shows[0]?.id })).slice(0, 3)
  return [
    ...[...products, ...shows, ...items].map(({ id }) => id),
    ...products.flatMap(({ images = [] }) => images.flatMap(({ id }) => id ?? [])),
  ]
}
