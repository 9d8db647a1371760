import { AppError } from '#shared/app-error.ts'
import type { Taken, Team, TeamProgress, TeamWork } from '../team.ts'
import type { Clock } from '../clock.ts'
import { classifyError } from './classify-error.ts'
import type { Caller } from './remote.ts'

/** What `team_lease_take` answers. */
export interface LeaseReply {
  readonly status: Taken['status']
  readonly device: string
  readonly state: Readonly<Record<string, unknown>>
  /** Seconds since its last good end; null where there was none. */
  readonly endedAgo: number | null
}

/** The calls of the team's database that leases are made of. Each can be made twice without harm. */
export interface LeaseCalls {
  takeLease(caller: Caller, lease: { name: string; seconds: number; restSeconds: number }): Promise<LeaseReply>
  keepLease(caller: Caller, lease: { name: string; seconds: number; progress: TeamProgress }): Promise<boolean>
  endLease(caller: Caller, lease: { name: string; state: Readonly<Record<string, unknown>> | null }): Promise<boolean>
  othersLeases(
    caller: Caller,
  ): Promise<readonly { readonly name: string; readonly device: string; readonly progress: Partial<TeamProgress> }[]>
}

export interface LeaseLink {
  readonly calls: LeaseCalls
  readonly caller: () => Caller
  readonly online: () => boolean
}

/** A holder that is not heard of for so long loses its work. It tells several times in that time. */
const LEASE_SECONDS = 120

/** The others are asked for at most so often, in ms. */
const OTHERS_MS = 3_000

/** Work of the team, over the leases of its database. */
export class Leases implements Team {
  readonly #link: () => LeaseLink | null
  readonly #exchange: () => Promise<unknown>
  readonly #clock: Clock
  /** What others did when they were last asked for. */
  #others: { readonly at: number; readonly work: Promise<readonly TeamWork[]> } | null = null

  /** `link`: null where there is no team. `exchange`: one full push and pull. */
  constructor(link: () => LeaseLink | null, exchange: () => Promise<unknown>, clock: Clock) {
    this.#link = link
    this.#exchange = exchange
    this.#clock = clock
  }

  isSet(): boolean {
    return this.#link() !== null
  }

  async take(name: string, { restMs }: { readonly restMs: number }): Promise<Taken> {
    const lease = { name, seconds: LEASE_SECONDS, restSeconds: Math.round(restMs / 1000) }
    const { status, device, state, endedAgo } = await this.#ask(({ calls, caller }) => calls.takeLease(caller(), lease))
    if (status === 'taken') return { status, state }
    return status === 'held' ? { status, device } : { status, endedAgoMs: (endedAgo ?? 0) * 1000 }
  }

  keep(name: string, progress: TeamProgress): Promise<boolean> {
    return this.#ask(({ calls, caller }) => calls.keepLease(caller(), { name, seconds: LEASE_SECONDS, progress }))
  }

  async end(name: string, state: Readonly<Record<string, unknown>> | null): Promise<void> {
    await this.#ask(({ calls, caller }) => calls.endLease(caller(), { name, state }))
  }

  others(): Promise<readonly TeamWork[]> {
    const now = this.#clock.elapsed()
    // Pages ask whenever one of our own jobs comes further.
    if (this.#others === null || now - this.#others.at > OTHERS_MS) this.#others = { at: now, work: this.#ofOthers() }
    return this.#others.work
  }

  async #ofOthers(): Promise<readonly TeamWork[]> {
    const link = this.#link()
    if (!link?.online()) return []
    const held = await link.calls.othersLeases(link.caller()).catch(() => [])
    return held.map(({ name, device, progress }) => ({
      name,
      device,
      done: progress.done ?? 0,
      total: progress.total ?? 0,
      note: progress.note ?? null,
    }))
  }

  async exchange(): Promise<void> {
    await this.#exchange()
  }

  async #ask<T>(call: (link: LeaseLink) => Promise<T>): Promise<T> {
    const link = this.#link()
    if (!link) throw new AppError('offline', 'No team database is set up on this computer.')
    try {
      return await call(link)
    } catch (error) {
      if (error instanceof AppError) throw error
      const { code, message } = classifyError(error)
      throw new AppError(code, message, { cause: error })
    }
  }
}
