import { onTestFinished } from 'vitest'
import { must } from '#shared/must.ts'
import { openDesktop } from '../support/desktop.ts'
import type { Desktop } from '../support/desktop.ts'
import { startFakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import type { FakeOpenai, FakeOpenaiOptions } from '../support/fakes/openai/fake-openai.ts'

/** A fake model service that ends with the test. */
export async function modelFor(options: FakeOpenaiOptions = {}): Promise<FakeOpenai> {
  const model = await startFakeOpenai(options)
  onTestFinished(() => model[Symbol.asyncDispose]())
  return model
}

/** The whole core with a model service, and no shop. */
export function writingDesktop(
  model: FakeOpenai,
  { env = {}, dataDir }: { env?: Record<string, string>; dataDir?: string } = {},
): Desktop {
  return openDesktop({ HUDSON_OPENAI_BASE_URL: model.url, HUDSON_OPENAI_API_KEY: model.key, ...env }, dataDir)
}

/** So many products without talking points, named "Product 1" and so on. */
export async function products(here: Desktop, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 1; n <= count; n += 1) {
    const { id } = await here.call('products.create', {
      name: `Product ${n}`,
      brand: 'Acme',
      descriptionHtml: '<p>A plain cotton shirt.</p>',
    })
    ids.push(id)
  }
  return ids
}

export async function generated(here: Desktop, productIds: readonly string[], mode: 'missing' | 'all' = 'missing') {
  const { jobId } = await here.call('points.generate', { productIds: [...productIds], mode })
  return await here.job(jobId)
}

export async function proposalOf(here: Desktop, productId: string) {
  const { items } = await here.call('points.proposals', { productId })
  return must(items[0], 'a proposal')
}
