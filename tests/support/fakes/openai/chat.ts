import { pieces, tokens } from './outcome.ts'
import type { Outcome, StreamEvent } from './outcome.ts'
import type { Wish } from './request.ts'
import type { AnswerIds } from './responses.ts'

/** What a chat completion can tell; it has no word for a model that failed. */
export type ChatOutcome = Exclude<Outcome, { kind: 'failed' }>

const usageOf = ({ prompt }: Wish, words: string): object => ({
  prompt_tokens: tokens(prompt),
  completion_tokens: tokens(words),
  total_tokens: tokens(prompt) + tokens(words),
})

export function completionOf(wish: Wish, outcome: ChatOutcome, ids: AnswerIds): object {
  const said =
    outcome.kind === 'refusal' ? { content: null, refusal: outcome.refusal } : { content: outcome.text, refusal: null }
  return {
    ...beginning(wish, ids),
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...said }, logprobs: null, finish_reason: finishOf(outcome) }],
    usage: usageOf(wish, wordsOf(outcome)),
  }
}

export function completionEvents(wish: Wish, outcome: ChatOutcome, ids: AnswerIds): StreamEvent[] {
  const chunk = (choices: readonly object[], usage: object | null = null): StreamEvent => ({
    data: {
      ...beginning(wish, ids),
      object: 'chat.completion.chunk',
      choices,
      ...(wish.withUsage && { usage }),
    },
  })
  const choice = (delta: object, finish_reason: string | null = null): StreamEvent =>
    chunk([{ index: 0, delta, logprobs: null, finish_reason }])
  const name = outcome.kind === 'refusal' ? 'refusal' : 'content'
  return [
    choice({ role: 'assistant', content: '', refusal: null }),
    ...pieces(wordsOf(outcome)).map((piece) => choice({ [name]: piece })),
    choice({}, finishOf(outcome)),
    ...(wish.withUsage ? [chunk([], usageOf(wish, wordsOf(outcome)))] : []),
    { data: '[DONE]' },
  ]
}

function beginning({ model }: Wish, { id, at }: AnswerIds): object {
  return { id: id.replace('resp_', 'chatcmpl-'), created: at, model, system_fingerprint: null }
}

function finishOf(outcome: ChatOutcome): string {
  if (outcome.kind !== 'incomplete') return 'stop'
  return outcome.reason === 'max_output_tokens' ? 'length' : 'content_filter'
}

function wordsOf(outcome: ChatOutcome): string {
  return outcome.kind === 'refusal' ? outcome.refusal : outcome.text
}
