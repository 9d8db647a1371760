import type { Dice } from './dice.ts'

/** How long a call waits for its answer, in virtual ms. */
const DEADLINE = 15_000

export type Fate =
  | 'through'
  /** It never arrives. */
  | 'lost request'
  /** It arrives and is done; the answer does not come. */
  | 'lost reply'
  /** It arrives twice: now, and once more later. */
  | 'twice'
  /** The caller gives up first; it arrives later all the same, after newer ones. */
  | 'late'
  /** Nothing happens until the caller gives up. */
  | 'hang'

/** The weights of what may happen to a call. */
export type Weather = Readonly<Partial<Record<Fate, number>>>

export interface Message {
  readonly id: number
  readonly from: string
  readonly name: string
  readonly fate: Fate
  /** Asks the server. */
  readonly run: () => Promise<unknown>
  /** Whether the caller still waits. A client that was killed does not. */
  readonly waits: () => boolean
  readonly answer: PromiseWithResolvers<unknown>
  readonly deadline: number
  outcome: { readonly value: unknown } | { readonly error: unknown } | null
}

export class NetworkError extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/**
 * Calls between clients and the server. Each is a message that stands still until the scheduler moves it: to the server, and
 * its answer back. In between anything may happen.
 */
export class Network {
  readonly #dice: Dice
  readonly #time: { readonly ms: number }
  readonly #endOrLock: (call: Promise<void>) => Promise<void>
  readonly #messages: Message[] = []
  #count = 0
  weather: Weather = { through: 1 }
  /** Calls go through at once. */
  calm = false
  /** What is under way at the server and waits for a lock there. */
  #blocked: Promise<void> | null = null

  /** `endOrLock` waits until a call at the server ends, or waits for a lock itself. */
  constructor(dice: Dice, time: { readonly ms: number }, endOrLock: (call: Promise<void>) => Promise<void>) {
    this.#dice = dice
    this.#time = time
    this.#endOrLock = endOrLock
  }

  /** What can be moved: only one at a time waits for a lock, so that the order stays ours. */
  movable(): readonly Message[] {
    return this.#messages.filter((one) => one.outcome !== null || this.#blocked === null)
  }

  /** The lock that a call waited for is free: it comes to its end. */
  async released(): Promise<void> {
    await this.#blocked
    this.#blocked = null
  }

  async call<T>(
    from: { readonly label: string; readonly online: boolean; waits(): boolean },
    name: string,
    run: () => Promise<T>,
  ): Promise<T> {
    if (!from.online) throw new NetworkError('ENETUNREACH')
    if (this.calm) return run()
    const answer = Promise.withResolvers<unknown>()
    // Nobody may be left to hear of it.
    answer.promise.catch(() => {})
    this.#messages.push({
      id: (this.#count += 1),
      from: from.label,
      name,
      fate: this.#dice.weighted(this.weather),
      run,
      waits: from.waits.bind(from),
      answer,
      deadline: this.#time.ms + DEADLINE,
      outcome: null,
    })
    return (await answer.promise) as T
  }

  /** Moves a message by one step. Answers what happened, for the trace. */
  async move(message: Message): Promise<string> {
    return message.outcome ? this.#answer(message) : await this.#deliver(message)
  }

  async #deliver(message: Message): Promise<string> {
    switch (message.fate) {
      case 'lost request':
        return this.#fail(message, 'ECONNRESET')
      case 'hang':
        return this.#fail(message, 'DeadlineError')
      case 'late':
        this.#again(message)
        return this.#fail(message, 'DeadlineError')
      case 'twice':
        this.#again(message)
        return this.#run(message)
      default:
        return this.#run(message)
    }
  }

  async #run(message: Message): Promise<string> {
    const running = message.run().then(
      (value) => void (message.outcome = { value }),
      (error: unknown) => void (message.outcome = { error }),
    )
    await this.#endOrLock(running)
    if (message.outcome) return 'done'
    this.#blocked = running
    return 'waits for a lock'
  }

  /** Whose deadline is over, those calls fail. */
  expire(): Message[] {
    const over = this.#messages.filter(({ deadline, waits }) => deadline <= this.#time.ms && waits())
    for (const message of over) this.#fail(message, 'DeadlineError')
    return over
  }

  /** A cut: calls of this client fail; what was sent may arrive later, or not. */
  cut(from: string): void {
    for (const message of this.#messages.filter((one) => one.from === from && one.waits())) {
      this.#fail(message, 'ECONNRESET')
      if (!message.outcome && !this.#blocked && this.#dice.chance(0.3)) this.#again(message)
    }
  }

  /** Everything that is under way is gone: the server's connections ended. */
  reset(): void {
    while (this.#messages[0]) this.#fail(this.#messages[0], '57P01')
  }

  /** A copy that arrives at some time; nobody waits for its answer. */
  #again(message: Message): void {
    const answer = Promise.withResolvers<unknown>()
    answer.promise.catch(() => {})
    this.#messages.push({
      ...message,
      id: (this.#count += 1),
      fate: 'through',
      waits: () => false,
      answer,
      deadline: Infinity,
      outcome: null,
    })
  }

  #answer(message: Message): string {
    const { outcome, answer, fate } = message
    if (!outcome) throw new Error('there is no answer yet')
    if (fate === 'lost reply') return this.#fail(message, 'ECONNRESET')
    this.#remove(message)
    if ('value' in outcome) answer.resolve(outcome.value)
    else answer.reject(outcome.error)
    return 'value' in outcome ? 'answered' : `refused (${codeOf(outcome.error)})`
  }

  #fail(message: Message, code: string): string {
    this.#remove(message)
    message.answer.reject(new NetworkError(code))
    return code
  }

  #remove(message: Message): void {
    this.#messages.splice(this.#messages.indexOf(message), 1)
  }
}

export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
