import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { generated, modelFor, products, proposalOf, writingDesktop } from './rig.ts'

const writes = (model: { requests: readonly { path: string }[] }) =>
  model.requests.filter(({ path }) => path.endsWith('/chat/completions') || path.endsWith('/responses')).length

test('what a model writes waits for review; the product keeps its text until somebody takes it', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const [id = ''] = await products(here, 1)
  const job = await generated(here, [id])
  expect(job).toMatchObject({ kind: 'points.generate', state: 'done', done: 1, failed: 0, total: 1 })
  const text =
    '- “Product 1” is made to be worn every day\n- Feels as good as it looks, up close and on camera\n- Goes with what you have already'
  const proposal = await proposalOf(here, id)
  expect(proposal).toMatchObject({ text, state: 'proposed', productName: 'Product 1', current: '', flags: [] })
  expect(proposal.author).toEqual({ kind: 'model', name: 'gpt-6-luna' })
  expect((await here.call('products.get', { id })).talkingPointsMd).toBe('')
  expect((await here.call('points.list', { productId: id })).items).toMatchObject([
    { id: proposal.id, state: 'proposed' },
  ])
  expect((await here.call('points.status', {})).toReview).toBe(1)

  const taken = await here.call('points.accept', { pointId: proposal.id })
  expect(taken).toMatchObject({ id: proposal.id, text, state: 'saved', author: { kind: 'model' } })
  expect((await here.call('products.get', { id })).talkingPointsMd).toBe(text)
  expect((await here.call('points.proposals', {})).items).toEqual([])
})

test('a text that was changed before it was taken is a person`s; one that was turned down leaves nothing', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const [one = '', two = ''] = await products(here, 2)
  await generated(here, [one, two])
  const edited = await here.call('points.accept', { pointId: (await proposalOf(here, one)).id, text: '- Ours' })
  expect(edited).toMatchObject({ text: '- Ours', author: { kind: 'person' } })
  const { id } = await proposalOf(here, two)
  await here.call('points.reject', { pointId: id })
  expect((await here.call('points.list', { productId: two })).items).toEqual([])
  await expect(here.call('points.accept', { pointId: id })).rejects.toThrow(/not there any more/)
  await expect(here.call('points.reject', { pointId: id })).rejects.toThrow(/not there any more/)
})

test('what a person wrote is never replaced without review, and comes back from the versions', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const [id = ''] = await products(here, 1)
  await here.call('products.update', { id, patch: { talkingPointsMd: '- By hand' } })
  expect(await generated(here, [id])).toMatchObject({ state: 'done', total: 0 })
  expect(writes(model)).toBe(0)
  await generated(here, [id], 'all')
  expect((await here.call('products.get', { id })).talkingPointsMd).toBe('- By hand')
  const proposal = await proposalOf(here, id)
  expect(proposal.current).toBe('- By hand')
  await here.call('points.acceptMany', { pointIds: [proposal.id] })
  const { items } = await here.call('points.list', { productId: id })
  expect(items.map((one) => one.author.kind)).toEqual(['model', 'person'])
  expect(items[1]?.text).toBe('- By hand')
})

test('a second run costs nothing', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 12)
  await generated(here, ids)
  expect(writes(model)).toBe(12)
  expect(await generated(here, ids)).toMatchObject({ state: 'done', done: 0, total: 0 })
  expect(await here.call('points.estimate', { productIds: ids })).toMatchObject({ products: 0, costUsd: 0 })
  expect(writes(model)).toBe(12)
})

test('forty products with five failures: thirty-five to review, five with reasons, a retry does the five', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 40)
  model.fault({ match: 'Name: Product 3\\n', refusal: true })
  model.fault({ match: 'Name: Product 9\\n', incomplete: 'max_output_tokens' })
  model.fault({ match: 'Name: Product 17\\n', incomplete: 'content_filter' })
  model.fault({ match: 'Name: Product 25\\n', says: 'I am not sure what you want.' })
  model.fault({ match: 'Name: Product 38\\n', error: 'context_length_exceeded' })
  const job = await generated(here, ids)
  expect(job).toMatchObject({ state: 'partial', done: 35, failed: 5, total: 40 })
  expect(Object.fromEntries(job.errors.map(({ label, message }) => [label, message]))).toEqual({
    'Product 3': 'The model did not want to write about this product.',
    'Product 9': 'The answer became too long and was cut off. Try again, or choose a shorter length in Settings.',
    'Product 17': 'The model service stopped the answer because of its content rules.',
    'Product 25': 'The model wrote no points for this product. Try again, or write them by hand.',
    'Product 38': 'The description of this product is too long for the model. Shorten it, or choose another model.',
  })
  expect((await here.call('points.proposals', {})).items).toHaveLength(35)
  const before = writes(model)
  await here.call('jobs.retry', { id: job.id })
  expect(await here.job(job.id)).toMatchObject({ state: 'done', done: 40, failed: 0 })
  expect(writes(model) - before).toBe(5)
  expect((await here.call('points.proposals', {})).items).toHaveLength(40)
})

test('killed in the middle, it goes on where it was, and nothing is asked twice that came', async () => {
  const model = await modelFor()
  const first = writingDesktop(model)
  const ids = await products(first, 20)
  for (const n of [11, 12, 13, 14, 15, 16]) model.fault({ match: `Name: Product ${n}\\n`, hang: true })
  const { jobId } = await first.call('points.generate', { productIds: ids })
  await first.job(jobId, ({ done }) => done === 10)
  await first[Symbol.asyncDispose]()
  const second = writingDesktop(model, { dataDir: first.dataDir })
  expect(await second.job(jobId)).toMatchObject({ state: 'done', done: 20, failed: 0 })
  const asked = model.requests.map(({ body }) => /Name: (Product \d+)\\n/.exec(JSON.stringify(body))?.[1])
  const twice = asked.filter((name, n) => asked.indexOf(name) !== n)
  expect(new Set(twice), 'those that had not come').toEqual(
    new Set([11, 12, 13, 14, 15, 16].map((n) => `Product ${n}`)),
  )
})

test('a connection that breaks in the middle of an answer is tried again', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 2)
  model.fault({ match: 'Name: Product 1\\n', cutStream: true })
  model.fault({ match: 'Name: Product 2\\n', errorEvent: true })
  expect(await generated(here, ids)).toMatchObject({ state: 'done', done: 2 })
  expect(writes(model)).toBe(4)
})

test('three products in a row that the service failed at let the feature rest, with the reason; by hand it begins anew', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 30)
  model.fault({ error: 'server_is_overloaded', retryAfter: null, times: 1_000 })
  const job = await generated(here, ids)
  const reason = 'The model service is overloaded right now. Nothing is lost; try again in a while.'
  expect(job).toMatchObject({ state: 'failed', problem: reason })
  expect(job.failed).toBe(3)
  expect(writes(model), 'three tries each of the six under way, and of two that followed').toBeLessThanOrEqual(3 * 8)
  expect((await here.call('points.status', {})).resting).toBe(reason)
})

test('what the account lacks ends it at once, and is not paid for again', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 30)
  model.fault({ match: 'Name: Product 15\\n', error: 'credit_balance_exhausted', times: 100 })
  const job = await generated(here, ids)
  expect(job.problem).toMatch(/credit of your model account is used up/)
  expect(job.state).toBe('partial')
  expect(job.done).toBeLessThan(30)
  expect((await here.call('points.status', {})).resting).toMatch(/Add credit/)
})

test('cancelling keeps what has come', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 20)
  for (const n of [7, 8, 9, 10, 11, 12]) model.fault({ match: `Name: Product ${n}\\n`, hang: true })
  const { jobId } = await here.call('points.generate', { productIds: ids })
  await here.job(jobId, ({ done }) => done === 6)
  await here.call('jobs.cancel', { id: jobId })
  expect(await here.job(jobId)).toMatchObject({ state: 'cancelled', done: 6 })
  expect((await here.call('points.proposals', {})).items).toHaveLength(6)
})

test('claims that the product`s data does not bear are marked', async () => {
  const points = [
    'Pure silk, a bestseller',
    'Only 3 left, 14k gold',
    'Soft cotton',
    '20% off today',
    'Waterproof for 2 hours',
  ]
  const model = await modelFor({ reply: () => ({ points }) })
  const here = writingDesktop(model)
  const [id = ''] = await products(here, 1)
  const job = await generated(here, [id])
  expect(job.counts).toMatchObject({ proposed: 1, flagged: 1 })
  const { flags } = await proposalOf(here, id)
  expect(flags).toEqual([
    { kind: 'material', words: 'silk' },
    { kind: 'material', words: '14k' },
    { kind: 'material', words: 'gold' },
    { kind: 'praise', words: 'bestseller' },
    { kind: 'scarcity', words: 'Only 3 left' },
    { kind: 'promise', words: 'Waterproof' },
    { kind: 'number', words: '20%' },
    { kind: 'number', words: '2 hours' },
  ])
})

test('a line-up`s products are asked for in its order, and shown in it', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 3)
  const session = await here.call('sessions.create', { name: 'Show', productIds: ids.toReversed() })
  const { jobId } = await here.call('points.generate', { sessionId: session.id })
  expect(await here.job(jobId)).toMatchObject({ done: 3 })
  const { items } = await here.call('points.proposals', { sessionId: session.id })
  expect(items.map(({ productName }) => productName)).toEqual(['Product 3', 'Product 2', 'Product 1'])
})

test('an estimate says how many, and about what it costs', async () => {
  const model = await modelFor()
  const here = writingDesktop(model)
  const ids = await products(here, 100)
  const estimate = await here.call('points.estimate', { productIds: ids })
  expect(estimate).toMatchObject({ products: 100, model: 'gpt-6-luna', outputTokens: 11_000 })
  expect(estimate.inputTokens).toBeGreaterThan(20_000)
  expect(must(estimate.costUsd, 'a price')).toBeCloseTo((estimate.inputTokens * 0.1 + 11_000 * 0.5) / 1e6)
  await here.call('settings.update', { patch: { points: { model: 'of-our-own' } } })
  expect((await here.call('points.estimate', { productIds: ids })).costUsd).toBeNull()
})

test('without a model nothing begins, and the reason says where to set one up', async () => {
  const model = await modelFor()
  const { openDesktop } = await import('../support/desktop.ts')
  const here = openDesktop({})
  const [id = ''] = await products(here, 1)
  await expect(here.call('points.generate', { productIds: [id] })).rejects.toThrow(/Add a key of OpenAI/)
  expect(await here.call('points.status', {})).toMatchObject({ configured: false, toReview: 0 })
  expect(model.requests).toEqual([])
})

test('what is being written already is not asked for again, nor what somebody wrote meanwhile', async () => {
  const model = await modelFor({ delayMs: 100 })
  const here = writingDesktop(model)
  const ids = await products(here, 20)
  const first = await here.call('points.generate', { productIds: ids })
  const second = await here.call('points.generate', { productIds: ids })
  await here.call('points.save', { productId: ids[19] ?? '', text: '- By hand' })
  expect(await here.job(first.jobId)).toMatchObject({ state: 'done', done: 20, counts: { proposed: 19 } })
  expect(await here.job(second.jobId)).toMatchObject({ state: 'done', total: 0 })
  expect(writes(model)).toBe(19)
})
