import { expect, test } from 'vitest'
import { answerOf, ask, chat, errorOf, eventsOf, look, openai, partOf, schema, wish } from './openai-client.ts'

// What a fake OpenAI has to do, so that a client that works with it works with the real one.

test('only the key is let in, and the refusal echoes a part of a key', async () => {
  const fake = await openai()
  const refused = await errorOf(await ask({ url: fake.url, key: 'sk-wrong' }, 'responses', wish))
  expect(refused).toMatchObject({ status: 401, type: 'invalid_request_error', code: 'invalid_api_key' })
  expect(refused.message).toContain('sk-proj-****abcd')
  expect((await fetch(`${fake.url}/models`)).status).toBe(401)
})

test('an answer fits the schema, names the product, and does not come first in the output', async () => {
  const fake = await openai()
  const response = await ask(fake, 'responses', wish)
  const answer = await answerOf(response)
  expect(answer.output.map(({ type }) => type)).toEqual(['reasoning', 'message'])
  const { points } = JSON.parse(partOf(answer)?.text ?? '') as { points: string[] }
  expect(points).toHaveLength(3)
  expect(points[0]).toContain('Gold hoops')
  expect(response.headers.get('x-request-id')).toMatch(/^req_/)
  expect(response.headers.get('x-ratelimit-reset-tokens')).toBe('6m0s')
})

test('a chat completion answers the same in its own words', async () => {
  const fake = await openai({ reply: () => ({ points: ['One'] }) })
  const response = await ask(fake, 'chat/completions', chat)
  expect(await response.json()).toMatchObject({
    object: 'chat.completion',
    choices: [{ message: { content: '{"points":["One"]}', refusal: null }, finish_reason: 'stop' }],
  })
})

test('a stream is the whole sequence of events, numbered', async () => {
  const fake = await openai({ reply: () => ({ points: ['Light on the ear'] }) })
  const response = await ask(fake, 'responses', { ...wish, stream: true })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = eventsOf(await response.text())
  expect(events.map((event) => event['sequence_number'])).toEqual(events.map((_, index) => index))
  const types = events.map(({ type }) => type)
  expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.output_item.done',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ])
  const deltas = events.filter(({ type }) => type === 'response.output_text.delta')
  expect(deltas.length).toBeGreaterThan(2)
  expect(deltas.map(({ delta }) => delta).join('')).toBe('{"points":["Light on the ear"]}')
})

test('a stream is cut in the middle of letters', async () => {
  const fake = await openai({ reply: () => ({ points: ['💎 für dich'] }) })
  const response = await ask(fake, 'responses', { ...wish, stream: true })
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body ?? []) chunks.push(chunk)
  // Each chunk by itself does not decode; all of them do.
  const alone = chunks.map((chunk) => new TextDecoder().decode(chunk)).join('')
  expect(alone).toContain('\uFFFD')
  expect(Buffer.concat(chunks).toString()).toContain('💎 für')
})

test('a chat stream is chunks up to [DONE], with the usage where it was asked for', async () => {
  const fake = await openai({ reply: () => ({ points: ['One'] }) })
  const asked = { ...chat, stream: true, stream_options: { include_usage: true } }
  const blocks = (await (await ask(fake, 'chat/completions', asked)).text()).trim().split('\n\n')
  expect(blocks.at(-1)).toBe('data: [DONE]')
  const chunks = blocks.slice(0, -1).map(
    (block) =>
      JSON.parse(block.replace('data: ', '')) as {
        choices: { delta: { content?: string }; finish_reason: string | null }[]
        usage: { total_tokens: number } | null
      },
  )
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('{"points":["One"]}')
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
})

test('a refusal is a part of its own, in each of the four ways', async () => {
  const fake = await openai()
  fake.fault({ refusal: true, times: 4 })
  expect(partOf(await answerOf(await ask(fake, 'responses', wish)))).toEqual({
    type: 'refusal',
    refusal: "I can't help with that.",
  })
  const streamed = eventsOf(await (await ask(fake, 'responses', { ...wish, stream: true })).text())
  expect(streamed.map(({ type }) => type)).toContain('response.refusal.delta')
  expect(await (await ask(fake, 'chat/completions', chat)).json()).toMatchObject({
    choices: [{ message: { content: null, refusal: "I can't help with that." } }],
  })
  expect(await (await ask(fake, 'chat/completions', { ...chat, stream: true })).text()).toContain('"refusal":"I can')
})

test.each([
  ['max_output_tokens', 'length'],
  ['content_filter', 'content_filter'],
] as const)('incomplete by %s says so, and the text is not whole', async (reason, finish) => {
  const fake = await openai()
  fake.fault({ incomplete: reason, times: 3 })
  const answer = await answerOf(await ask(fake, 'responses', wish))
  expect(answer).toMatchObject({ status: 'incomplete', incomplete_details: { reason } })
  expect(() => JSON.parse(partOf(answer)?.text ?? '') as unknown).toThrow(SyntaxError)
  const streamed = eventsOf(await (await ask(fake, 'responses', { ...wish, stream: true })).text())
  expect(streamed.at(-1)?.type).toBe('response.incomplete')
  expect(await (await ask(fake, 'chat/completions', chat)).json()).toMatchObject({
    choices: [{ finish_reason: finish }],
  })
})

test('a failed response is a 200 that says so', async () => {
  const fake = await openai()
  fake.fault({ failed: true, times: 2 })
  expect(await answerOf(await ask(fake, 'responses', wish))).toMatchObject({
    status: 'failed',
    error: { code: 'server_error' },
  })
  const streamed = eventsOf(await (await ask(fake, 'responses', { ...wish, stream: true })).text())
  expect(streamed.map(({ type }) => type)).toEqual(['response.created', 'response.in_progress', 'response.failed'])
})

test('a cut stream ends without its end', async () => {
  const fake = await openai()
  fake.fault({ cutStream: true, times: 2 })
  await expect((await ask(fake, 'responses', { ...wish, stream: true })).text()).rejects.toThrow('terminated')
  await expect((await ask(fake, 'chat/completions', { ...chat, stream: true })).text()).rejects.toThrow('terminated')
})

test('an error comes in the stream, after the 200', async () => {
  const fake = await openai()
  fake.fault({ errorEvent: true, times: 2 })
  const events = eventsOf(await (await ask(fake, 'responses', { ...wish, stream: true })).text())
  expect(events[0]?.type).toBe('response.created')
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'server_error', param: null })
  const chunks = await (await ask(fake, 'chat/completions', { ...chat, stream: true })).text()
  expect(chunks).toContain('data: {"error":{"message"')
  expect(chunks).not.toContain('[DONE]')
})

test('the model answers what is not JSON', async () => {
  const fake = await openai()
  fake.fault({ invalidJson: true })
  const words = partOf(await answerOf(await ask(fake, 'responses', wish)))?.text ?? ''
  expect(() => JSON.parse(words) as unknown).toThrow(SyntaxError)
})

test('a slow first byte comes, and one that hangs ends with the client', async () => {
  const fake = await openai()
  fake.fault({ slowFirstByteMs: 50 })
  const before = performance.now()
  await answerOf(await ask(fake, 'responses', wish))
  expect(performance.now() - before).toBeGreaterThan(45)
  fake.fault({ hang: true })
  const signal = AbortSignal.timeout(50)
  const headers = { authorization: `Bearer ${fake.key}` }
  await expect(fetch(`${fake.url}/responses`, { method: 'POST', headers, body: '{}', signal })).rejects.toThrow(
    'timeout',
  )
})

const invalid = 'invalid_request_error'

test.each([
  ['invalid_api_key', 401, invalid, 'invalid_api_key'],
  ['missing_scopes', 403, invalid, null],
  ['ip_not_authorized', 401, invalid, 'ip_not_authorized'],
  ['unsupported_country', 403, 'request_forbidden', 'unsupported_country_region_territory'],
  ['model_not_found', 404, invalid, 'model_not_found'],
  ['context_length_exceeded', 400, invalid, 'context_length_exceeded'],
  ['unsupported_parameter', 400, invalid, 'unsupported_parameter'],
  ['rate_limit_exceeded', 429, 'tokens', 'rate_limit_exceeded'],
  ['slow_down', 429, 'rate_limit_error', 'slow_down'],
  ['insufficient_quota', 429, 'insufficient_quota', 'insufficient_quota'],
  ['credit_balance_exhausted', 429, 'insufficient_quota', 'credit_balance_exhausted'],
  ['organization_spend_limit_exceeded', 429, 'insufficient_quota', 'organization_spend_limit_exceeded'],
  ['project_spend_limit_exceeded', 429, 'insufficient_quota', 'project_spend_limit_exceeded'],
  ['organization_usage_limit_exceeded', 429, 'insufficient_quota', 'organization_usage_limit_exceeded'],
  ['server_is_overloaded', 503, 'service_unavailable_error', 'server_is_overloaded'],
  ['server_error', 500, 'server_error', 'server_error'],
] as const)('the row of %s', async (...[error, status, type, code]) => {
  const fake = await openai()
  fake.fault({ error })
  expect(await errorOf(await ask(fake, 'responses', wish))).toMatchObject({ status, type, code })
  expect((await ask(fake, 'responses', wish)).status).toBe(200)
  expect(fake.requests.map((one) => [one.status, one.attempt])).toEqual([
    [status, 1],
    [200, 2],
  ])
})

test('the edge answers 502 with a page', async () => {
  const fake = await openai()
  fake.fault({ error: 'html_502' })
  const response = await ask(fake, 'responses', wish)
  expect(response.status).toBe(502)
  expect(await response.text()).toMatch(/^<html>/)
})

test('Retry-After comes in seconds, or not at all', async () => {
  const fake = await openai()
  fake.fault({ error: 'rate_limit_exceeded' })
  fake.fault({ error: 'rate_limit_exceeded', retryAfter: 30 })
  fake.fault({ error: 'rate_limit_exceeded', retryAfter: null })
  const waits: (string | null)[] = []
  for (let n = 0; n < 3; n += 1) waits.push((await ask(fake, 'responses', wish)).headers.get('retry-after'))
  expect(waits).toEqual(['4', '30', null])
})

test('a fault waits for the body that it is meant for', async () => {
  const fake = await openai()
  fake.fault({ error: 'server_error', match: 'Silk scarf' })
  expect((await ask(fake, 'responses', wish)).status).toBe(200)
  expect((await ask(fake, 'responses', { ...wish, input: 'Product: Silk scarf' })).status).toBe(500)
})

test('a strict schema that leaves something open is refused, at any depth', async () => {
  const fake = await openai()
  const withSchema = (one: object) => ({
    ...wish,
    text: { format: { type: 'json_schema', name: 'points', strict: true, schema: one } },
  })
  const open = await errorOf(await ask(fake, 'responses', withSchema({ ...schema, additionalProperties: true })))
  expect(open).toMatchObject({ status: 400, code: 'invalid_json_schema', param: 'text.format.schema' })
  const optional = { ...schema, properties: { points: { type: 'array', items: { ...schema, required: [] } } } }
  const refused = await errorOf(await ask(fake, 'responses', withSchema(optional)))
  expect(refused.message).toContain("Missing 'points'")
})

test('unknown and missing parameters are refused by name', async () => {
  const fake = await openai()
  const unknown = await errorOf(await ask(fake, 'responses', { ...wish, max_tokens: 5 }))
  expect(unknown).toMatchObject({ status: 400, code: 'unknown_parameter', param: 'max_tokens' })
  const missing = await errorOf(await ask(fake, 'chat/completions', { model: 'gpt-6-luna' }))
  expect(missing).toMatchObject({ status: 400, code: 'missing_required_parameter', param: 'messages' })
})

test('a smaller server speaks only chat, and knows fewer formats', async () => {
  const fake = await openai({ styles: ['chat'], schemaSupport: 'json_object' })
  expect((await ask(fake, 'responses', wish)).status).toBe(404)
  expect(await errorOf(await ask(fake, 'chat/completions', chat))).toMatchObject({
    status: 400,
    code: 'unsupported_parameter',
    param: 'response_format',
  })
  const asObject = { ...chat, response_format: { type: 'json_object' } }
  expect((await ask(fake, 'chat/completions', asObject)).status).toBe(400)
  const messages = [{ role: 'user', content: 'Answer as JSON. Product: Gold hoops' }]
  expect((await ask(fake, 'chat/completions', { ...asObject, messages })).status).toBe(200)
  const none = await openai({ styles: ['chat'], schemaSupport: 'none' })
  expect((await ask(none, 'chat/completions', { ...asObject, messages })).status).toBe(400)
  expect((await ask(none, 'chat/completions', { model: chat.model, messages })).status).toBe(200)
})

test('models are listed with the day they end, and one that is not there is not found', async () => {
  const fake = await openai({ models: [{ id: 'gpt-4o-mini', shutdown_date: '2027-01-14' }, { id: 'local' }] })
  expect(await (await look(fake, 'models')).json()).toMatchObject({
    object: 'list',
    data: [
      { id: 'gpt-4o-mini', shutdown_date: '2027-01-14' },
      { id: 'local', shutdown_date: null },
    ],
  })
  expect(await (await look(fake, 'models/gpt-4o-mini')).json()).toMatchObject({ shutdown_date: '2027-01-14' })
  expect(await errorOf(await look(fake, 'models/gpt-9'))).toMatchObject({ status: 404, code: 'model_not_found' })
  expect(await errorOf(await ask(fake, 'responses', wish))).toMatchObject({ status: 404, code: 'model_not_found' })
})

test('a restricted key may not look at models and still writes', async () => {
  const fake = await openai()
  fake.fault({ error: 'missing_scopes', match: '/models' })
  const refused = await errorOf(await look(fake, 'models/gpt-6-luna'))
  expect(refused).toMatchObject({ status: 403, message: expect.stringContaining('Missing scopes: api.model.read') })
  expect((await ask(fake, 'responses', wish)).status).toBe(200)
})
