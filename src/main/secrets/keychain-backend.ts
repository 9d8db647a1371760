import type { SecretName } from '#shared/secrets.ts'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { SecretBackend } from './backend.ts'

/** The part of `keytar` that is used. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export interface KeychainOptions {
  /** Tells the entries of one data folder from another's. */
  readonly owner: string
  readonly clock: Clock
  /** Loads the native module, which a system without its keychain's library refuses. */
  readonly load?: () => Promise<Keychain>
}

const SERVICE = 'Hudson'
/** A keychain that asks a person, or a bus that does not answer, is not waited for longer, in ms. */
const PATIENCE_MS = 15_000

/**
 * The system's keychain: macOS Keychain, Windows Credential Manager, or a Secret Service (GNOME Keyring, KWallet).
 *
 * 1. One question at a time: each holds one of Node's few threads until it is answered, and files and names need them too.
 * 2. Nobody waits for longer than `PATIENCE_MS`, and what was given up before it was asked is not asked any more.
 */
export class KeychainBackend implements SecretBackend {
  readonly id = 'keychain'
  readonly #options: KeychainOptions
  #loaded: Promise<Keychain> | null = null
  #before: Promise<unknown> = Promise.resolve()

  constructor(options: KeychainOptions) {
    this.#options = options
  }

  async check(): Promise<string | null> {
    const probe = randomUUID()
    const account = `${this.#options.owner}/probe`
    try {
      await this.#with((keychain) => keychain.setPassword(SERVICE, account, probe))
      const found = await this.#with((keychain) => keychain.getPassword(SERVICE, account))
      await this.#with((keychain) => keychain.deletePassword(SERVICE, account))
      return found === probe ? null : "This computer's keychain does not give back what is put into it."
    } catch (error) {
      if (isBrokenPart(error)) {
        return 'The part of Hudson that speaks with the keychain is missing or belongs to another system. Install Hudson again.'
      }
      // What it says names libraries and buses; whoever reads this can do one of two things.
      return "This computer's keychain cannot be used: it is locked, or there is none. Unlock it, or install one (on Linux: GNOME Keyring or KWallet)."
    }
  }

  read(name: SecretName): Promise<string | null> {
    return this.#with((keychain) => keychain.getPassword(SERVICE, this.#account(name)))
  }

  write(name: SecretName, value: string): Promise<void> {
    return this.#with((keychain) => keychain.setPassword(SERVICE, this.#account(name), value))
  }

  async remove(name: SecretName): Promise<void> {
    await this.#with((keychain) => keychain.deletePassword(SERVICE, this.#account(name)))
  }

  #account(name: SecretName): string {
    return `${this.#options.owner}/${name}`
  }

  async #with<T>(work: (keychain: Keychain) => Promise<T>): Promise<T> {
    this.#loaded ??= (this.#options.load ?? loadKeytar)()
    const loaded = this.#loaded
    const late = Promise.withResolvers<never>()
    const asked = { isOver: false }
    const cancel = this.#options.clock.after(PATIENCE_MS, () => {
      asked.isOver = true
      late.reject(new Error('the keychain does not answer'))
    })
    const answer = this.#before.then(async () => {
      const keychain = await loaded
      if (asked.isOver) throw new Error('given up before it was asked')
      return await work(keychain)
    })
    this.#before = answer.catch(() => {})
    try {
      return await Promise.race([answer, late.promise])
    } finally {
      cancel()
    }
  }
}

/** The module itself cannot be loaded. A library of the system that it needs and that is not there is another matter. */
function isBrokenPart(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  if (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND') return true
  return error.code === 'ERR_DLOPEN_FAILED' && !/cannot open shared object file|Library not loaded/.test(error.message)
}

async function loadKeytar(): Promise<Keychain> {
  return (await import('keytar')).default
}
