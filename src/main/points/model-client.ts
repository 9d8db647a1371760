import type { Clock } from '../clock.ts'
import { textOfChat, textOfResponse, textOfStream, toldIn } from './model-answer.ts'
import type { ApiStyle } from './model-answer.ts'
import { failureOfAnswer, ModelFailure } from './model-failure.ts'

/** Which model answers, and where. */
export interface ModelSetup {
  /** `https://api.openai.com/v1`, or any endpoint that speaks as it does. */
  readonly baseUrl: string
  /** Absent: an endpoint that wants none. */
  readonly key: string | undefined
  readonly model: string
  readonly style: ApiStyle
}

export interface ModelPorts {
  readonly fetch: typeof fetch
  readonly clock: Clock
}

/** One thing to write. */
export interface Writing {
  readonly instructions: string
  readonly input: string
  /** The JSON schema that the answer has to fit, and its name. */
  readonly schema: { readonly name: string; readonly schema: object }
  readonly maxTokens: number
}

/** The longest that nothing may be heard of an answer, in ms. A service on this computer may do one after the other. */
const SILENCE_MS = 120_000
const MAX_BYTES = 4 * 1024 * 1024

/**
 * Asks a model for one answer.
 *
 * 1. What an endpoint says that it does not take is left out from then on: reasoning, streams, the schema (then plain JSON is asked
 *    for, and then nothing), Responses (then Chat Completions).
 * 2. Nothing is tried again here for any other reason.
 */
export class ModelClient {
  readonly #setup: ModelSetup
  readonly #ports: ModelPorts
  #style: ApiStyle
  /** Parameters that are left out. */
  readonly #without = new Set<string>()
  #form: 'schema' | 'json' | 'text' = 'schema'

  constructor(setup: ModelSetup, ports: ModelPorts) {
    this.#setup = setup
    this.#ports = ports
    this.#style = setup.style
  }

  /** Answers the text. Throws a ModelFailure, or the signal's reason. */
  async write(writing: Writing, signal: AbortSignal, onText: (length: number) => void = () => {}): Promise<string> {
    for (;;) {
      // Others may have learned meanwhile what is not taken.
      const before = this.#state
      try {
        return await this.#once(writing, signal, onText)
      } catch (error) {
        if (!(error instanceof ModelFailure) || error.unsupported === null) throw error
        if (this.#state === before && !this.#giveUp(error.unsupported)) throw error
      }
    }
  }

  /** The model as the service describes it. Throws a ModelFailure. */
  async describe(signal: AbortSignal): Promise<unknown> {
    const path = `/models/${encodeURIComponent(this.#setup.model.toWellFormed())}`
    const text = await this.#ask(path, { body: null, signal }, bodyOf)
    try {
      return JSON.parse(text)
    } catch {
      // A local server that has no such page answers with whatever it likes.
      return null
    }
  }

  get #state(): string {
    return [this.#style, this.#form, ...this.#without].join()
  }

  /** Leaves out what is not taken; false where nothing is left to leave out. */
  #giveUp(what: string): boolean {
    if (what === 'endpoint') {
      if (this.#style === 'chat') return false
      this.#style = 'chat'
      return true
    }
    if (what === 'response_format' || what === 'text') {
      if (this.#form === 'text') return false
      this.#form = this.#form === 'schema' ? 'json' : 'text'
      return true
    }
    if (this.#without.has(what) || what === 'model' || what === 'input' || what === 'messages') return false
    this.#without.add(what)
    return true
  }

  #once(writing: Writing, signal: AbortSignal, onText: (length: number) => void): Promise<string> {
    const style = this.#style
    const body = style === 'responses' ? this.#responsesBody(writing) : this.#chatBody(writing)
    for (const name of this.#without) delete body[name]
    const path = style === 'responses' ? '/responses' : '/chat/completions'
    return this.#ask(path, { body, signal }, async (response, heard) => {
      if (/^text\/event-stream/i.test(response.headers.get('content-type') ?? '')) {
        return await textOfStream(style, heardOf(response, heard), onText)
      }
      const json = jsonOf(await bodyOf(response))
      return style === 'responses' ? textOfResponse(json) : textOfChat(json)
    })
  }

  #responsesBody({ instructions, input, schema, maxTokens }: Writing): Record<string, unknown> {
    const formats = { schema: { type: 'json_schema', ...schema, strict: true }, json: { type: 'json_object' } }
    return {
      model: this.#setup.model,
      instructions,
      input,
      max_output_tokens: maxTokens,
      // Thinking is paid for and eats the length; a list of selling points needs none.
      reasoning: { effort: 'none' },
      store: false,
      stream: true,
      ...(this.#form !== 'text' && { text: { format: formats[this.#form] } }),
    }
  }

  #chatBody({ instructions, input, schema, maxTokens }: Writing): Record<string, unknown> {
    const formats = {
      schema: { type: 'json_schema', json_schema: { ...schema, strict: true } },
      json: { type: 'json_object' },
    }
    return {
      model: this.#setup.model,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: input },
      ],
      max_completion_tokens: maxTokens,
      stream: true,
      ...(this.#form !== 'text' && { response_format: formats[this.#form] }),
    }
  }

  async #ask<T>(
    path: string,
    { body, signal }: { body: object | null; signal: AbortSignal },
    read: (response: Response, heard: () => void) => Promise<T>,
  ): Promise<T> {
    const { baseUrl, key } = this.#setup
    const { fetch, clock } = this.#ports
    const silence = new AbortController()
    let cancel = (): void => {}
    const heard = (): void => {
      cancel()
      cancel = clock.after(SILENCE_MS, () => silence.abort())
    }
    heard()
    try {
      const response = await fetch(`${baseUrl}${path}`, {
        method: body === null ? 'GET' : 'POST',
        headers: {
          ...(body !== null && { 'content-type': 'application/json' }),
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        ...(body !== null && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.any([signal, silence.signal]),
      })
      heard()
      if (!response.ok) {
        const told = toldIn(await bodyOf(response))
        throw failureOfAnswer(response.status, told, retryAfterMs(response.headers))
      }
      return await read(response, heard)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof ModelFailure) throw error
      const words = silence.signal.aborted
        ? 'The model service did not answer within a minute.'
        : 'The model service cannot be reached, or the connection broke off. Check the internet connection.'
      throw new ModelFailure('network', words, { cause: error })
    } finally {
      cancel()
      silence.abort()
    }
  }
}

async function* heardOf(response: Response, heard: () => void): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of response.body ?? []) {
    heard()
    size += chunk.byteLength
    if (size > MAX_BYTES) throw new ModelFailure('product', 'The answer of the model is far too long.')
    yield chunk
  }
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of heardOf(response, () => {})) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ModelFailure(
      'server',
      'Something other than the model service answered: a sign-in page of the network?',
      {
        cause,
      },
    )
  }
}

/** In ms where it says so, else in seconds; a date, and more than ten minutes, is not believed. */
function retryAfterMs(headers: Headers): number | null {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN)
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const wait = Number.isFinite(ms) ? ms : seconds * 1000
  return Number.isFinite(wait) && wait >= 0 ? Math.min(wait, 600_000) : null
}
