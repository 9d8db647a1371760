import { afterEach, expect, test, vi } from 'vitest'
import type { Job } from '#shared/jobs.ts'
import { unwrap } from '#shared/reply.ts'
import { startFakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import { serve, tempDir } from './hudson.ts'
import type { Server } from './hudson.ts'

afterEach(() => vi.unstubAllEnvs())

async function value<T>(server: Server, name: string, input: object = {}): Promise<T> {
  return unwrap(await server.call(name, input)) as T
}

async function jobWhen(server: Server, id: string, holds: (job: Job) => boolean): Promise<Job> {
  return await vi.waitFor(
    async () => {
      const job = await value<Job>(server, 'jobs.get', { id })
      expect(job, 'not there yet').toSatisfy(holds)
      return job
    },
    { timeout: 30_000, interval: 50 },
  )
}

const ended = ({ endedAt }: Job): boolean => endedAt !== null

async function theOpenJob(server: Server, feature: 'shopify' | 'points'): Promise<string> {
  const status = await vi.waitFor(async () => {
    const found = await value<{ jobId: string | null }>(server, `${feature}.status`)
    expect(found.jobId).not.toBeNull()
    return found
  })
  return status.jobId ?? ''
}

test('kill -9 in the middle of an import: the next start goes on with it, and nothing is there twice', async () => {
  using dir = tempDir()
  await using shop = await startFakeShopify({ products: makeProducts(350) })
  vi.stubEnv('HUDSON_SHOPIFY_SHOP', shop.shop)
  vi.stubEnv('HUDSON_SHOPIFY_TOKEN', shop.token)
  vi.stubEnv('HUDSON_SHOPIFY_BASE_URL', shop.url)
  shop.fault({ on: 'HudsonProducts', skip: 2, hang: true })
  const first = await serve(dir.path)
  // It begins by itself.
  const id = await theOpenJob(first, 'shopify')
  await jobWhen(first, id, ({ done }) => done === 200)
  await first.end('SIGKILL')
  const pages = () => shop.requests.filter(({ operation }) => operation === 'HudsonProducts').length
  const before = pages()

  await using second = await serve(dir.path)
  const job = await jobWhen(second, id, ended)
  expect(job).toMatchObject({ state: 'done', done: 350, failed: 0, counts: { created: 350 } })
  expect(pages() - before).toBe(2)
  const { counts } = await value<{ counts: { products: number } }>(second, 'app.info')
  expect(counts.products).toBe(350)
  const again = await value<{ jobId: string }>(second, 'shopify.sync')
  expect((await jobWhen(second, again.jobId, ended)).counts).toEqual({ unchanged: 350 })
})

test('kill -9 in the middle of writing talking points: what came is kept, the rest is asked for, nothing twice', async () => {
  using dir = tempDir()
  await using model = await startFakeOpenai()
  vi.stubEnv('HUDSON_OPENAI_BASE_URL', model.url)
  vi.stubEnv('HUDSON_OPENAI_API_KEY', model.key)
  const first = await serve(dir.path)
  const productIds: string[] = []
  for (let n = 1; n <= 20; n += 1)
    productIds.push((await value<{ id: string }>(first, 'products.create', { name: `Product ${n}` })).id)
  for (let n = 11; n <= 16; n += 1) model.fault({ match: `Name: Product ${n}\\n`, hang: true })
  const { jobId } = await value<{ jobId: string }>(first, 'points.generate', { productIds })
  await jobWhen(first, jobId, ({ done }) => done === 10)
  await first.end('SIGKILL')

  await using second = await serve(dir.path)
  expect(await jobWhen(second, jobId, ended)).toMatchObject({ state: 'done', done: 20, failed: 0 })
  const { items } = await value<{ items: unknown[] }>(second, 'points.proposals')
  expect(items).toHaveLength(20)
  // The six that hung were under way twice; the ten that had come were not.
  expect(model.requests).toHaveLength(20 + 6)
})
