import { rmSync } from 'node:fs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { keyring, safeStorage } from '../support/electron-runtime/safe-storage.ts'
import { setup } from '../support/electron-runtime/setup.ts'
import { phase } from '../support/electron-runtime/state.ts'

// https://www.electronjs.org/docs/latest/api/safe-storage
describe('safeStorage', () => {
  it('is not available before the app is ready', async () => {
    expect(await safeStorage.isAsyncEncryptionAvailable()).toBe(false)
    expect(safeStorage.getSelectedStorageBackend()).toBe('unknown')
    await expect(safeStorage.encryptStringAsync('x')).rejects.toThrow('before app is ready')
  })

  describe('of a ready app', () => {
    beforeAll(() => void (phase.ready = true))
    afterEach(() => {
      Object.assign(keyring, { backend: 'gnome_libsecret', busy: false, locked: false })
      rmSync(setup.keyring, { force: true })
    })

    it.each([
      ['keychain', 'v10'],
      ['dpapi', 'v10'],
      ['gnome_libsecret', 'v11'],
      ['kwallet6', 'v11'],
      ['basic_text', 'v10'],
    ] as const)('encrypts with %s, and begins with %s', async (backend, tag) => {
      keyring.backend = backend
      const encrypted = await safeStorage.encryptStringAsync('a secret ✓')
      expect(encrypted.subarray(0, 3).toString()).toBe(tag)
      expect(encrypted.toString('latin1')).not.toContain('secret')
      expect(await safeStorage.decryptStringAsync(encrypted)).toEqual({ result: 'a secret ✓', shouldReEncrypt: false })
    })

    it('is available without a keyring too, where everybody can read what it wrote', async () => {
      keyring.backend = 'basic_text'
      expect(await safeStorage.isAsyncEncryptionAvailable()).toBe(true)
      const encrypted = await safeStorage.encryptStringAsync('x')
      // The password is in Chromium's source: another keyring, another computer, all read it.
      rmSync(setup.keyring, { force: true })
      expect((await safeStorage.decryptStringAsync(encrypted)).result).toBe('x')
    })

    it('reads what was written without a keyring, and asks to write it anew', async () => {
      keyring.backend = 'basic_text'
      const old = await safeStorage.encryptStringAsync('x')
      keyring.backend = 'gnome_libsecret'
      expect(await safeStorage.decryptStringAsync(old)).toEqual({ result: 'x', shouldReEncrypt: true })
    })

    it('fails for another keyring, and for what is no ciphertext', async () => {
      const encrypted = await safeStorage.encryptStringAsync('x')
      rmSync(setup.keyring)
      await expect(safeStorage.decryptStringAsync(encrypted)).rejects.toThrow('Error while decrypting')
      await expect(safeStorage.decryptStringAsync(Buffer.from('hello'))).rejects.toThrow('Error while decrypting')
    })

    it('says when it is only unavailable for now', async () => {
      const encrypted = await safeStorage.encryptStringAsync('x')
      keyring.busy = true
      await expect(safeStorage.decryptStringAsync(encrypted)).rejects.toThrow('temporarily unavailable')
      keyring.busy = false
      expect((await safeStorage.decryptStringAsync(encrypted)).result).toBe('x')
    })

    it('does not have what Electron 46 takes away', () => {
      expect(() => safeStorage.encryptString('x')).toThrow('not built')
    })
  })
})
