/** What the model did with a request; both styles tell it in their own words. */
export type Outcome =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refusal'; readonly refusal: string }
  | { readonly kind: 'incomplete'; readonly text: string; readonly reason: 'max_output_tokens' | 'content_filter' }
  | { readonly kind: 'failed' }

/** One message of a stream. `event` is only sent by the style that has one. */
export interface StreamEvent {
  readonly event?: string
  readonly data: object | '[DONE]'
}

/** A text in pieces of a few letters. No letter is cut in two here: that is done to the bytes. */
export function pieces(text: string): string[] {
  const letters = Array.from(text)
  return Array.from({ length: Math.ceil(letters.length / 7) }, (_, n) => letters.slice(n * 7, n * 7 + 7).join(''))
}

/** About as many tokens as a text is charged for. */
export function tokens(text: string): number {
  return Math.ceil(text.length / 4)
}
