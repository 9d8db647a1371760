import type * as z from 'zod'

/**
 * The least trusted client that may call an endpoint: `owner` holds the owner token (or is the app's own window), `host`
 * is a host display, `overlay` a read-only overlay. A display's token is bound to one session: what it calls must name
 * that session in `sessionId`.
 */
export type Audience = 'owner' | 'host' | 'overlay'

/** One row of the contract. Every input is an object; a call without input is a call with `{}`. */
export interface Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command'
  readonly input: I
  readonly output: O
  readonly audience: Audience
}

/** An endpoint that only reads. */
export function query<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  audience: Audience = 'owner',
): Endpoint<I, O> {
  return { kind: 'query', input, output, audience }
}

/** An endpoint that may write. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  audience: Audience = 'owner',
): Endpoint<I, O> {
  return { kind: 'command', input, output, audience }
}
