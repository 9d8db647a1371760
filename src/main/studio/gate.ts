import type { Clock } from '../clock.ts'
import { owner } from '../dispatch.ts'
import type { Caller } from '../dispatch.ts'
import type { DisplayLinks } from './display-links.ts'
import { sameText } from './tokens.ts'
import { TokenBucket } from './token-bucket.ts'
import type { Rate } from './token-bucket.ts'

const ownerRate: Rate = { perSecond: 1_000, burst: 2_000 }
const displayRate: Rate = { perSecond: 20, burst: 60 }

/** Someone with a valid token. `key` is the same for each use of one token; `exp` is when it ends, in ms since 1970. */
export interface Visitor {
  readonly caller: Caller
  readonly token: string
  readonly key: string
  readonly expiresAt: number
}

export interface GateOptions {
  readonly ownerToken: string
  readonly links: DisplayLinks
  readonly clock: Clock
}

/** Tells who holds a token, and how often they may call. One bucket per token, shared by HTTP and the channel. */
export class Gate {
  readonly #options: GateOptions
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(options: GateOptions) {
    this.#options = options
  }

  identify(token: string | undefined): Visitor | null {
    if (!token) return null
    if (sameText(token, this.#options.ownerToken)) return { caller: owner, token, key: 'owner', expiresAt: Infinity }
    const claims = this.#options.links.read(token)
    if (!claims) return null
    return {
      caller: { audience: claims.kind, sessionId: claims.session.toLowerCase() },
      token,
      key: `display ${claims.id} ${claims.session}`,
      expiresAt: claims.exp * 1000,
    }
  }

  /** Counts one request; false where it is one too many. */
  admit(visitor: Visitor): boolean {
    const now = this.#options.clock.elapsed()
    let bucket = this.#buckets.get(visitor.key)
    if (!bucket) {
      this.#forget(now)
      bucket = new TokenBucket(visitor.caller.audience === 'owner' ? ownerRate : displayRate, now)
      this.#buckets.set(visitor.key, bucket)
    }
    return bucket.take(now)
  }

  #forget(now: number): void {
    if (this.#buckets.size < 1_000) return
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key)
  }
}
