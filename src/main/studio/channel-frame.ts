import * as z from 'zod'

const Ref = z.string().max(64).nullable()

/** One message of the Phoenix Channels protocol, version 2, as JSON: `[join_ref, ref, topic, event, payload]`. */
const Frame = z.tuple([Ref, Ref, z.string().max(200), z.string().max(100), z.unknown()])

/** A message from a client. */
export interface Message {
  readonly joinRef: string | null
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  readonly payload: unknown
}

/** The message in a text frame; null where it is none. */
export function parseFrame(text: string): Message | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = Frame.safeParse(json)
  if (!parsed.success) return null
  const [joinRef, ref, topic, event, payload] = parsed.data
  return { joinRef, ref, topic, event, payload }
}

export function toFrame({ joinRef, ref, topic, event, payload }: Message): string {
  return JSON.stringify([joinRef, ref, topic, event, payload])
}

/** The answer to a message. */
export function replyFrame(to: Message, status: 'ok' | 'error', response: object): string {
  return toFrame({ ...to, event: 'phx_reply', payload: { status, response } })
}
