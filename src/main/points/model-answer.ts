import * as z from 'zod'
import { eventData } from './event-stream.ts'
import { failureOfAnswer, ModelFailure } from './model-failure.ts'
import type { ToldError } from './model-failure.ts'

/** Which of OpenAI's two ways an endpoint speaks. */
export type ApiStyle = 'responses' | 'chat'

const Part = z.looseObject({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() })
const Output = z.looseObject({ type: z.string(), content: z.array(Part).optional() })
const Told = z.looseObject({
  message: z.string().nullish(),
  type: z.string().nullish(),
  // Some services send the status in its place.
  code: z.union([z.string(), z.number().transform(String)]).nullish(),
  param: z.string().nullish(),
})
const Response = z.looseObject({
  status: z.string().optional(),
  error: Told.nullish(),
  incomplete_details: z.looseObject({ reason: z.string().nullish() }).nullish(),
  output: z.array(Output).default([]),
})
const ResponseEvent = z.looseObject({
  type: z.string(),
  response: z.unknown().optional(),
  delta: z.string().optional().catch(undefined),
})
const Choice = z.looseObject({
  message: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }).optional(),
  delta: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }).optional(),
  finish_reason: z.string().nullish(),
})
const Chat = z.looseObject({ choices: z.array(Choice).default([]), error: Told.nullish() })

/** The text that a model wrote. Throws a ModelFailure where it wrote none, or not to its end. */
export function textOfResponse(json: unknown): string {
  const response = Response.safeParse(json)
  if (!response.success) throw unreadable(response.error)
  const { status = 'completed', error, incomplete_details, output } = response.data
  if (error || status === 'failed') throw failureInside(error ?? {})
  const parts = output.filter(({ type }) => type === 'message').flatMap(({ content = [] }) => content)
  if (parts.some(({ type }) => type === 'refusal')) throw refused()
  if (status === 'incomplete') throw cutShort(incomplete_details?.reason ?? '')
  const text = parts.map((part) => (part.type === 'output_text' ? (part.text ?? '') : '')).join('')
  if (text === '') throw unreadable(new Error('no text'))
  return text
}

/** The same of a chat completion. */
export function textOfChat(json: unknown): string {
  const chat = Chat.safeParse(json)
  if (!chat.success) throw unreadable(chat.error)
  if (chat.data.error) throw failureInside(chat.data.error)
  const [choice] = chat.data.choices
  return settled({
    text: choice?.message?.content ?? '',
    refusal: choice?.message?.refusal ?? '',
    reason: choice?.finish_reason ?? '',
  })
}

/** The text of a stream; one that ends before its last event was cut off. `onText` hears how many characters there are. */
export async function textOfStream(
  style: ApiStyle,
  body: AsyncIterable<Uint8Array>,
  onText: (length: number) => void,
): Promise<string> {
  const text = style === 'responses' ? await responseStream(body, onText) : await chatStream(body, onText)
  if (text === null) {
    throw new ModelFailure('network', 'The connection to the model service broke off in the middle of an answer.')
  }
  return text
}

async function responseStream(
  body: AsyncIterable<Uint8Array>,
  onText: (length: number) => void,
): Promise<string | null> {
  let length = 0
  for await (const data of eventData(body)) {
    const event = ResponseEvent.safeParse(parsed(data))
    if (!event.success) throw unreadable(event.error)
    const { type, response, delta = '' } = event.data
    // Events that we do not know are for others.
    if (type === 'response.output_text.delta') onText((length += delta.length))
    if (type === 'error') throw failureInside(Told.safeParse(event.data).data ?? {})
    if (type === 'response.completed' || type === 'response.incomplete' || type === 'response.failed') {
      return textOfResponse(response)
    }
  }
  return null
}

async function chatStream(body: AsyncIterable<Uint8Array>, onText: (length: number) => void): Promise<string | null> {
  const all = { text: '', refusal: '', reason: '' }
  for await (const data of eventData(body)) {
    if (data === '[DONE]') return settled(all)
    const chunk = Chat.safeParse(parsed(data))
    if (!chunk.success) throw unreadable(chunk.error)
    if (chunk.data.error) throw failureInside(chunk.data.error)
    const [choice] = chunk.data.choices
    all.text += choice?.delta?.content ?? ''
    all.refusal += choice?.delta?.refusal ?? ''
    all.reason = choice?.finish_reason ?? all.reason
    onText(all.text.length)
  }
  // Some local servers end without the last line.
  return all.reason === '' ? null : settled(all)
}

function settled({ text, refusal, reason }: { text: string; refusal: string; reason: string }): string {
  if (refusal !== '') throw refused()
  if (reason === 'length') throw cutShort('max_output_tokens')
  if (reason === 'content_filter') throw cutShort('content_filter')
  if (text === '') throw unreadable(new Error('no text'))
  return text
}

/** What a body tells of a failure; empty where it is a page for people. */
export function toldIn(text: string): ToldError {
  const body = z.looseObject({ error: z.union([Told, z.string()]) }).safeParse(parsed(text))
  const error = body.success ? body.data.error : {}
  const { type, code, param, message } = typeof error === 'string' ? { message: error } : error
  return { type: type ?? '', code: code ?? '', param: param ?? '', message: message ?? '' }
}

function failureInside({ type, code, param, message }: z.infer<typeof Told>): ModelFailure {
  const told = { type: type ?? '', code: code ?? '', param: param ?? '', message: message ?? '' }
  const status = told.code === 'rate_limit_exceeded' || told.code === 'slow_down' ? 429 : 500
  return failureOfAnswer(status, told, null)
}

function refused(): ModelFailure {
  return new ModelFailure('product', 'The model did not want to write about this product.')
}

function cutShort(reason: string): ModelFailure {
  return reason === 'content_filter'
    ? new ModelFailure('product', 'The model service stopped the answer because of its content rules.')
    : new ModelFailure(
        'product',
        'The answer became too long and was cut off. Try again, or choose a shorter length in Settings.',
      )
}

function unreadable(cause: unknown): ModelFailure {
  return new ModelFailure('product', 'What the model answered cannot be read. Try again, or choose another model.', {
    cause,
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Neither ours nor OpenAI's: the schema refuses it.
    return null
  }
}
