import { describe, expect, test } from 'vitest'
import type { OpenaiFault } from '../support/fakes/openai/faults.ts'
import { generated, modelFor, products, proposalOf, writingDesktop } from './rig.ts'

const SPENT =
  'The credit of your model account is used up, or its spending limit is reached. Add credit or raise the limit there, then try again.'
const SLOW = 'The model service asks us to slow down. Test again in a minute.'

/** Every row of what the service can answer, and what the user reads at the test of the connection. */
const rows: readonly (readonly [string, OpenaiFault, string])[] = [
  [
    'a wrong key',
    { error: 'invalid_api_key' },
    'The key is not right. Copy it again from the website of the model service.',
  ],
  [
    'an address that is not allowed',
    { error: 'ip_not_authorized' },
    'The account allows only certain internet addresses, and this one is not among them.',
  ],
  [
    'a country that is not served',
    { error: 'unsupported_country' },
    'The model service is not offered in the country from which you are connected.',
  ],
  [
    'a model that is not there',
    { error: 'model_not_found' },
    'Your account has no model of this name. Choose another one in Settings, or leave the field empty for the default.',
  ],
  [
    'a context that is too long',
    { error: 'context_length_exceeded' },
    'The description of this product is too long for the model. Shorten it, or choose another model.',
  ],
  [
    'a request that it does not understand',
    { error: 'bad_request', times: 9 },
    'The model service did not understand the request. Check the model and the address in Settings; the log has more.',
  ],
  ['rate_limit_exceeded', { error: 'rate_limit_exceeded' }, SLOW],
  ['slow_down', { error: 'slow_down' }, SLOW],
  ...(
    [
      'insufficient_quota',
      'credit_balance_exhausted',
      'organization_spend_limit_exceeded',
      'project_spend_limit_exceeded',
      'organization_usage_limit_exceeded',
    ] as const
  ).map((error) => [error, { error }, SPENT] as const),
  [
    'server_is_overloaded',
    { error: 'server_is_overloaded' },
    'The model service is overloaded right now. Nothing is lost; try again in a while.',
  ],
  [
    'server_error',
    { error: 'server_error' },
    'The model service has a problem of its own right now (500). Nothing is lost; try again in a while.',
  ],
  [
    'a page of the edge',
    { error: 'html_502' },
    'The model service has a problem of its own right now (502). Nothing is lost; try again in a while.',
  ],
  ['a refusal', { refusal: true }, 'The model did not want to write about this product.'],
  [
    'an answer that is cut short',
    { incomplete: 'max_output_tokens' },
    'The answer became too long and was cut off. Try again, or choose a shorter length in Settings.',
  ],
  [
    'a content filter',
    { incomplete: 'content_filter' },
    'The model service stopped the answer because of its content rules.',
  ],
  [
    'a stream that breaks off',
    { cutStream: true },
    'The model service cannot be reached, or the connection broke off. Check the internet connection.',
  ],
]

describe('what a model service answers, and what the user reads', () => {
  for (const style of ['responses', 'chat'] as const) {
    for (const [name, fault, detail] of rows) {
      test(`${style}: ${name}`, async () => {
        // Without a page about the model it has to write something.
        const model = await modelFor()
        const here = writingDesktop(model)
        await here.call('settings.update', { patch: { points: { apiStyle: style } } })
        model.fault({ match: '/models/', error: 'missing_scopes' })
        model.fault({ ...fault, match: 'Linen shirt' })
        expect(await here.call('setup.testOpenai', {})).toMatchObject({ ok: false, detail })
      })
    }
  }

  test('a response that failed inside is a problem of the service', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    await here.call('settings.update', { patch: { points: { apiStyle: 'responses' } } })
    const ids = await products(here, 1)
    model.fault({ match: 'Product 1', failed: true })
    expect(await generated(here, ids), 'tried again').toMatchObject({ state: 'done' })
  })

  test('a good key names the model, and when it is switched off', async () => {
    const model = await modelFor({ models: [{ id: 'gpt-6-luna', shutdown_date: '2027-04-01' }] })
    const here = writingDesktop(model)
    const detail = 'gpt-6-luna answers. It is switched off on 2027-04-01: choose another one before that.'
    expect(await here.call('setup.testOpenai', {})).toEqual({ ok: true, detail, endsOn: '2027-04-01' })
  })

  test('a restricted key that may write is good enough', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    model.fault({ match: '/models/', error: 'missing_scopes' })
    expect(await here.call('setup.testOpenai', {})).toEqual({ ok: true, detail: 'gpt-6-luna answers.' })
  })

  test('what is wrong with the key is said at its field, what is wrong with the service is not', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    expect(await here.call('setup.testOpenai', { key: 'sk-proj-wrong-key-1234567890' })).toMatchObject({ field: 'key' })
    model.fault({ match: '/models/', error: 'server_error' })
    expect(await here.call('setup.testOpenai', {})).not.toHaveProperty('field')
  })

  test('a key that is given is tried in place of the stored one, and neither comes into the log', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    expect(await here.call('setup.testOpenai', { key: 'sk-proj-wrong-key-1234567890' })).toMatchObject({ ok: false })
    expect(JSON.stringify(here.log)).not.toContain(model.key)
  })
})

describe('endpoints that are not OpenAI', () => {
  test('Responses that are not there become Chat Completions', async () => {
    const model = await modelFor({ styles: ['chat'] })
    const here = writingDesktop(model)
    await here.call('settings.update', { patch: { points: { apiStyle: 'responses' } } })
    const ids = await products(here, 3)
    expect(await generated(here, ids)).toMatchObject({ state: 'done', done: 3 })
  })

  test('an answer`s form that is not taken is asked for less strictly', async () => {
    for (const schemaSupport of ['json_object', 'none'] as const) {
      const model = await modelFor({ styles: ['chat'], schemaSupport })
      const here = writingDesktop(model)
      const [id = ''] = await products(here, 1)
      expect(await generated(here, [id])).toMatchObject({ state: 'done' })
      expect((await proposalOf(here, id)).text).toMatch(/^- “Product 1”/)
    }
  })

  test('a service that says no more than "bad request" is asked less strictly too', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    const [id = ''] = await products(here, 1)
    model.fault({ match: 'json_schema', error: 'bad_request', times: 100 })
    expect(await generated(here, [id])).toMatchObject({ state: 'done' })
  })

  test('a parameter that a model does not take is left out from then on', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    await here.call('settings.update', { patch: { points: { apiStyle: 'responses' } } })
    model.fault({ match: '"reasoning"', error: 'unsupported_parameter', param: 'reasoning.effort', times: 100 })
    const ids = await products(here, 10)
    expect(await generated(here, ids)).toMatchObject({ state: 'done', done: 10 })
    const last = model.requests.at(-1)
    expect(last?.body).not.toHaveProperty('reasoning')
  })

  test('a list without JSON around it is taken, talk around it is not', async () => {
    const model = await modelFor()
    model.fault({ says: 'Sure! Here you are:\n1. Soft cotton\n2) Cut wide\n* Made to last\nEnjoy!' })
    const here = writingDesktop(model)
    const [id = ''] = await products(here, 1)
    await generated(here, [id])
    expect((await proposalOf(here, id)).text).toBe('- Soft cotton\n- Cut wide\n- Made to last')
  })

  test('plain http elsewhere than on this computer is refused at its field', async () => {
    const model = await modelFor()
    const here = writingDesktop(model)
    const reply = await here.app.dispatch('settings.update', {
      patch: { points: { baseUrl: 'http://models.example/v1' } },
    })
    expect(reply).toMatchObject({
      ok: false,
      error: { fields: { 'patch.points.baseUrl': expect.stringMatching(/https/) } },
    })
  })
})
