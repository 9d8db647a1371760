import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { completionEvents, completionOf } from './chat.ts'
import { errorOf, invalid, refusalOf, sendEdgePage, sendRefusal } from './errors.ts'
import type { Refused } from './errors.ts'
import { OpenaiFaults } from './faults.ts'
import type { OpenaiFault } from './faults.ts'
import type { Outcome, StreamEvent } from './outcome.ts'
import { readWish } from './request.ts'
import type { SchemaSupport, Style, Wish } from './request.ts'
import { responseEvents, responseOf } from './responses.ts'
import { sendEvents, sendObject } from './send.ts'
import { writePoints } from './write-points.ts'

/** One request that was made. `attempt` counts those with the same path and body. */
export interface OpenaiRequest {
  readonly path: string
  readonly body: unknown
  status: number
  readonly attempt: number
}

/** A server on loopback that behaves as OpenAI's API does, or as a smaller one that speaks like it. */
export interface FakeOpenai extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly key: string
  /** Every request, oldest first. */
  readonly requests: readonly OpenaiRequest[]
  /** The next requests that fit are answered by it. */
  fault(fault: OpenaiFault): void
}

export interface FakeOpenaiOptions {
  /** Waited before an answer, in ms. */
  readonly delayMs?: number
  readonly models?: readonly { readonly id: string; readonly shutdown_date?: string | null }[]
  readonly port?: number
  /** The ways it can be asked; the others are not found. */
  readonly styles?: readonly Style[]
  /** What `response_format` of a chat may ask for. */
  readonly schemaSupport?: SchemaSupport
  /** The JSON that is answered; by default points that fit the schema. */
  readonly reply?: (prompt: string) => unknown
}

const defaultModels = [
  { id: 'gpt-6-luna', shutdown_date: null },
  { id: 'gpt-5.6-luna', shutdown_date: null },
  { id: 'gpt-4o-mini', shutdown_date: '2027-01-14' },
]
const paths = new Map<string, Style>([
  ['/v1/responses', 'responses'],
  ['/v1/chat/completions', 'chat'],
])

export async function startFakeOpenai(options: FakeOpenaiOptions = {}): Promise<FakeOpenai> {
  const fake = new Fake(options)
  const server = createServer((request, response) => {
    fake.answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(599)
      response.end(String(error))
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key: fake.key,
    requests: fake.requests,
    fault: (fault) => fake.faults.add(fault),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Call {
  readonly path: string
  readonly body: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

class Fake {
  readonly key = `sk-proj-${'fakeFAKE0123'.repeat(3)}T3BlbkFJ${'0123fakeFAKE'.repeat(3)}`
  readonly requests: OpenaiRequest[] = []
  readonly faults = new OpenaiFaults()
  readonly #options: FakeOpenaiOptions

  constructor(options: FakeOpenaiOptions) {
    this.#options = options
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const { pathname: path } = new URL(request.url ?? '/', 'http://fake')
    const seen = this.#see(path, body)
    response.setHeader('x-request-id', `req_${randomBytes(16).toString('hex')}`)
    seen.status = await this.#answer({ path, body, request, response })
  }

  #see(path: string, body: string): OpenaiRequest {
    const known = body === '' ? null : readable(body)
    const same = this.requests.filter((one) => one.path === path && sameJson(one.body, known))
    const seen = { path, body: known, status: 0, attempt: same.length + 1 }
    this.requests.push(seen)
    return seen
  }

  async #answer(call: Call): Promise<number> {
    const { path, body, request, response } = call
    const style = paths.get(path)
    if (request.headers.authorization !== `Bearer ${this.key}`)
      return sendRefusal(refusalOf('invalid_api_key'), response)
    const fault = this.faults.take({ path, body, toModel: style !== undefined })
    if (fault && 'hang' in fault) {
      await once(response, 'close')
      return 0
    }
    if (fault && 'slowFirstByteMs' in fault) await sleep(fault.slowFirstByteMs)
    if (fault && 'error' in fault) {
      if (fault.error === 'html_502') return sendEdgePage(response)
      return sendRefusal(refusalOf(fault.error, fault), response)
    }
    if (request.method === 'GET' && path.startsWith('/v1/models')) return this.#models(path, response)
    const { styles = ['responses', 'chat'] } = this.#options
    if (style === undefined || !styles.includes(style) || request.method !== 'POST')
      return sendRefusal(notFound(`Invalid URL (${request.method} ${path})`), response)
    return await this.#generate(style, call, fault)
  }

  #models(path: string, response: ServerResponse): number {
    const { models = defaultModels } = this.#options
    const list = models.map(({ id, shutdown_date = null }) => ({
      id,
      object: 'model',
      created: 1_790_000_000,
      owned_by: 'openai',
      shutdown_date,
    }))
    const id = decodeURIComponent(path.slice('/v1/models/'.length))
    const found = id === '' ? { object: 'list', data: list } : list.find((one) => one.id === id)
    if (!found) return sendRefusal(this.#unknownModel(id), response)
    tellLimits(response)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found))
    return 200
  }

  #unknownModel(id: string): Refused {
    return {
      ...refusalOf('model_not_found'),
      message: `The model '${id}' does not exist or you do not have access to it.`,
    }
  }

  async #generate(style: Style, { body, response }: Call, fault: OpenaiFault | undefined): Promise<number> {
    const { schemaSupport = 'json_schema', models = defaultModels, delayMs = 0 } = this.#options
    const wish = readWish(style, body, schemaSupport)
    if ('refused' in wish) return sendRefusal(wish.refused, response)
    if (!models.some(({ id }) => id === wish.model)) return sendRefusal(this.#unknownModel(wish.model), response)
    const outcome = this.#outcome(wish, fault)
    const hasErrorEvent = fault !== undefined && 'errorEvent' in fault
    if ((hasErrorEvent && !wish.stream) || (style === 'chat' && outcome.kind === 'failed'))
      return sendRefusal(refusalOf('server_error'), response)
    tellLimits(response)
    const manner = { delayMs, cut: fault !== undefined && 'cutStream' in fault }
    const answer = answerOf(style, wish, outcome)
    if (!wish.stream) await sendObject(answer.whole(), response, manner)
    else await sendEvents(hasErrorEvent ? broken(style, answer.events()) : answer.events(), response, manner)
    return 200
  }

  #outcome(wish: Wish, fault: OpenaiFault | undefined): Outcome {
    const { reply } = this.#options
    const words = JSON.stringify(reply ? reply(wish.prompt) : writePoints(wish.prompt, wish.schema))
    if (fault && 'refusal' in fault) return { kind: 'refusal', refusal: "I can't help with that." }
    if (fault && 'says' in fault) return { kind: 'text', text: fault.says }
    if (fault && 'failed' in fault) return { kind: 'failed' }
    if (fault && 'invalidJson' in fault) return { kind: 'text', text: `Here are the points: ${words.slice(0, -2)}` }
    if (fault && 'incomplete' in fault)
      return { kind: 'incomplete', text: words.slice(0, words.length >> 1), reason: fault.incomplete }
    return { kind: 'text', text: words }
  }
}

function answerOf(style: Style, wish: Wish, outcome: Outcome): { whole(): object; events(): StreamEvent[] } {
  const ids = {
    id: `resp_${randomBytes(16).toString('hex')}`,
    item: `msg_${randomBytes(16).toString('hex')}`,
    at: Math.floor(Date.now() / 1000),
  }
  if (style === 'chat' && outcome.kind !== 'failed')
    return { whole: () => completionOf(wish, outcome, ids), events: () => completionEvents(wish, outcome, ids) }
  return { whole: () => responseOf(wish, outcome, ids), events: () => responseEvents(wish, outcome, ids) }
}

/** The first half of the events, then an error in the stream: the status was 200 long ago. */
function broken(style: Style, events: readonly StreamEvent[]): StreamEvent[] {
  const begun = events.slice(0, events.length >> 1)
  const refused = refusalOf('server_error')
  if (style === 'chat') return [...begun, { data: { error: errorOf(refused) } }]
  const { code, message } = refused
  return [
    ...begun,
    { event: 'error', data: { type: 'error', sequence_number: begun.length, code, message, param: null } },
  ]
}

function notFound(message: string): Refused {
  return { ...invalid(message, null), status: 404 }
}

function tellLimits(response: ServerResponse): void {
  const headers = {
    'openai-processing-ms': '42',
    'openai-version': '2020-10-01',
    'x-ratelimit-limit-requests': '500',
    'x-ratelimit-remaining-requests': '499',
    'x-ratelimit-reset-requests': '120ms',
    'x-ratelimit-limit-tokens': '30000',
    'x-ratelimit-remaining-tokens': '29500',
    'x-ratelimit-reset-tokens': '6m0s',
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

function readable(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A test may send what is not JSON; it is kept as it came.
    return body
  }
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
