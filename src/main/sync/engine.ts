import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { backOff, pollEvery, wakefulness } from './wake.ts'
import type { Activity, Wakefulness } from './wake.ts'
import { Breaker, HALF_OPEN_AFTER, isBroken } from './breaker.ts'
import type { BreakerState } from './breaker.ts'
import { classifyError } from './classify-error.ts'
import type { Failure } from './classify-error.ts'
import type { Exchange } from './exchange.ts'
import { DamagedMutation } from './mutation.ts'
import type { Outbox } from './outbox.ts'
import type { Remote } from './remote.ts'
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
}

/** Local writes are collected for so long, in ms, unless they are live commands. */
const BATCH_MS = 60
/** A queue whose head does not move for so long while online is an alarm, in ms. [F4] */
const STUCK_MS = 60_000
/** What only a person can mend is looked at again this often, in ms. */
const BLOCKED_MS = 60_000
const LISTEN_AGAIN_MS = 30_000
/** A jump of the wall clock against the monotonic one that is taken for a sleep. Connections from before lead nowhere. */
const ASLEEP_MS = 20_000

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
 */
export class SyncEngine implements AsyncDisposable {
  readonly #deps: EngineDeps
  readonly #breaker = new Breaker(classifyError)
  #state: EngineState = { kind: 'connecting' }
  #paused: boolean
  #closed = false
  #lastCall: number
  #failures = 0
  #running: Promise<void> | null = null
  /** Asked for while an exchange was running. */
  #again = false
  #timer: { readonly at: number; readonly cancel: () => void } | null = null
  #requests: PromiseWithResolvers<void>[] = []
  #stopListening: (() => void) | null = null
  #listenTry = 0
  #head: { readonly id: number; readonly since: number } | null = null
  #latencyMs: number | null = null
  #skewMs: number | null = null
  #drift: number

  constructor(deps: EngineDeps) {
    this.#deps = deps
    this.#paused = deps.state.get('paused') === true
    this.#lastCall = deps.clock.elapsed()
    this.#drift = Date.parse(deps.clock.now()) - deps.clock.elapsed()
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
    return this.#timer && Math.max(0, this.#timer.at - this.#deps.clock.elapsed())
  }

  /** Ms for which the head of the queue has not moved although the team can be reached. [F4] */
  get stuckMs(): number {
    if (this.#state.kind !== 'online' || !this.#head) return 0
    const ms = this.#deps.clock.elapsed() - this.#head.since
    return ms >= STUCK_MS ? ms : 0
  }

  /** A client called: somebody is there. */
  noteCall(): void {
    const before = this.#wake
    this.#lastCall = this.#deps.clock.elapsed()
    if (before !== 'awake') this.#due(0)
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
    this.#endListening()
    this.#deps.remote.rest().catch((error: unknown) => this.#deps.log.warn('old connections could not be closed', { error }))
    this.#due(0)
  }

  /** Something was written here. */
  noteWrite(urgent: boolean): void {
    this.#deps.onChange()
    // While it cannot be reached the back-off goes on; a live command does not hammer either.
    if (this.#state.kind === 'online') this.#due(urgent ? 0 : BATCH_MS)
    else if (!this.#timer) this.#due(0)
  }

  pause(): void {
    this.#paused = true
    this.#deps.state.set('paused', true)
    this.#cancel()
    this.#endListening()
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
    const request = Promise.withResolvers<void>()
    this.#requests.push(request)
    this.#due(0)
    await request.promise
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    this.#cancel()
    this.#endListening()
    await this.#deps.remote[Symbol.asyncDispose]()
    await this.#running
    for (const request of this.#requests.splice(0)) request.reject(new Error('Hudson is closing'))
  }

  get #wake(): Wakefulness {
    return wakefulness(this.#activity())
  }

  #activity(): Activity {
    const { clock, outbox, showRunning } = this.#deps
    return {
      showRunning: showRunning(),
      waiting: outbox.head() !== undefined,
      idleMs: clock.elapsed() - this.#lastCall,
    }
  }

  /** An exchange in `ms` at the latest; a sooner one that is planned stays. */
  #due(ms: number): void {
    if (this.#closed) return
    if (this.#running) {
      if (ms <= BATCH_MS) this.#again = true
      return
    }
    const at = this.#deps.clock.elapsed() + ms
    if (this.#timer && this.#timer.at <= at) return
    this.#cancel()
    this.#timer = { at, cancel: this.#deps.clock.after(ms, () => this.#begin()) }
  }

  #cancel(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  #begin(): void {
    this.#timer = null
    if (this.#closed || this.#running) return
    this.#noteSleep()
    const requests = this.#requests.splice(0)
    if (this.#paused && requests.length === 0) return
    this.#again = false
    this.#running = this.#try(requests).finally(() => {
      this.#running = null
      this.#plan()
    })
  }

  /** The monotonic clock stands still while the computer sleeps, the wall clock does not. */
  #noteSleep(): void {
    const { clock, remote, log } = this.#deps
    const drift = Date.parse(clock.now()) - clock.elapsed()
    const slept = drift - this.#drift > ASLEEP_MS
    this.#drift = drift
    if (!slept) return
    this.#endListening()
    remote.rest().catch((error: unknown) => log.warn('old connections could not be closed', { error }))
  }

  async #try(requests: readonly PromiseWithResolvers<void>[]): Promise<void> {
    try {
      await this.#breaker.run(() => this.#exchange(), { forced: requests.length > 0 })
      this.#succeeded()
      for (const request of requests) request.resolve()
    } catch (error) {
      this.#failed(error)
      for (const request of requests) request.reject(error)
    }
  }

  /** Hello where it is due, everything that waits, everything that is new. */
  async #exchange(): Promise<void> {
    const { exchange, clock } = this.#deps
    const asked = clock.elapsed()
    try {
      const hello = await exchange.greet()
      if (hello) {
        const took = clock.elapsed() - asked
        this.#skewMs = Date.parse(hello.now) - Date.parse(clock.now()) + took / 2
      }
      await this.#pushAndPull()
    } catch (error) {
      if (!isStranger(error)) throw error
      // The server was restored or this data was copied: who we are is settled anew, once.
      exchange.forgetGreeting()
      await exchange.greet()
      await this.#pushAndPull()
    }
    this.#latencyMs = clock.elapsed() - asked
  }

  async #pushAndPull(): Promise<void> {
    const { exchange, repair } = this.#deps
    do {
      try {
        await exchange.push()
      } catch (error) {
        if (!(error instanceof DamagedMutation)) throw error
        repair()
        await exchange.greet()
      }
      await exchange.pull()
    } while (exchange.hasMore())
  }

  #succeeded(): void {
    const { clock, outbox, log } = this.#deps
    if (this.#state.kind !== 'online') log.info('in touch with the team')
    this.#failures = 0
    this.#state = { kind: 'online' }
    outbox.offline = false
    const head = outbox.head()
    if (!head) this.#head = null
    else if (this.#head?.id !== head.id) this.#head = { id: head.id, since: clock.elapsed() }
    this.#deps.onChange()
    this.#listen()
  }

  #failed(error: unknown): void {
    const { clock, outbox, log, exchange } = this.#deps
    if (isBroken(error) || this.#closed) return
    const failure = classifyError(error)
    this.#failures += 1
    const kind = failure.retry === 'never' ? 'blocked' : 'offline'
    const since = this.#state.kind === kind ? this.#state.since : clock.now()
    if (this.#state.kind !== kind) log.warn('the team cannot be reached', { kind: failure.kind, error })
    this.#state = { kind, failure, since }
    outbox.offline = true
    exchange.noteApart()
    this.#endListening()
    this.#deps.onChange()
  }

  /** After every exchange: when is the next one? */
  #plan(): void {
    if (this.#requests.length > 0) return this.#due(0)
    if (this.#paused) return
    const wake = this.#wake
    if (this.#state.kind === 'online') {
      if (this.#again) return this.#due(0)
      const every = pollEvery(wake)
      if (wake !== 'awake') this.#endListening()
      if (every === null) return this.#sleep()
      return this.#due(every)
    }
    if (this.#breaker.state === 'open') return this.#due(HALF_OPEN_AFTER)
    if (this.#state.kind === 'blocked') return this.#due(BLOCKED_MS)
    if (wake === 'asleep') return this.#sleep()
    this.#due(backOff(this.#failures, { wake, random: this.#deps.random() }))
  }

  /** Nothing is open, so that the database can sleep too. */
  #sleep(): void {
    this.#endListening()
    this.#deps.remote.rest().catch((error: unknown) => this.#deps.log.warn('connections could not be closed', { error }))
  }

  #listen(): void {
    const { remote, clock, log } = this.#deps
    if (this.#stopListening || this.#paused || this.#wake !== 'awake') return
    if (this.#listenTry > 0 && clock.elapsed() < this.#listenTry) return
    this.#listenTry = clock.elapsed() + LISTEN_AGAIN_MS
    let stopped = false
    this.#stopListening = () => (stopped = true)
    const ended = (error: unknown): void => {
      log.debug('no news by LISTEN', { error })
      if (!stopped) this.#stopListening = null
      this.#due(0)
    }
    remote.listen(() => this.#due(0), ended).then((stop) => {
      if (stopped || this.#closed) return stop()
      this.#stopListening = stop
      // What happened before it was heard of.
      this.#due(0)
    }, ended)
  }

  #endListening(): void {
    this.#stopListening?.()
    this.#stopListening = null
    this.#listenTry = 0
  }
}

/** The server says that it does not know us, or that we are not who we say. [I1] */
function isStranger(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['HU404', 'HU410', 'HU400'].includes(String(error.code))
}
