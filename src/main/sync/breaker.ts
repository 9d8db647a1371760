import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel'
import type { CircuitBreakerPolicy } from 'cockatiel'
import type { Failure } from './classify-error.ts'

export type BreakerState = 'closed' | 'open' | 'half-open'

/** Ms after which an open breaker lets one try through. */
const HALF_OPEN_AFTER = 60_000
const FAILURES = 5

/**
 * For a server that answers with errors: opens after five in a row, lets one try through after 60 s, closes after one
 * success. [F3] A missing network does not count, and neither does what only a person can mend.
 */
export class Breaker {
  readonly #counts: (error: unknown) => boolean
  /** The monotonic clock. */
  readonly #elapsed: () => number
  #policy: CircuitBreakerPolicy
  #openedAt = 0

  constructor(classify: (error: unknown) => Failure, elapsed: () => number) {
    this.#elapsed = elapsed
    this.#counts = (error) => {
      const { kind } = classify(error)
      return kind === 'server' || kind === 'retry' || kind === 'limit'
    }
    this.#policy = this.#fresh()
  }

  get state(): BreakerState {
    const { state } = this.#policy
    if (state === CircuitState.Closed) return 'closed'
    return state === CircuitState.HalfOpen ? 'half-open' : 'open'
  }

  /** While open: ms until it lets a try through. Never quite 0: the policy goes by a clock of its own. */
  get waitMs(): number {
    return Math.max(1_000, this.#openedAt + HALF_OPEN_AFTER - this.#elapsed())
  }

  /** Closed, as if nothing had failed yet. */
  reset(): void {
    this.#policy = this.#fresh()
  }

  /** `forced` goes through whatever the state; its success closes the breaker. */
  async run<T>(work: () => Promise<T>, { forced }: { readonly forced: boolean }): Promise<T> {
    if (!forced) return await this.#policy.execute(work)
    const value = await work()
    if (this.state !== 'closed') this.reset()
    return value
  }

  #fresh(): CircuitBreakerPolicy {
    const policy = circuitBreaker(handleWhen(this.#counts), {
      halfOpenAfter: HALF_OPEN_AFTER,
      breaker: new ConsecutiveBreaker(FAILURES),
    })
    policy.onBreak(() => (this.#openedAt = this.#elapsed()))
    return policy
  }
}

/** The breaker did not let a try through. */
export function isBroken(error: unknown): boolean {
  return error instanceof BrokenCircuitError
}
