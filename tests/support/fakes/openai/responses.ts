import { tokens, pieces } from './outcome.ts'
import type { Outcome, StreamEvent } from './outcome.ts'
import type { Wish } from './request.ts'

/** The names of one answer, the same in its stream and at its end. */
export interface AnswerIds {
  readonly id: string
  readonly item: string
  readonly at: number
}

const usageOf = ({ prompt }: Wish, text: string): object => ({
  input_tokens: tokens(prompt),
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: tokens(text),
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: tokens(prompt) + tokens(text),
})

/** The answer as the Responses API gives it. A reasoning item comes first, as it may: whoever takes the first item is wrong. */
export function responseOf(wish: Wish, outcome: Outcome, ids: AnswerIds): Record<string, unknown> {
  const isIncomplete = outcome.kind === 'incomplete'
  const isFailed = outcome.kind === 'failed'
  const status = isIncomplete ? 'incomplete' : isFailed ? 'failed' : 'completed'
  return {
    ...beginning(wish, ids),
    status,
    completed_at: status === 'completed' ? ids.at + 1 : null,
    error: isFailed ? { code: 'server_error', message: 'The model failed to generate a response.' } : null,
    incomplete_details: isIncomplete ? { reason: outcome.reason } : null,
    output: isFailed ? [] : [reasoningItem(ids), messageItem(outcome, ids)],
    usage: isFailed ? null : usageOf(wish, wordsOf(outcome)),
  }
}

/** The whole sequence of a stream. */
export function responseEvents(wish: Wish, outcome: Outcome, ids: AnswerIds): StreamEvent[] {
  const place = { item_id: ids.item, output_index: 1, content_index: 0 }
  const words = wordsOf(outcome)
  const kind = outcome.kind === 'refusal' ? 'refusal' : 'output_text'
  const final = responseOf(wish, outcome, ids)
  const begun = { ...beginning(wish, ids), status: 'in_progress' }
  const empty = kind === 'refusal' ? { type: kind, refusal: '' } : { type: kind, annotations: [], text: '' }
  const item = messageItem(outcome, ids)
  const said: readonly (readonly [string, object])[] =
    outcome.kind === 'failed'
      ? []
      : [
          ['response.output_item.added', { output_index: 0, item: reasoningItem(ids) }],
          ['response.output_item.done', { output_index: 0, item: reasoningItem(ids) }],
          ['response.output_item.added', { output_index: 1, item: { ...item, status: 'in_progress', content: [] } }],
          ['response.content_part.added', { ...place, part: empty }],
          ...pieces(words).map((delta): [string, object] => [
            `response.${kind}.delta`,
            { ...place, delta, ...(kind === 'output_text' && { logprobs: [] }) },
          ]),
          [
            `response.${kind}.done`,
            { ...place, ...(kind === 'refusal' ? { refusal: words } : { text: words, logprobs: [] }) },
          ],
          ['response.content_part.done', { ...place, part: partOf(outcome) }],
          ['response.output_item.done', { output_index: 1, item }],
        ]
  const all = [
    ['response.created', { response: begun }],
    ['response.in_progress', { response: begun }],
    ...said,
    [`response.${String(final['status'])}`, { response: final }],
  ] as const
  return all.map(([type, data], number) => ({ event: type, data: { type, sequence_number: number, ...data } }))
}

function beginning({ model, body, format }: Wish, { id, at }: AnswerIds): Record<string, unknown> {
  return {
    id,
    object: 'response',
    created_at: at,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    model,
    output: [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: body['reasoning'] ?? { effort: 'medium', summary: null },
    service_tier: 'default',
    temperature: body['temperature'] ?? 1,
    top_p: 1,
    tool_choice: 'auto',
    tools: [],
    truncation: 'disabled',
    text: { format },
    usage: null,
    metadata: body['metadata'] ?? {},
  }
}

function reasoningItem({ item }: AnswerIds): object {
  return { id: item.replace('msg_', 'rs_'), type: 'reasoning', summary: [] }
}

function messageItem(outcome: Outcome, { item }: AnswerIds): object {
  const status = outcome.kind === 'incomplete' ? 'incomplete' : 'completed'
  return { id: item, type: 'message', role: 'assistant', status, content: [partOf(outcome)] }
}

function partOf(outcome: Outcome): object {
  if (outcome.kind === 'refusal') return { type: 'refusal', refusal: outcome.refusal }
  return { type: 'output_text', annotations: [], text: wordsOf(outcome) }
}

function wordsOf(outcome: Outcome): string {
  if (outcome.kind === 'failed') return ''
  return outcome.kind === 'refusal' ? outcome.refusal : outcome.text
}
