import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Cipher, Header } from './sealed-file.ts'

/** What deriving the key costs: 128 MiB and some tenths of a second. OWASP's first choice for scrypt (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
/** A header from elsewhere must not make this process take all memory. */
const MAX_N = 2 ** 20
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Sealed under this name in the header: tells a wrong passphrase. */
const MARK = 'hudson-secrets'

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/**
 * AES-256-GCM under a key that scrypt makes of a passphrase. Each text has a nonce of its own, and the name that it is kept under
 * is authenticated with it.
 */
export class PassphraseCipher implements Cipher {
  readonly id = 'passphrase'
  readonly #passphrase: string
  readonly #cost: { readonly N: number; readonly r: number; readonly p: number }
  readonly #keys = new Map<string, Promise<Buffer>>()

  constructor(passphrase: string, cost: { readonly N: number; readonly r: number; readonly p: number } = COST) {
    this.#passphrase = passphrase
    this.#cost = cost
  }

  async newHeader(): Promise<Header> {
    const header = { kdf: 'scrypt', ...this.#cost, salt: randomBytes(16).toString('base64') }
    return { ...header, check: (await this.seal(MARK, MARK, header)).toString('base64') }
  }

  async check(header: Header | null): Promise<string | null> {
    try {
      if (header) await this.open(Buffer.from(String(header['check']), 'base64'), MARK, header)
      return null
    } catch {
      return 'The passphrase (HUDSON_SECRETS_PASSPHRASE) does not open the stored secrets. They are unchanged: start Hudson with the one that they were stored with.'
    }
  }

  async seal(text: string, name: string, header: Header): Promise<Buffer> {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', await this.#key(header), nonce)
    cipher.setAAD(Buffer.from(name))
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }

  async open(sealed: Buffer, name: string, header: Header): Promise<{ text: string; stale: boolean }> {
    const [nonce, tag] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(-TAG_BYTES)]
    const decipher = createDecipheriv('aes-256-gcm', await this.#key(header), nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(name))
    decipher.setAuthTag(tag)
    const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    return { text: text.toString('utf8'), stale: false }
  }

  #key(header: Header): Promise<Buffer> {
    const { kdf, N, r, p, salt } = header
    if (kdf !== 'scrypt' || typeof salt !== 'string' || !isCost(N, MAX_N) || !isCost(r, 32) || !isCost(p, 16))
      throw new Error('not a header of this cipher')
    const id = `${N} ${r} ${p} ${salt}`
    let key = this.#keys.get(id)
    if (!key) {
      const options = { N, r, p, maxmem: 256 * N * r }
      key = derive(this.#passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), KEY_BYTES, options)
      this.#keys.set(id, key)
    }
    return key
  }
}

function isCost(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most
}
