import type { ServerResponse } from 'node:http'

/** What a model said, and how it ended. */
export interface Said {
  readonly model: string
  readonly text: string
  readonly ending: 'completed' | 'refusal' | 'max_output_tokens' | 'content_filter' | 'failed'
}

/** The body of a Responses answer. A reasoning item comes first: who takes the first one is wrong. */
export function responseBody({ model, text, ending }: Said): Record<string, unknown> {
  const content =
    ending === 'refusal'
      ? [{ type: 'refusal', refusal: "I can't help with that." }]
      : [{ type: 'output_text', annotations: [], text }]
  const isCut = ending === 'max_output_tokens' || ending === 'content_filter'
  const status = isCut ? 'incomplete' : ending === 'failed' ? 'failed' : 'completed'
  return {
    id: 'resp_0123456789abcdef',
    object: 'response',
    created_at: 1_795_300_000,
    status,
    error: ending === 'failed' ? { code: 'server_error', message: 'The model failed.' } : null,
    incomplete_details: isCut ? { reason: ending } : null,
    model,
    output: [
      { id: 'rs_1', type: 'reasoning', summary: [] },
      { id: 'msg_1', type: 'message', role: 'assistant', status, content },
    ],
    usage: { input_tokens: 310, output_tokens: 42, total_tokens: 352 },
  }
}

/** The body of a chat completion. */
export function chatBody({ model, text, ending }: Said): Record<string, unknown> {
  const refusal = ending === 'refusal' ? "I can't help with that." : null
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_795_300_000,
    model,
    ...(ending === 'failed' && { error: { message: 'The model failed.', type: 'server_error', code: 'server_error' } }),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: refusal === null ? text : null, refusal },
        finish_reason: finishReason(ending),
      },
    ],
    usage: { prompt_tokens: 310, completion_tokens: 42, total_tokens: 352 },
  }
}

function finishReason(ending: Said['ending']): string {
  if (ending === 'max_output_tokens') return 'length'
  return ending === 'content_filter' ? 'content_filter' : 'stop'
}

/** The events of a Responses stream, with one among them that nobody knows. */
export function responseEvents(said: Said): string[] {
  const deltas = said.ending === 'refusal' ? [] : pieces(said.text)
  const whole = responseBody(said)
  const end = { completed: 'response.completed', refusal: 'response.completed', failed: 'response.failed' }
  const last = said.ending in end ? end[said.ending as keyof typeof end] : 'response.incomplete'
  const events = [
    { type: 'response.created', response: { ...whole, output: [], status: 'in_progress' } },
    { type: 'response.in_progress', response: {} },
    { type: 'response.output_item.added', item: { type: 'message' } },
    { type: 'response.of_tomorrow', anything: [1, 2] },
    ...deltas.map((delta) => ({ type: 'response.output_text.delta', item_id: 'msg_1', output_index: 1, delta })),
    { type: 'response.output_text.done', text: said.text },
    { type: last, response: whole },
  ]
  return events.map((event, n) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: n })}\n\n`)
}

/** The lines of a chat stream. */
export function chatEvents(said: Said): string[] {
  const chunk = (delta: object, finish_reason: string | null): string =>
    `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
  const middle =
    said.ending === 'refusal'
      ? [chunk({ refusal: "I can't help with that." }, null)]
      : pieces(said.text).map((content) => chunk({ content }, null))
  return [chunk({ role: 'assistant' }, null), ...middle, chunk({}, finishReason(said.ending)), 'data: [DONE]\n\n']
}

function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,24}/gu) ?? []
}

/** Sends the stream in pieces of bytes that break events, lines and characters. `cut`: it ends in the middle. */
export function sendStream(response: ServerResponse, events: readonly string[], { cut = false } = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const bytes = Buffer.from(events.join(''))
  const end = cut ? bytes.length >> 1 : bytes.length
  for (let start = 0; start < end; start += 37) response.write(bytes.subarray(start, Math.min(start + 37, end)))
  if (cut) setImmediate(() => response.destroy())
  else response.end()
}
