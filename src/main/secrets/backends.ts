import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { SecretBackend } from './backend.ts'
import { KeychainBackend } from './keychain-backend.ts'
import { PassphraseCipher } from './passphrase-cipher.ts'
import { SealedFile } from './sealed-file.ts'
import type { Cipher } from './sealed-file.ts'

export interface BackendOptions {
  readonly secretsDir: string
  readonly clock: Clock
  /** See `SecretRecord`. */
  readonly owner: string
  /** From the environment: whoever gives one wants it used. */
  readonly passphrase: string | undefined
  /** The desktop app's own encryption, where this is the desktop app. */
  readonly safeStorage?: Cipher
}

/** The places that may keep secrets here, best first. */
export function openBackends({ secretsDir, clock, owner, passphrase, safeStorage }: BackendOptions): SecretBackend[] {
  const inFile = (name: string, cipher: Cipher): SecretBackend => new SealedFile(join(secretsDir, name), cipher)
  return [
    ...(passphrase === undefined ? [] : [inFile('passphrase.json', new PassphraseCipher(passphrase))]),
    ...(safeStorage ? [inFile('safe-storage.json', safeStorage)] : []),
    new KeychainBackend({ owner, clock }),
  ]
}
