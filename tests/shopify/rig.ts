import { unwrap } from '#shared/reply.ts'
import type { Input, Name, Output } from '#shared/contract.ts'
import type { Job } from '#shared/jobs.ts'
import { onTestFinished } from 'vitest'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { systemClock } from '../../src/main/clock.ts'
import { readConfig } from '../../src/main/config.ts'
import type { LogFields } from '../../src/main/log.ts'
import { memoryDir } from '../support/open-test-app.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import type { FakeShopify, FakeShopifyOptions } from '../support/fakes/shopify/fake-shopify.ts'

export interface Desktop {
  readonly app: App
  readonly dataDir: string
  readonly log: { level: string; event: string; fields: LogFields | undefined }[]
  call<N extends Name>(name: N, input: Input<N>): Promise<Output<N>>
  /** The job at its end, or as soon as `until` holds of it. */
  job(id: string, until?: (job: Job) => boolean): Promise<Job>
}

/** A fake shop that ends with the test. */
export async function shopFor(options: FakeShopifyOptions = {}): Promise<FakeShopify> {
  const shop = await startFakeShopify(options)
  onTestFinished(() => shop[Symbol.asyncDispose]())
  return shop
}

/** The whole core, joined to a shop by the environment. It ends with the test. */
export function desktop(
  shop: FakeShopify,
  { env = {}, dataDir = memoryDir('hudson-shopify-') }: { env?: Record<string, string>; dataDir?: string } = {},
): Desktop & AsyncDisposable {
  const log: Desktop['log'] = []
  const say = (level: string) => (event: string, fields?: LogFields) => void log.push({ level, event, fields })
  const access = 'HUDSON_SHOPIFY_CLIENT_ID' in env ? {} : { HUDSON_SHOPIFY_TOKEN: shop.token }
  const config = readConfig({
    env: { HUDSON_DEV: '1', HUDSON_SHOPIFY_SHOP: shop.shop, HUDSON_SHOPIFY_BASE_URL: shop.url, ...access, ...env },
    runtime: 'studio',
    dataDir,
  })
  const app = createApp(config, {
    log: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    clock: systemClock,
    fetch,
  })
  let closed = false
  const close = async (): Promise<void> => {
    if (closed) return
    closed = true
    await app[Symbol.asyncDispose]()
  }
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
