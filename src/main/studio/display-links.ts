import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { studio } from '#shared/studio.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { readDisplayToken, signDisplayToken } from './tokens.ts'
import type { DisplayClaims } from './tokens.ts'

const DAYS_90 = 90 * 24 * 3600

/** Where the studio server listens, and the key of its links; nothing while it does not. */
interface Listening {
  readonly origin: string
  readonly key: Buffer
}

/**
 * Makes and checks the links of displays. The server's port changes with each run, so a link is good for as long as this run
 * lasts; its token would be good for 90 days.
 */
export class DisplayLinks {
  readonly #clock: Clock
  #listening: Listening | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  listen(listening: Listening): void {
    this.#listening = listening
  }

  stop(): void {
    this.#listening = null
  }

  make(kind: DisplayClaims['kind'], session: string, display?: string): { url: string; expiresAt: string } {
    if (!this.#listening) {
      throw new AppError(
        'offline',
        'Display links need the studio server, and it does not run here. Start Hudson, then try again.',
      )
    }
    const { origin, key } = this.#listening
    const exp = Math.floor(this.#nowMs() / 1000) + DAYS_90
    const url = new URL(`/${kind}/${session}`, origin)
    url.searchParams.set('token', signDisplayToken(key, { kind, session, exp }))
    if (display !== undefined) url.searchParams.set('display', display)
    return { url: url.href, expiresAt: new Date(exp * 1000).toISOString() }
  }

  read(token: string): DisplayClaims | null {
    return this.#listening ? readDisplayToken(this.#listening.key, token, this.#nowMs()) : null
  }

  #nowMs(): number {
    return Date.parse(this.#clock.now())
  }
}

export interface StudioDeps {
  readonly db: Db
  readonly links: DisplayLinks
}

export function createStudio({ db, links }: StudioDeps): Handlers<typeof studio> {
  return {
    'studio.link': ({ sessionId, kind, display }) => {
      const found = db.get(db.build.selectFrom('sessions').select('id').where('id', '=', sessionId))
      if (!found)
        throw new AppError('not-found', 'That session is no longer there. It may have been deleted meanwhile.')
      return links.make(kind, sessionId, display)
    },
  }
}
