import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import { SecretName } from '#shared/secrets.ts'
import type { Protection, SecretState, secrets } from '#shared/secrets.ts'
import type { Log } from '../log.ts'
import { placeNames } from './backend.ts'
import type { SecretBackend } from './backend.ts'
import { MemoryBackend } from './memory-backend.ts'
import type { SecretRecord } from './secret-record.ts'

export interface SecretsDeps {
  readonly record: SecretRecord
  /** Best first; memory is what remains where none of them protects. */
  readonly backends: readonly SecretBackend[]
  /** What the environment gives: it wins over what is kept, and is never kept itself. */
  readonly given: Readonly<Partial<Record<SecretName, string>>>
  readonly log: Log
  /** From now on the value is taken out of every log line. */
  readonly protect: (value: string) => void
  /** Throws an AppError where a value cannot be what it is to be. */
  readonly validate: (name: SecretName, value: string) => void
  /** Hears that a secret is another one now. */
  readonly onChange: (name: SecretName) => void
}

/**
 * The secrets of this data folder.
 *
 * 1. A value leaves by `get` alone, which only the core calls; no endpoint answers it.
 * 2. What is kept somewhere is removed there only after it was read back from where it is now, or when a person clears it. No
 *    failure removes anything.
 * 3. Where nothing protects, a value stays in memory, and the status says so.
 * 4. One change at a time.
 */
export class Secrets {
  readonly #deps: SecretsDeps
  readonly #memory = new MemoryBackend()
  readonly #values = new Map<SecretName, { readonly value: string; readonly place: SecretBackend['id'] }>()
  readonly #problems = new Map<SecretName, string>()
  #best: SecretBackend | null = null
  #last: Promise<unknown> = Promise.resolve()
  readonly handlers: Handlers<typeof secrets>

  constructor(deps: SecretsDeps) {
    this.#deps = deps
    for (const value of Object.values(deps.given)) deps.protect(value)
    this.handlers = {
      'secrets.status': () => this.status(),
      'secrets.set': ({ name, value }) => this.set(name, value),
      'secrets.clear': ({ name }) => this.clear(name),
    }
  }

  /** Whether anything is kept that `load` has to fetch. */
  get isKept(): boolean {
    return this.#deps.record.names.length > 0
  }

  get(name: SecretName): string | undefined {
    return this.#deps.given[name] ?? this.#values.get(name)?.value
  }

  status(): Record<SecretName, SecretState> {
    return Object.fromEntries(SecretName.options.map((name) => [name, this.#stateOf(name)])) as Record<
      SecretName,
      SecretState
    >
  }

  /** Fetches what is kept, and moves it to a better place where there is one now. Never rejects. */
  load(): Promise<void> {
    const { record, backends } = this.#deps
    return this.#inTurn(async () => {
      // Each place is asked once, not once for each name: the question may go to a person.
      const checked = new Map<SecretBackend, string | null>()
      for (const name of record.names) {
        const from = backends.find(({ id }) => id === record.placeOf(name))
        if (from && !checked.has(from)) checked.set(from, await from.check())
        await this.#loadOne(name, from, from ? (checked.get(from) ?? null) : ELSEWHERE)
      }
    })
  }

  /** Throws `bad-call` where the value cannot be used. */
  async set(name: SecretName, value: string): Promise<SecretState> {
    const { record, protect, validate, onChange } = this.#deps
    protect(value)
    validate(name, value)
    await this.#inTurn(async () => {
      const { backend, problem } = await this.#bestPlace()
      const before = record.placeOf(name)
      await putSafely(backend, name, value)
      this.#values.set(name, { value, place: backend.id })
      this.#problems.delete(name)
      if (problem !== null) this.#problems.set(name, `${problem} Until then it is kept in ${placeNames[backend.id]}.`)
      if (backend.id === 'memory') return
      record.keep(name, backend.id)
      if (before !== undefined && before !== backend.id) await this.#removeFrom(before, name)
    })
    onChange(name)
    return this.#stateOf(name)
  }

  async clear(name: SecretName): Promise<SecretState> {
    await this.#inTurn(async () => {
      // Before it is forgotten where it is: what cannot be removed now is still known of.
      const place = this.#deps.record.placeOf(name)
      if (place !== undefined && !(await this.#removeFrom(place, name))) {
        throw new AppError(
          'offline',
          `It is kept in ${placeNames[place]}, which cannot be reached now. Nothing was removed; try again once it can.`,
        )
      }
      await this.#memory.remove(name)
      if (place !== undefined) this.#deps.record.drop(name)
      this.#values.delete(name)
      this.#problems.delete(name)
    })
    this.#deps.onChange(name)
    return this.#stateOf(name)
  }

  async #loadOne(name: SecretName, from: SecretBackend | undefined, problem: string | null): Promise<void> {
    const { record, log, protect } = this.#deps
    const place = record.placeOf(name) ?? 'memory'
    if (!from || problem !== null) {
      this.#problems.set(name, `It is kept in ${placeNames[place]}. ${problem} Nothing was removed.`)
      return
    }
    try {
      const value = await from.read(name)
      if (value === null) {
        this.#problems.set(name, `It is no longer in ${placeNames[place]}, where it was put. Enter it again.`)
        return
      }
      protect(value)
      this.#values.set(name, { value, place: from.id })
      await this.#move(name, value, from)
    } catch (error) {
      log.warn('a secret could not be read', { name, place, error })
      this.#problems.set(
        name,
        `It cannot be read from ${placeNames[place]} now. Nothing was removed; try again after a restart.`,
      )
    }
  }

  /** To the best place, where that is another one; it stays where it is where that fails. */
  async #move(name: SecretName, value: string, from: SecretBackend): Promise<void> {
    const { record, log } = this.#deps
    const { backend } = await this.#bestPlace()
    if (backend.id === from.id || backend.id === 'memory') return
    try {
      await putSafely(backend, name, value)
    } catch (error) {
      log.warn('a secret stays where it is', { name, from: from.id, to: backend.id, error })
      return
    }
    record.keep(name, backend.id)
    this.#values.set(name, { value, place: backend.id })
    await this.#removeFrom(from.id, name)
    log.info('a secret was moved', { name, from: from.id, to: backend.id })
  }

  /** Answers whether it is gone from there. */
  async #removeFrom(place: Protection, name: SecretName): Promise<boolean> {
    const { backends, log } = this.#deps
    try {
      const from = backends.find(({ id }) => id === place)
      await from?.remove(name)
      return from !== undefined
    } catch (error) {
      log.warn('a secret could not be removed', { name, place, error })
      return false
    }
  }

  /** Asked once, and not before something is to be kept: a keychain may ask a person. */
  async #bestPlace(): Promise<{ readonly backend: SecretBackend; readonly problem: string | null }> {
    if (this.#best) return { backend: this.#best, problem: null }
    const problems: string[] = []
    for (const backend of this.#deps.backends) {
      const problem = await backend.check()
      if (problem !== null) {
        problems.push(problem)
        continue
      }
      this.#best = backend
      return { backend, problem: null }
    }
    // Asked again the next time: a keychain may have been unlocked meanwhile.
    return { backend: this.#memory, problem: problems.join(' ') || 'Nothing here can keep secrets.' }
  }

  #stateOf(name: SecretName): SecretState {
    const { record, given } = this.#deps
    if (given[name] !== undefined) return { set: true, protectedBy: 'environment' }
    const protectedBy = this.#values.get(name)?.place ?? record.placeOf(name) ?? null
    const problem = this.#problems.get(name)
    return { set: protectedBy !== null, protectedBy, ...(problem !== undefined && { problem }) }
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    await turn
  }
}

const ELSEWHERE = 'It was stored by the desktop app, or with a passphrase.'

/** Written, read back and compared. */
async function putSafely(backend: SecretBackend, name: SecretName, value: string): Promise<void> {
  await backend.write(name, value)
  if ((await backend.read(name)) !== value) throw new Error(`${backend.id} does not give back what was put into it`)
}
