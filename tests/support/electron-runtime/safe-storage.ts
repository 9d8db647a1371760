import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { SafeStorage } from 'electron'
import { notBuilt, strict } from './not-built.ts'
import { setup } from './setup.ts'
import type { StorageBackend } from './setup.ts'
import { phase } from './state.ts'

// Chromium's encryption as each backend does it (docs/api/safe-storage.md; shell/browser/api/electron_api_safe_storage.cc):
// 1. The key is one per app, and lies in the user's keyring. A keyring that is lost loses what was encrypted.
// 2. Each ciphertext begins with the tag of the key that made it: v11 for a keyring of Linux; v10 for macOS and Windows, and
//    on Linux for the password that is written in Chromium's source: that one protects nothing.
// 3. Available means no more than that the app is ready: `basic_text` is available too.
// 4. What another key of this computer has made is still read, and `shouldReEncrypt` says so.

interface Key {
  readonly tag: 'v10' | 'v11'
  readonly key: Buffer
}

/** What is wrong with the keyring at present. */
export const keyring: { backend: StorageBackend; busy: boolean; locked: boolean } = {
  backend: setup.storageBackend,
  busy: false,
  locked: false,
}

function derive(password: string, rounds: number): Buffer {
  return pbkdf2Sync(password, 'saltysalt', rounds, 16, 'sha1')
}

/** The password that Chromium has in its source, for where there is no keyring. */
const knownToAll: Key = { tag: 'v10', key: derive('peanuts', 1) }

function keyOf(backend: StorageBackend): Key {
  if (backend === 'basic_text') return knownToAll
  const kept = existsSync(setup.keyring)
    ? (JSON.parse(readFileSync(setup.keyring, 'utf8')) as Record<string, string>)
    : {}
  const password = kept[backend] ?? randomBytes(16).toString('base64')
  if (kept[backend] === undefined)
    writeFileSync(setup.keyring, JSON.stringify({ ...kept, [backend]: password }), { mode: 0o600 })
  const isLinux = backend === 'gnome_libsecret' || backend === 'kwallet6'
  return { tag: isLinux ? 'v11' : 'v10', key: derive(password, isLinux ? 1 : 1003) }
}

const iv = Buffer.alloc(16, ' ')

function encrypt(text: string): Buffer {
  const { tag, key } = keyOf(keyring.backend)
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  return Buffer.concat([Buffer.from(tag), cipher.update(text, 'utf8'), cipher.final()])
}

function open({ tag, key }: Key, encrypted: Buffer): string | null {
  if (encrypted.subarray(0, 3).toString() !== tag) return null
  try {
    const decipher = createDecipheriv('aes-128-cbc', key, iv)
    return Buffer.concat([decipher.update(encrypted.subarray(3)), decipher.final()]).toString('utf8')
  } catch {
    // Another key, or other bytes: the padding is wrong.
    return null
  }
}

function whenReady(): void {
  if (!phase.ready) throw new Error('safeStorage cannot be used before app is ready')
}

const linuxBackends = ['basic_text', 'gnome_libsecret', 'kwallet6'] as const

export const safeStorage: SafeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => phase.ready,
  encryptStringAsync: async (text: string) => {
    whenReady()
    if (keyring.busy || keyring.locked)
      throw new Error('Error while encrypting the text provided to safeStorage.encryptStringAsync.')
    return encrypt(text)
  },
  decryptStringAsync: async (encrypted: Buffer) => {
    whenReady()
    if (!Buffer.isBuffer(encrypted))
      throw new Error('Expected the first argument of decryptStringAsync() to be a buffer')
    if (keyring.busy) throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.')
    const own = keyring.locked ? null : open(keyOf(keyring.backend), encrypted)
    if (own !== null) return { result: own, shouldReEncrypt: false }
    const isLinux = linuxBackends.some((name) => name === keyring.backend)
    const older = isLinux && keyring.backend !== 'basic_text' ? open(knownToAll, encrypted) : null
    if (older !== null) return { result: older, shouldReEncrypt: true }
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.')
  },
  getSelectedStorageBackend: () => {
    if (!phase.ready) return 'unknown'
    const backend = linuxBackends.find((name) => name === keyring.backend)
    // Only Linux has this method.
    return backend ?? notBuilt(`safeStorage.getSelectedStorageBackend on the system of ${keyring.backend}`)
  },
  // Deprecated in 45 and gone in 46: nothing may start to use them.
  isEncryptionAvailable: () => notBuilt('safeStorage.isEncryptionAvailable (synchronous, gone in Electron 46)'),
  encryptString: () => notBuilt('safeStorage.encryptString (synchronous, gone in Electron 46)'),
  decryptString: () => notBuilt('safeStorage.decryptString (synchronous, gone in Electron 46)'),
  setUsePlainTextEncryption: () => notBuilt('safeStorage.setUsePlainTextEncryption'),
})
