import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import type { Job } from '#shared/jobs.ts'
import { unwrap } from '#shared/reply.ts'
import { createApp } from '../src/main/app.ts'
import type { App } from '../src/main/app.ts'
import { systemClock } from '../src/main/clock.ts'
import { readConfig } from '../src/main/config.ts'
import { PAGE, productsPage } from '../src/main/shopify/queries.ts'
import { inTempDir } from './support.ts'
import type { BenchRow } from './support.ts'

const PRODUCTS = 5_000
const ROUNDS = 3
const POINTS = 100

/**
 * A whole import from a fake Shopify that never says "slow down", in a process of its own, beside fetching and parsing the same
 * pages alone; and talking points from a fake model that takes 200 ms for each. Both sides wait for the same fake, which makes the
 * ratio kinder than it would be with a faster one: the time that our process spends stands beside it.
 */
export async function run(): Promise<BenchRow[]> {
  await using fakes = await startFakes()
  const raw: number[] = []
  const ours: Imported[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    raw.push(await fetchAlone(fakes.env))
    ours.push(await importAll(fakes.env))
  }
  const fastest = Math.min(...ours.map(({ ms }) => ms))
  const rawMs = Math.min(...raw)
  const rate = (ms: number): number => (PRODUCTS / ms) * 1000
  const delay = Math.min(...ours.map(({ delayP99 }) => delayP99))
  return [
    {
      name: `Shopify import of ${PRODUCTS} products, share of fetching and parsing alone`,
      value: rawMs / fastest,
      unit: '',
      limit: 0.5,
      atLeast: true,
    },
    { name: 'Shopify import, rate', value: rate(fastest), unit: '/s', raw: rate(rawMs), ratio: rawMs / fastest },
    { name: 'Shopify import, time of the processor', value: Math.min(...ours.map(({ cpuMs }) => cpuMs)), unit: 'ms' },

    ...(await writePoints(fakes.env)),
    { name: 'Shopify import, event-loop delay p99', value: delay, unit: 'ms', limit: 16 },
  ]
}

interface Fakes extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>
}

async function startFakes(): Promise<Fakes> {
  const args = ['--shopify-port', '0', '--openai-port', '0', '--products', String(PRODUCTS)]
  const plenty = ['--bucket', '100000000', '--restore-rate', '100000000', '--delay', '200']
  const child = spawn(process.execPath, [resolve('scripts/fakes.ts'), ...args, ...plenty], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const env: Record<string, string> = {}
  for await (const line of createInterface(child.stdout)) {
    const [, name = '', value = ''] = /^export (\w+)=(\S+)$/.exec(line) ?? []
    env[name] = value
    if (Object.keys(env).length === 5) break
  }
  return {
    env,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await once(child, 'exit')
    },
  }
}

interface Page {
  readonly data: { readonly products: { readonly pageInfo: { hasNextPage: boolean; endCursor: string } } }
}

/** In ms. */
async function fetchAlone(env: Fakes['env']): Promise<number> {
  const begun = performance.now()
  for (let after: string | null = null; ;) {
    const response: Response = await fetch(`${env['HUDSON_SHOPIFY_BASE_URL']}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': env['HUDSON_SHOPIFY_TOKEN'] ?? '' },
      body: JSON.stringify({
        query: productsPage.text,
        operationName: productsPage.name,
        variables: { first: PAGE, after, query: null },
      }),
    })
    const { pageInfo } = (JSON.parse(await response.text()) as Page).data.products
    if (!pageInfo.hasNextPage) return performance.now() - begun
    after = pageInfo.endCursor
  }
}

interface Imported {
  readonly ms: number
  readonly cpuMs: number
  readonly delayP99: number
}

async function importAll(env: Fakes['env']): Promise<Imported> {
  return await inTempDir(async (dir) => {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const begun = performance.now()
    const cpu = process.cpuUsage()
    await using app = open(join(dir, 'data'), env)
    delay.enable()
    const { jobId } = unwrap(await app.dispatch('shopify.sync', {})) as { jobId: string }
    const job = await ended(app, jobId)
    const ms = performance.now() - begun
    const { user, system } = process.cpuUsage(cpu)
    delay.disable()
    if (job.counts['created'] !== PRODUCTS) throw new Error(`imported ${JSON.stringify(job)}`)
    return { ms, cpuMs: (user + system) / 1000, delayP99: delay.percentile(99) / 1e6 }
  })
}

async function writePoints({
  HUDSON_OPENAI_API_KEY = '',
  HUDSON_OPENAI_BASE_URL = '',
}: Fakes['env']): Promise<BenchRow[]> {
  return await inTempDir(async (dir) => {
    await using app = open(join(dir, 'data'), { HUDSON_OPENAI_API_KEY, HUDSON_OPENAI_BASE_URL })
    const productIds: string[] = []
    for (let n = 0; n < POINTS; n += 1) {
      const { id } = unwrap(await app.dispatch('products.create', { name: `Product ${n}` })) as { id: string }
      productIds.push(id)
    }
    const begun = performance.now()
    const { jobId } = unwrap(await app.dispatch('points.generate', { productIds })) as { jobId: string }
    const job = await ended(app, jobId)
    const seconds = (performance.now() - begun) / 1000
    if (job.done !== POINTS) throw new Error(`written ${JSON.stringify(job)}`)
    return [{ name: `talking points for ${POINTS} products, a model of 200 ms`, value: seconds, unit: 's', limit: 6 }]
  })
}

function open(dataDir: string, env: Fakes['env']): App {
  const quiet = (): void => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  // Pictures are another matter: none ever comes here.
  const withoutPictures: typeof fetch = (input, init) => {
    const address = input instanceof Request ? input.url : input.toString()
    if (!address.includes('/cdn/')) return fetch(input, init)
    const { promise, reject } = Promise.withResolvers<Response>()
    init?.signal?.addEventListener('abort', () => reject(new Error('given up')))
    return promise
  }
  return createApp(readConfig({ env, runtime: 'studio', dataDir, entryDir: import.meta.dirname }), {
    log,
    clock: systemClock,
    fetch: withoutPictures,
  })
}

async function ended(app: App, id: string): Promise<Job> {
  for (;;) {
    const { promise, resolve: next } = Promise.withResolvers<void>()
    const stop = app.events.on('changed', ({ feature }) => feature === 'jobs' && next())
    const job = unwrap(await app.dispatch('jobs.get', { id })) as Job
    if (job.endedAt !== null) {
      stop()
      return job
    }
    await promise
    stop()
  }
}
