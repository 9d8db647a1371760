/** Time, passed in so that tests can set it. */
export interface Clock {
  /** Wall time, ISO 8601 in UTC. For stamps. */
  now(): string
  /** Monotonic milliseconds. For durations: it does not jump when the wall clock is set. */
  elapsed(): number
  /** Calls once after `ms`, after 0 in a turn of its own; returns the way to stop it. The timer does not keep the process alive. */
  after(ms: number, call: () => void): () => void
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  elapsed: () => performance.now(),
  after: (ms, call) => {
    // A timer of 0 ms waits for 1. Not unreferenced: then nothing would wake the loop for it.
    if (ms <= 0) {
      const immediate = setImmediate(call)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(call, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
