import type { Keychain } from '../../src/main/secrets/keychain-backend.ts'
import { PassphraseCipher } from '../../src/main/secrets/passphrase-cipher.ts'
import type { SafeStorageCipher } from '../../src/main/electron/safe-storage.ts'

/** Derives its key at once; the real cost takes some tenths of a second. */
export function cheapCipher(passphrase: string): PassphraseCipher {
  return new PassphraseCipher(passphrase, { N: 16, r: 1, p: 1 })
}

/** A keychain in memory, that can be locked. */
export class FakeKeychain implements Keychain {
  readonly entries = new Map<string, string>()
  locked = false
  /** Gives back something else than was put in. */
  forgets = false

  async getPassword(service: string, account: string): Promise<string | null> {
    this.#open()
    return this.forgets ? null : (this.entries.get(`${service} ${account}`) ?? null)
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    this.#open()
    this.entries.set(`${service} ${account}`, password)
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    this.#open()
    return this.entries.delete(`${service} ${account}`)
  }

  #open(): void {
    if (this.locked) throw new Error('org.freedesktop.Secret.Error.IsLocked')
  }
}

type Crypto = ConstructorParameters<typeof SafeStorageCipher>[0]

/** Electron's safeStorage, as its documentation describes it: a mark of the key, then the text in another form. */
export class FakeSafeStorage implements Crypto {
  backend: ReturnType<Crypto['getSelectedStorageBackend']> = 'gnome_libsecret'
  available = true
  mark = 'v11'
  /** So many calls are answered by "temporarily unavailable". */
  busy = 0
  calls = 0
  /** Marks whose keys were replaced by a newer one. */
  readonly old = new Set<string>()

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.available
  }

  getSelectedStorageBackend(): ReturnType<Crypto['getSelectedStorageBackend']> {
    return this.backend
  }

  async encryptStringAsync(text: string): Promise<Buffer> {
    this.#call()
    return Buffer.from(this.mark + Buffer.from(text).toString('hex'))
  }

  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    this.#call()
    const text = sealed.toString()
    return {
      result: Buffer.from(text.slice(3), 'hex').toString(),
      shouldReEncrypt: this.old.has(text.slice(0, 3)),
    }
  }

  #call(): void {
    this.calls += 1
    if (this.busy <= 0) return
    this.busy -= 1
    throw new Error('Decryption is temporarily unavailable. Please try again.')
  }
}
