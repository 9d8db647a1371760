import type { LiveReply } from '#shared/live.ts'
import type { SessionSummary } from '#shared/sessions.ts'
import type { Dispatch } from '../dispatch.ts'
import type { Events } from '../events.ts'

/** The show that is on. */
export interface CurrentShow {
  readonly sessionId: string
  readonly name: string
  readonly mode: 'rehearsal' | 'live'
  /** What is on air. */
  readonly number: number | null
}

interface ShowWatchDeps {
  readonly dispatch: Dispatch
  readonly events: Events
}

/**
 * What the shell knows of the show: for the tray, for quitting, for what keeps the computer awake.
 *
 * 1. `current` is the live show, else the rehearsal; of several the one that changed last.
 * 2. It is read anew after each change; a number that moves comes with its delta, without asking.
 */
export class ShowWatch {
  readonly #deps: ShowWatchDeps
  readonly #listeners = new Set<() => void>()
  #current: CurrentShow | null = null
  #on = new Set<string>()
  #reading: Promise<void> | null = null
  #again = false

  constructor(deps: ShowWatchDeps) {
    this.#deps = deps
  }

  get current(): CurrentShow | null {
    return this.#current
  }

  get isLive(): boolean {
    return this.#current?.mode === 'live'
  }

  /** Whether that session is in rehearsal or live. */
  isOn(sessionId: string): boolean {
    return this.#on.has(sessionId)
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** Resolves once it is known what is on. */
  async start(): Promise<void> {
    const { events } = this.#deps
    events.on('changed', ({ feature }) => {
      if (feature === 'sessions') this.#readSoon()
    })
    events.on('live', ({ sessionId, patch }) => {
      if (patch.some(({ path }) => path === '/mode')) return this.#readSoon()
      const moved = patch.find(({ path }) => path === '/number')
      if (!moved || moved.op === 'remove' || this.#current?.sessionId !== sessionId) return
      this.#become({ ...this.#current, number: typeof moved.value === 'number' ? moved.value : null })
    })
    this.#readSoon()
    await this.#reading
  }

  #readSoon(): void {
    this.#again = true
    this.#reading ??= this.#readAll().finally(() => (this.#reading = null))
  }

  async #readAll(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const [live, rehearsal] = [await this.#sessions('live'), await this.#sessions('rehearsal')]
      const all = [...live, ...rehearsal]
      this.#on = new Set(all.map(({ id }) => id))
      const first = all[0]
      this.#become(first ? await this.#describe(first) : null)
    }
  }

  async #sessions(status: CurrentShow['mode']): Promise<readonly SessionSummary[]> {
    const reply = await this.#deps.dispatch('sessions.list', { status })
    return reply.ok ? (reply.value as { items: SessionSummary[] }).items : []
  }

  async #describe({ id, name, status }: SessionSummary): Promise<CurrentShow> {
    const reply = await this.#deps.dispatch('live.state', { sessionId: id })
    const number = reply.ok ? (reply.value as LiveReply).number : null
    return { sessionId: id, name, mode: status === 'live' ? 'live' : 'rehearsal', number }
  }

  #become(next: CurrentShow | null): void {
    if (JSON.stringify(next) === JSON.stringify(this.#current)) return
    this.#current = next
    for (const listener of this.#listeners) listener()
  }
}
