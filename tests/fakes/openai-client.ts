import { expect, onTestFinished } from 'vitest'
import { startFakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import type { FakeOpenai, FakeOpenaiOptions } from '../support/fakes/openai/fake-openai.ts'

// The plainest client of OpenAI's API: it only asks, and shows what came.

export const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['points'],
  properties: { points: { type: 'array', minItems: 2, maxItems: 5, items: { type: 'string' } } },
}
export const wish = {
  model: 'gpt-6-luna',
  input: 'Product: Gold hoops',
  text: { format: { type: 'json_schema', name: 'talking_points', strict: true, schema } },
}
export const chat = {
  model: 'gpt-6-luna',
  messages: [{ role: 'user', content: 'Product: Gold hoops' }],
  response_format: { type: 'json_schema', json_schema: { name: 'talking_points', strict: true, schema } },
}

export async function openai(options: FakeOpenaiOptions = {}): Promise<FakeOpenai> {
  const fake = await startFakeOpenai(options)
  onTestFinished(() => fake[Symbol.asyncDispose]())
  return fake
}

export function ask(fake: Pick<FakeOpenai, 'url' | 'key'>, path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${fake.key}`, 'content-type': 'application/json' }
  return fetch(`${fake.url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

export function look(fake: FakeOpenai, path: string): Promise<Response> {
  return fetch(`${fake.url}/${path}`, { headers: { authorization: `Bearer ${fake.key}` } })
}

interface Item {
  readonly type: string
  readonly content?: readonly { readonly type: string; readonly text?: string; readonly refusal?: string }[]
}
export interface Answer {
  readonly status: string
  readonly output: readonly Item[]
  readonly incomplete_details: { readonly reason: string } | null
  readonly error: { readonly code: string } | null
}

export async function answerOf(response: Response): Promise<Answer> {
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

export function partOf({ output }: Answer) {
  return output.find(({ type }) => type === 'message')?.content?.[0]
}

export async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { type: string; code: string | null; message: string; param: string | null }
  }
  return { status: response.status, type: error.type, code: error.code, param: error.param, message: error.message }
}

export type Event = Readonly<Record<string, unknown>> & { readonly type: string }

/** The data of the events, in the order in which they came. */
export function eventsOf(stream: string): Event[] {
  return stream
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => JSON.parse(block.split('data: ')[1] ?? '') as Event)
}
