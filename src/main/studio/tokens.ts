import { createHmac, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

/** What a display token says. `exp` is in seconds since 1970. */
const DisplayClaims = z.strictObject({
  v: z.literal(1),
  kind: z.enum(['host', 'overlay']),
  session: z.guid(),
  exp: z.int(),
  /** Tells two links for the same thing apart, for their own rate limits. */
  id: z.string(),
})
export type DisplayClaims = z.infer<typeof DisplayClaims>

/** Tokens begin with what they are, so that the log's redaction knows them by their form. */
export function newOwnerToken(): string {
  return `hudo_${randomBytes(32).toString('base64url')}`
}

/** Whether it is one of `newOwnerToken`: nothing shorter, that someone wrote into a file by hand, opens anything. */
export function isOwnerToken(token: string): boolean {
  return /^hudo_[\w-]{43}$/.test(token)
}

/** A token that opens one session for one kind of display. */
export function signDisplayToken(key: Buffer, claims: Omit<DisplayClaims, 'v' | 'id'>): string {
  const payload = JSON.stringify({ v: 1, ...claims, id: randomBytes(6).toString('base64url') })
  const body = Buffer.from(payload).toString('base64url')
  return `hudd_${body}.${signature(key, body)}`
}

/** What the token says; null where it is not ours, was changed, or is over. */
export function readDisplayToken(key: Buffer, token: string, nowMs: number): DisplayClaims | null {
  const match = /^hudd_([\w-]{1,600})\.([\w-]{43})$/.exec(token)
  const [, body, signed] = match ?? []
  if (!body || !signed || !sameText(signed, signature(key, body))) return null
  const claims = DisplayClaims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  return claims.success && claims.data.exp * 1000 > nowMs ? claims.data : null
}

/** Compares in a time that tells nothing about where they differ, nor about their lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

function signature(key: Buffer, body: string): string {
  return createHmac('sha256', key).update(body).digest('base64url')
}
