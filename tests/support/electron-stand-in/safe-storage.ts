import type { SafeStorage } from 'electron'
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

type Backend = ReturnType<SafeStorage['getSelectedStorageBackend']>

/** What the desktop's keyring is, as Chromium would find it on Linux. */
const backend = (process.env['STAND_IN_KEYRING'] ?? 'gnome_libsecret') as Backend
// Without a keyring Chromium encrypts under a password that is part of its source, marks the text with v10, and says that
// encryption is available: https://www.electronjs.org/docs/latest/api/safe-storage
const mark = backend === 'basic_text' ? 'v10' : 'v11'
const key = createHash('sha256').update(`a key that the stand-in's ${backend} keeps`).digest()

export const safeStorage: Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
> = {
  isAsyncEncryptionAvailable: async () => true,
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: async (plainText) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from(mark), nonce, sealed, cipher.getAuthTag()])
  },
  decryptStringAsync: async (encrypted) => {
    if (encrypted.subarray(0, 3).toString() !== mark) throw new Error('Error while decrypting the ciphertext provided.')
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15))
    decipher.setAuthTag(encrypted.subarray(-16))
    const text = Buffer.concat([decipher.update(encrypted.subarray(15, -16)), decipher.final()])
    return { result: text.toString('utf8'), shouldReEncrypt: false }
  },
}
