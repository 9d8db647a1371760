import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { chatBody, chatEvents, responseBody, responseEvents, sendStream } from './answers.ts'
import type { Said } from './answers.ts'
import { errorRows } from './errors.ts'
import type { ErrorRow } from './errors.ts'

/** What goes wrong with the next requests that hold `match`; `times` of them, one where nothing is said. */
export type OpenaiFault = { readonly match?: string; readonly times?: number } & (
  | { readonly error: keyof typeof errorRows; readonly retryAfter?: number; readonly param?: string }
  | { readonly html: 502 | 404 }
  | { readonly ending: Exclude<Said['ending'], 'completed'> }
  | { readonly says: string }
  | { readonly cutStream: true }
  | { readonly errorEvent: true }
  | { readonly slowMs: number }
  | { readonly hang: true }
)

/** A model service on loopback that answers as OpenAI does. */
export interface FakeOpenai extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/v1`. */
  readonly url: string
  readonly key: string
  readonly requests: readonly { readonly path: string; readonly body: string; status: number }[]
  fault(fault: OpenaiFault): void
}

export interface FakeOpenaiOptions {
  readonly delayMs?: number
  readonly port?: number
  /** The ways that it speaks; the others are not there. */
  readonly styles?: readonly ('responses' | 'chat')[]
  /** What a chat may ask the answer's form to be. */
  readonly forms?: readonly ('json_schema' | 'json_object')[]
  readonly models?: readonly { readonly id: string; readonly shutdown_date?: string | null }[]
  /** The answer's text, made from the question. */
  readonly reply?: (question: string) => string
}

export async function startFakeOpenai(options: FakeOpenaiOptions = {}): Promise<FakeOpenai> {
  const fake = new Fake(options)
  const server = createServer((request, response) => {
    fake.answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key: fake.key,
    requests: fake.requests,
    fault: (fault) => void fake.faults.push({ fault, left: fault.times ?? 1 }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const Strict = z.looseObject({
  type: z.literal('json_schema'),
  name: z.string().regex(/^[\w-]{1,64}$/),
  strict: z.literal(true),
  schema: Schema(),
})
const responsesFields = new Set(
  'model input instructions max_output_tokens reasoning store stream text temperature top_p metadata'.split(' '),
)
const chatFields = new Set(
  'model messages max_completion_tokens max_tokens stream response_format temperature top_p'.split(' '),
)

class Fake {
  readonly key = 'sk-proj-T3BlbkFJ-of-the-fake-0123456789'
  readonly faults: { fault: OpenaiFault; left: number }[] = []
  readonly requests: { path: string; body: string; status: number }[] = []
  readonly #options: FakeOpenaiOptions

  constructor(options: FakeOpenaiOptions) {
    this.#options = options
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://fake').pathname.replace(/^\/v1/, '')
    const body = await text(request)
    const seen = { path, body, status: 200 }
    this.requests.push(seen)
    response.once('close', () => (seen.status = response.statusCode))
    response.setHeader('x-request-id', `req_${this.requests.length}`)
    if (request.headers.authorization !== `Bearer ${this.key}`) return refuse(response, errorRows.invalid_api_key)
    await sleep(this.#options.delayMs ?? 0)
    const found = this.faults.find(({ fault: { match = '' }, left }) => left > 0 && `${path}\n${body}`.includes(match))
    if (found) found.left -= 1
    if (path.startsWith('/models/')) return this.#model(path, response, found?.fault)
    const style = path === '/responses' ? 'responses' : path === '/chat/completions' ? 'chat' : null
    if (style === null || !(this.#options.styles ?? ['responses', 'chat']).includes(style)) {
      return refuse(response, {
        status: 404,
        type: 'invalid_request_error',
        code: null,
        message: 'Unknown request URL',
      })
    }
    await this.#write(style, { body, request, response, fault: found?.fault })
  }

  #model(path: string, response: ServerResponse, fault: OpenaiFault | undefined): void {
    if (fault && 'error' in fault) return refuse(response, errorRows[fault.error])
    const id = decodeURIComponent(path.slice('/models/'.length))
    const models = this.#options.models ?? [{ id: 'gpt-6-luna', shutdown_date: null }]
    const model = models.find((one) => one.id === id)
    if (!model) return refuse(response, errorRows.model_not_found)
    send(response, 200, { object: 'model', owned_by: 'openai', created: 1, ...model })
  }

  async #write(
    style: 'responses' | 'chat',
    {
      body,
      request,
      response,
      fault,
    }: { body: string; request: IncomingMessage; response: ServerResponse; fault: OpenaiFault | undefined },
  ): Promise<void> {
    const asked = JSON.parse(body) as Record<string, unknown>
    if (fault && (await refusedBy(fault, request, response))) return
    const problem = style === 'responses' ? checkResponses(asked) : this.#checkChat(asked)
    if (problem) return refuse(response, problem)
    const said: Said = {
      model: String(asked['model']),
      text: fault && 'says' in fault ? fault.says : (this.#options.reply ?? plausible)(body),
      ending: fault && 'ending' in fault ? fault.ending : 'completed',
    }
    if (asked['stream'] !== true)
      return send(response, 200, style === 'responses' ? responseBody(said) : chatBody(said))
    const events = style === 'responses' ? responseEvents(said) : chatEvents(said)
    if (fault && 'errorEvent' in fault) {
      return sendStream(response, [
        events[0] ?? '',
        `event: error\ndata: {"type":"error","code":"server_error","message":"x"}\n\n`,
      ])
    }
    sendStream(response, events, { cut: fault !== undefined && 'cutStream' in fault })
  }

  #checkChat(asked: Record<string, unknown>): ErrorRow | null {
    const unknown = Object.keys(asked).find((name) => !chatFields.has(name))
    if (unknown !== undefined) return unsupported(unknown)
    const { forms = ['json_schema', 'json_object'] } = this.#options
    const format = asked['response_format'] as { type?: string; json_schema?: object } | undefined
    if (format === undefined) return null
    if (!forms.includes(format.type as 'json_schema')) return unsupported('response_format')
    if (format.type === 'json_object') return null
    return Strict.safeParse({ type: 'json_schema', ...format.json_schema }).success
      ? null
      : badSchema('response_format')
  }
}

function checkResponses(asked: Record<string, unknown>): ErrorRow | null {
  const unknown = Object.keys(asked).find((name) => !responsesFields.has(name))
  if (unknown !== undefined) return unsupported(unknown)
  const format = (asked['text'] as { format?: { type?: string } } | undefined)?.format
  if (format?.type !== 'json_schema') return null
  return Strict.safeParse(format).success ? null : badSchema('text.format')
}

/** Strict: every object names all of its properties as required, and takes no others. */
function Schema(): z.ZodType {
  return z.looseObject({ type: z.string() }).refine((schema) => isStrict(schema))
}

function isStrict(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true
  const { type, properties, required, additionalProperties, items } = schema as Record<string, unknown>
  if (type === 'array') return isStrict(items)
  if (type !== 'object') return true
  const names = Object.keys((properties as object | undefined) ?? {})
  const all = names.every((name) => (required as string[] | undefined)?.includes(name))
  return (
    all && additionalProperties === false && Object.values((properties as object | undefined) ?? {}).every(isStrict)
  )
}

function unsupported(param: string): ErrorRow {
  return { ...errorRows.unsupported_parameter, message: `Unsupported parameter: '${param}'.`, param }
}

function badSchema(param: string): ErrorRow {
  return { ...errorRows.bad_request, code: 'invalid_json_schema', message: 'Invalid schema.', param }
}

/** Whether the fault was the whole answer. */
async function refusedBy(fault: OpenaiFault, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if ('slowMs' in fault) await sleep(fault.slowMs)
  if ('hang' in fault) await once(request.socket, 'close')
  if ('error' in fault) {
    const { error, retryAfter, param } = fault
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter))
    refuse(response, { ...errorRows[error], ...(param !== undefined && { param }) })
  }
  if ('html' in fault) {
    response.writeHead(fault.html, { 'content-type': 'text/html' })
    response.end(`<html><body><h1>${fault.html}</h1></body></html>`)
  }
  return 'hang' in fault || 'error' in fault || 'html' in fault
}

function refuse(response: ServerResponse, { status, type, code, message, param = null as never }: ErrorRow): void {
  send(response, status, { error: { message, type, param, code } })
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** Points that say what the question says, with a character of several bytes in them. */
function plausible(question: string): string {
  const name = /Name: (.*?)\\n/.exec(question)?.[1] ?? 'It'
  return JSON.stringify({ points: [`${name}: a closer look`, 'Easy to wear – every day', 'Ready to ship with care'] })
}
