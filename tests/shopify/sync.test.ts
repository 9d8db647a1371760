import { expect, test } from 'vitest'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { desktop, shopFor } from './rig.ts'

test('the first sync brings everything: counts, prices and pictures', async () => {
  const shop = await shopFor({ products: makeProducts(60) })
  const here = desktop(shop)
  const { jobId } = await here.call('shopify.sync', {})
  const job = await here.job(jobId)
  expect(job).toMatchObject({ state: 'done', failed: 0, done: 60, total: 60, counts: { created: 60 } })
})
