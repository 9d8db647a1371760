import { AppError } from '#shared/app-error.ts'
import type { Clock } from '../clock.ts'
import { isDamage } from '../db/damage.ts'
import type { Log } from '../log.ts'
import { AWAKE_MS, backOff, pollEvery, wakefulness } from './wake.ts'
import type { Wakefulness } from './wake.ts'
import { Breaker, isBroken } from './breaker.ts'
import type { BreakerState } from './breaker.ts'
import { classifyError, isStranger } from './classify-error.ts'
import type { Failure } from './classify-error.ts'
import type { Exchange } from './exchange.ts'
import { Listening } from './listening.ts'
import { isDamagedMutation } from './mutation.ts'
import type { Outbox } from './outbox.ts'
import type { Remote } from './remote.ts'
import { SleepWatch } from './sleep-watch.ts'
import { StuckHead } from './stuck-head.ts'
import { Timetable } from './timetable.ts'
import type { SyncState } from './state.ts'

export interface EngineDeps {
  readonly exchange: Exchange
  readonly outbox: Outbox
  readonly state: SyncState
  readonly remote: Remote
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  /** Whether a session is in rehearsal or live. */
  readonly showRunning: () => boolean
  /** Mends or sets aside a queued edit that cannot be read. */
  readonly repair: () => void
  /** Hears of every change of what `sync.status` tells. */
  readonly onChange: () => void
  /** Hears of what failed on this computer: a damaged database, a full disk. */
  readonly onHere?: (error: unknown) => void
}

/** Local writes are collected for so long, in ms, unless they are live commands. */
const BATCH_MS = 60
/** What a live command's push changed is confirmed by a pull within so long, in ms: nobody waits for that. */
const CONFIRM_MS = 500
/** What only a person can mend is looked at again this often, in ms. */
const BLOCKED_MS = 60_000

export type EngineState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly failure: Failure; readonly since: string }
  | { readonly kind: 'blocked'; readonly failure: Failure; readonly since: string }

/**
 * When to exchange. One loop, one exchange at a time.
 *
 * 1. It always has a timer of its own, unless it is asleep, paused or closed: nothing waits for the next local write. [F3]
 * 2. A try that fails changes the state and the time of the next one, never what waits.
 * 3. LISTEN is a hint: with it or without, everything arrives. [F1]
 * 4. An exchange ends: what is written while it runs is for the next one.
 * 5. A live command is only pushed, at once, while LISTEN tells of others; the pull that confirms it follows. [F1]
 */
export class SyncEngine implements AsyncDisposable {
  readonly #deps: EngineDeps
  readonly #breaker: Breaker
  readonly #listening: Listening
  readonly #sleep: SleepWatch
  readonly #stuck: StuckHead
  readonly #timetable: Timetable
  #state: EngineState = { kind: 'connecting' }
  #paused: boolean
  #closed = false
  #lastCall: number
  #failures = 0
  #running: Promise<void> | null = null
  /** Asked for while an exchange was running; revs that were heard of then. */
  #again = false
  readonly #heard: number[] = []
  #requests: PromiseWithResolvers<void>[] = []
  #latencyMs: number | null = null
  #skewMs: number | null = null

  constructor(deps: EngineDeps) {
    this.#deps = deps
    this.#breaker = new Breaker(classifyError, () => deps.clock.elapsed())
    this.#listening = new Listening({ ...deps, onNews: (rev) => this.#hear(rev) })
    this.#paused = deps.state.get('paused') === true
    this.#lastCall = deps.clock.elapsed()
    this.#sleep = new SleepWatch(deps.clock)
    this.#stuck = new StuckHead(deps.clock)
    this.#timetable = new Timetable(deps.clock, () => this.#begin())
    // Until the first answer nothing is known of the others.
    deps.outbox.offline = true
  }

  start(): void {
    this.#due(0)
  }

  get state(): EngineState {
    return this.#state
  }

  get paused(): boolean {
    return this.#paused
  }

  get breaker(): BreakerState {
    return this.#breaker.state
  }

  get latencyMs(): number | null {
    return this.#latencyMs
  }

  get skewMs(): number | null {
    return this.#skewMs
  }

  /** Ms until the next try; null where none is planned. */
  get nextTryInMs(): number | null {
    return this.#timetable.nextInMs
  }

  /** Ms for which the head of the queue has not moved although the team can be reached. [F4] */
  get stuckMs(): number {
    return this.#state.kind === 'online' ? this.#stuck.ms : 0
  }

  /** A client called: somebody is there. */
  noteCall(): void {
    const now = this.#deps.clock.elapsed()
    const idleMs = now - this.#lastCall
    this.#lastCall = now
    if (idleMs >= AWAKE_MS) this.#due(0)
  }

  /** A person came to a page of ours. */
  focus(): void {
    this.#lastCall = this.#deps.clock.elapsed()
    if (this.#state.kind !== 'online') this.#failures = 0
    this.#due(0)
  }

  /** The computer woke up, or its network changed: what was open leads nowhere, and what failed may work. */
  reconnect(): void {
    this.#failures = 0
    this.#hangUp()
    this.#due(0)
  }

  /** Something was written here. */
  noteWrite(urgent: boolean): void {
    this.#deps.onChange()
    if (urgent && this.#state.kind === 'online' && this.#listening.hears) this.#pushSoon()
    else if (this.#running) this.#again = true
    else if (this.#state.kind === 'online') this.#due(urgent ? 0 : BATCH_MS)
    // While it cannot be reached the back-off goes on; a live command does not hammer either.
    else if (this.#timetable.nextInMs === null) this.#due(0)
  }

  pause(): void {
    this.#paused = true
    this.#deps.state.set('paused', true)
    // What is written from now on is made apart from the others. [R8]
    this.#deps.outbox.offline = true
    this.#timetable.cancel()
    this.#listening.end()
    this.#deps.onChange()
  }

  resume(): void {
    this.#paused = false
    this.#deps.state.set('paused', false)
    this.#failures = 0
    this.#due(0)
    this.#deps.onChange()
  }

  /** One full exchange, now. Rejects with its error. */
  async now(): Promise<void> {
    if (this.#closed) throw closing()
    const request = Promise.withResolvers<void>()
    this.#requests.push(request)
    this.#due(0)
    await request.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#timetable.cancel()
    this.#listening.end()
    for (const request of this.#requests.splice(0)) request.reject(closing())
    // Ends what is under way, too.
    await this.#deps.remote[Symbol.asyncDispose]()
    await this.#running
  }

  get #wake(): Wakefulness {
    const { clock, outbox, showRunning } = this.#deps
    return wakefulness({
      showRunning: showRunning(),
      waiting: outbox.head() !== undefined,
      idleMs: clock.elapsed() - this.#lastCall,
    })
  }

  /** Somebody changed something, or nobody knows. */
  #hear(rev: number | null): void {
    // Whether it is our own push is known once that is answered.
    if (rev !== null && this.#running) this.#heard.push(rev)
    else if (rev === null || this.#deps.exchange.isNews(rev)) this.#due(0)
  }

  /** An exchange in `ms` at the latest; a sooner one that is planned stays. */
  #due(ms: number): void {
    if (this.#running) {
      this.#again = true
      return
    }
    if (!this.#closed) this.#timetable.whole(ms)
  }

  #pushSoon(): void {
    this.#timetable.noteUrgent()
    if (!this.#running && !this.#closed) this.#timetable.pushNow()
  }

  #begin(): void {
    const lateMs = this.#timetable.arrive()
    if (this.#closed || this.#running) return
    if (this.#sleep.slept(lateMs)) this.#wokeUp()
    const requests = this.#requests.splice(0)
    if (this.#paused && requests.length === 0) return
    this.#again = false
    this.#heard.length = 0
    this.#running = this.#try(requests, this.#timetable.depart(requests.length > 0)).then(() => {
      this.#running = null
      if (!this.#attempt(() => this.#plan())) this.#due(BLOCKED_MS)
    })
  }

  #wokeUp(): void {
    // Connections from before lead nowhere.
    this.#hangUp()
    // It goes by the wall clock: where that is set back, its time would not come for as long.
    this.#breaker.reset()
    // The next hello tells how far the clock is off now. [F7]
    this.#deps.exchange.forgetGreeting()
  }

  /** Never rejects. */
  async #try(requests: readonly PromiseWithResolvers<void>[], whole: boolean): Promise<void> {
    try {
      await this.#breaker.run(() => this.#exchange(whole), { forced: requests.length > 0 })
      this.#attempt(() => this.#succeeded())
      for (const request of requests) request.resolve()
    } catch (error) {
      for (const request of requests) request.reject(error)
      this.#attempt(() => this.#failed(error))
    }
  }

  /** Whatever breaks in the telling, the loop goes on. */
  #attempt(work: () => void): boolean {
    try {
      work()
      return true
    } catch (error) {
      this.#deps.log.error('the engine stumbled', { error })
      return false
    }
  }

  /** Hello where it is due, everything that waits, everything that is new. */
  async #exchange(whole: boolean): Promise<void> {
    const { exchange, clock, repair } = this.#deps
    const asked = clock.elapsed()
    try {
      const hello = await exchange.greet()
      if (hello) {
        const took = clock.elapsed() - asked
        this.#skewMs = Date.parse(hello.now) - Date.parse(clock.now()) + took / 2
        this.#reached()
      }
      await this.#pushAndPull(whole)
    } catch (error) {
      // A queued edit cannot be read; or the server was restored or this data was copied, and who we are is settled anew. Once.
      if (isDamagedMutation(error)) repair()
      else if (isStranger(error)) exchange.forgetGreeting()
      else throw error
      await exchange.greet()
      await this.#pushAndPull(true)
    }
    this.#latencyMs = clock.elapsed() - asked
  }

  /** Everything that waits by now, and everything that is new; or only the first of it. */
  async #pushAndPull(whole: boolean): Promise<void> {
    const { exchange, outbox } = this.#deps
    const waiting = outbox.count()
    let pushed = 0
    for (;;) {
      const batch = await exchange.push()
      pushed += batch
      if (batch === 0 || pushed >= waiting) break
    }
    if (whole) await exchange.pull()
    this.#reached()
    if (exchange.hasMore()) this.#again = true
  }

  /** The team's database answers; how much there is to do is another thing. */
  #reached(): void {
    if (this.#state.kind === 'online') return
    this.#state = { kind: 'online' }
    this.#deps.log.info('in touch with the team')
    this.#deps.onChange()
  }

  #succeeded(): void {
    const { outbox, onChange } = this.#deps
    this.#failures = 0
    outbox.offline = this.#paused
    this.#stuck.note(outbox.head()?.id)
    onChange()
    if (!this.#paused && this.#wake === 'awake') this.#listening.begin()
  }

  #failed(error: unknown): void {
    const { clock, outbox, log, exchange, onChange } = this.#deps
    if (isBroken(error) || this.#closed) return
    const failure = classifyError(error)
    if (failure.kind === 'here' || isDamage(error)) this.#deps.onHere?.(error)
    this.#failures += 1
    const kind = failure.retry === 'never' ? 'blocked' : 'offline'
    const since = this.#state.kind === kind ? this.#state.since : clock.now()
    if (this.#state.kind !== kind) log.warn('the team cannot be reached', { kind: failure.kind, error })
    this.#state = { kind, failure, since }
    this.#stuck.note(undefined)
    outbox.offline = true
    this.#listening.end()
    onChange()
    exchange.noteApart()
  }

  /** After every exchange: when is the next one? */
  #plan(): void {
    if (this.#requests.length > 0) return this.#due(0)
    if (this.#paused) return
    const wake = this.#wake
    if (wake !== 'awake') this.#listening.end()
    // Nothing is open, so that the database can sleep too.
    if (wake === 'asleep') this.#hangUp()
    else this.#due(this.#pauseBefore(wake))
    if (this.#timetable.urgent) this.#pushSoon()
  }

  #pauseBefore(wake: Exclude<Wakefulness, 'asleep'>): number {
    if (this.#state.kind === 'online') return this.#pauseAfterSuccess(wake)
    if (this.#breaker.state === 'open') return this.#breaker.waitMs
    if (this.#state.kind === 'blocked') return BLOCKED_MS
    return backOff(this.#failures, { wake, random: this.#deps.random() })
  }

  #pauseAfterSuccess(wake: Exclude<Wakefulness, 'asleep'>): number {
    const { exchange } = this.#deps
    if (this.#again || this.#heard.some((rev) => exchange.isNews(rev))) return 0
    const planned = exchange.awaitsConfirmation ? CONFIRM_MS : pollEvery(wake)
    return Math.max(0, Math.min(planned, this.#timetable.wholeInMs))
  }

  #hangUp(): void {
    const { remote, log } = this.#deps
    this.#listening.end()
    remote.rest().catch((error: unknown) => log.warn('connections could not be closed', { error }))
  }
}

function closing(): AppError {
  return new AppError('offline', 'Hudson is closing. What waits is sent at the next start.')
}
