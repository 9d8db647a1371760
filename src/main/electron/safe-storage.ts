import type { SafeStorage } from 'electron'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cipher, Header } from '../secrets/sealed-file.ts'

type Crypto = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

export interface SafeStorageOptions {
  readonly platform?: NodeJS.Platform
  /** Waits between tries while the key is "temporarily unavailable", in ms. */
  readonly waits?: readonly number[]
}

/** What Chromium marks texts with that it encrypts under a password which everybody knows: it had no keychain. */
const KNOWN_TO_ALL = 'v10'
const PROBE = 'hudson'

/**
 * Electron's encryption with a key that the system keeps. On Linux it says that it is available also where it has only a password
 * that is part of Chromium's source: such a text is refused.
 * https://www.electronjs.org/docs/latest/api/safe-storage
 */
export class SafeStorageCipher implements Cipher {
  readonly id = 'safe-storage'
  readonly #crypto: Crypto
  readonly #platform: NodeJS.Platform
  readonly #waits: readonly number[]

  constructor(crypto: Crypto, { platform = process.platform, waits = [500, 2_000, 5_000] }: SafeStorageOptions = {}) {
    this.#crypto = crypto
    this.#platform = platform
    this.#waits = waits
  }

  async newHeader(): Promise<Header> {
    return { cipher: 'electron-safe-storage' }
  }

  async check(): Promise<string | null> {
    try {
      if (!(await this.#crypto.isAsyncEncryptionAvailable())) return 'The key of this computer is not available.'
      if (this.#platform === 'linux' && !isKeyring(this.#crypto.getSelectedStorageBackend())) return NO_KEYRING
      const { text } = await this.open(await this.seal(PROBE))
      return text === PROBE ? null : 'What this computer encrypts it does not decrypt again.'
    } catch (error) {
      return error instanceof Unprotected
        ? NO_KEYRING
        : 'The key of this computer is not available: its keychain is locked.'
    }
  }

  async seal(text: string): Promise<Buffer> {
    const sealed = await this.#patiently(() => this.#crypto.encryptStringAsync(text))
    if (this.#platform === 'linux' && sealed.subarray(0, KNOWN_TO_ALL.length).toString() === KNOWN_TO_ALL)
      throw new Unprotected(NO_KEYRING)
    return sealed
  }

  async open(sealed: Buffer): Promise<{ text: string; stale: boolean }> {
    const { result, shouldReEncrypt } = await this.#patiently(() => this.#crypto.decryptStringAsync(sealed))
    return { text: result, stale: shouldReEncrypt }
  }

  /** A keychain that is just being unlocked refuses for a moment. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (const wait of this.#waits) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Error && /temporarily unavailable/i.test(error.message))) throw error
        await sleep(wait)
      }
    }
    return await work()
  }
}

class Unprotected extends Error {}

const NO_KEYRING =
  'No keyring of this desktop could be used, so stored secrets would lie open. Install and unlock one (GNOME Keyring or KWallet), or start Hudson with HUDSON_SECRETS_PASSPHRASE.'

function isKeyring(backend: ReturnType<Crypto['getSelectedStorageBackend']>): boolean {
  return backend !== 'basic_text' && backend !== 'unknown'
}
