import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock } from '../../src/main/clock.ts'
import { SafeStorageCipher } from '../../src/main/electron/safe-storage.ts'
import type { SecretBackend } from '../../src/main/secrets/backend.ts'
import { KeychainBackend } from '../../src/main/secrets/keychain-backend.ts'
import { MemoryBackend } from '../../src/main/secrets/memory-backend.ts'
import { PassphraseCipher } from '../../src/main/secrets/passphrase-cipher.ts'
import { SealedFile } from '../../src/main/secrets/sealed-file.ts'
import { tempDir } from '../support/temp-dir.ts'
import { cheapCipher, FakeKeychain, FakeSafeStorage } from './support.ts'

const linux = { platform: 'linux', waits: [0, 0, 0] } as const
const keychain = (fake: FakeKeychain, owner = 'one'): KeychainBackend =>
  new KeychainBackend({ owner, clock: systemClock, load: async () => fake })

const adapters: Readonly<Record<string, () => SecretBackend>> = {
  memory: () => new MemoryBackend(),
  keychain: () => keychain(new FakeKeychain()),
  passphrase: () => new SealedFile(join(tempDir(), 'new', 'p.json'), cheapCipher('correct horse')),
  'safe-storage': () => new SealedFile(join(tempDir(), 's.json'), new SafeStorageCipher(new FakeSafeStorage(), linux)),
}

describe.each(Object.entries(adapters))('%s keeps secrets', (id, open) => {
  test('what was put in comes out, each under its name', async () => {
    const backend = open()
    expect(backend.id).toBe(id)
    expect(await backend.check()).toBeNull()
    expect(await backend.read('databaseUrl')).toBeNull()
    await backend.write('databaseUrl', 'postgresql://u:p%C3%A4ss@h/d')
    await backend.write('openaiApiKey', 'sk-ümläut 😀')
    expect(await backend.read('databaseUrl')).toBe('postgresql://u:p%C3%A4ss@h/d')
    expect(await backend.read('openaiApiKey')).toBe('sk-ümläut 😀')
    expect(await backend.check()).toBeNull()
  })

  test('writing again replaces, removing twice is no error, and leaves the others', async () => {
    const backend = open()
    await backend.write('databaseUrl', 'old')
    await backend.write('databaseUrl', 'new')
    await backend.write('shopifyToken', 'stays')
    expect(await backend.read('databaseUrl')).toBe('new')
    await backend.remove('databaseUrl')
    await backend.remove('databaseUrl')
    expect(await backend.read('databaseUrl')).toBeNull()
    expect(await backend.read('shopifyToken')).toBe('stays')
  })
})

describe('the file that a passphrase opens', () => {
  test('is for this user only, and holds neither a secret nor the passphrase', async () => {
    const path = join(tempDir(), 'p.json')
    const file = new SealedFile(path, cheapCipher('correct horse'))
    await file.write('openaiApiKey', 'sk-canary')
    const text = readFileSync(path, 'utf8')
    expect(text).not.toMatch(/sk-canary|correct horse/)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await new SealedFile(path, cheapCipher('correct horse')).read('openaiApiKey')).toBe('sk-canary')
  })

  test('does not open for another passphrase, says so, and stays as it is', async () => {
    const path = join(tempDir(), 'p.json')
    await new SealedFile(path, cheapCipher('correct horse')).write('openaiApiKey', 'sk-canary')
    const before = readFileSync(path)
    const other = new SealedFile(path, cheapCipher('wrong horse'))
    expect(await other.check()).toContain('does not open the stored secrets')
    await expect(other.read('openaiApiKey')).rejects.toThrow('unable to authenticate')
    expect(readFileSync(path)).toEqual(before)
  })

  test('a text does not open under another name, nor when a bit of it is another', async () => {
    const cipher = cheapCipher('correct horse')
    const header = await cipher.newHeader()
    const sealed = await cipher.seal('text', 'openaiApiKey', header)
    await expect(cipher.open(sealed, 'databaseUrl', header)).rejects.toThrow('unable to authenticate')
    for (const at of [0, 13, sealed.length - 1]) {
      const bent = Buffer.from(sealed)
      bent[at] = (bent[at] ?? 0) ^ 1
      await expect(cipher.open(bent, 'openaiApiKey', header)).rejects.toThrow('unable to authenticate')
    }
    expect(await cipher.seal('text', 'openaiApiKey', header)).not.toEqual(sealed)
  })

  test('a header from elsewhere cannot ask for all memory, and a damaged file is not overwritten', async () => {
    const cipher = cheapCipher('correct horse')
    const header = await cipher.newHeader()
    await expect(cipher.seal('x', 'y', { ...header, N: 2 ** 30 })).rejects.toThrow('not a header')
    await expect(cipher.seal('x', 'y', { ...header, kdf: 'md5' })).rejects.toThrow('not a header')
    const file = new SealedFile(join(import.meta.dirname, 'support.ts'), cipher)
    expect(await file.check()).toContain('cannot be read')
    await expect(file.write('openaiApiKey', 'x')).rejects.toThrow('JSON')
  })

  test('its real cost is what the cheat sheet asks for', async () => {
    expect(await new PassphraseCipher('correct horse').newHeader()).toMatchObject({
      kdf: 'scrypt',
      N: 131_072,
      r: 8,
      p: 1,
    })
  })
})

describe("Electron's own encryption", () => {
  const on = (fake: FakeSafeStorage, platform: NodeJS.Platform = 'linux'): SafeStorageCipher =>
    new SafeStorageCipher(fake, { ...linux, platform })

  test.each(['basic_text', 'unknown'] as const)('the Linux backend %s counts as none', async (backend) => {
    const fake = new FakeSafeStorage()
    fake.backend = backend
    expect(await on(fake).check()).toContain('No keyring')
    // The name says nothing on other systems.
    expect(await on(fake, 'darwin').check()).toBeNull()
  })

  test('a text under the password that is in everybody’s Chromium is refused, whatever the backend says', async () => {
    const fake = new FakeSafeStorage()
    fake.mark = 'v10'
    expect(await on(fake).check()).toContain('No keyring')
    await expect(on(fake).seal('text')).rejects.toThrow(/keyring/i)
    expect(await on(fake, 'darwin').check()).toBeNull()
  })

  test('not available', async () => {
    const fake = new FakeSafeStorage()
    fake.available = false
    expect(await on(fake).check()).toContain('not available')
  })

  test('a key that is temporarily unavailable is asked for again, and nothing is removed meanwhile', async () => {
    const fake = new FakeSafeStorage()
    const path = join(tempDir(), 's.json')
    const file = new SealedFile(path, on(fake))
    await file.write('openaiApiKey', 'sk-1')
    const before = readFileSync(path)
    fake.busy = 3
    expect(await file.read('openaiApiKey')).toBe('sk-1')
    fake.busy = 9
    await expect(file.read('openaiApiKey')).rejects.toThrow('temporarily unavailable')
    expect(readFileSync(path)).toEqual(before)
    fake.busy = 0
    expect(await file.read('openaiApiKey')).toBe('sk-1')
  })

  test('what an older key sealed is sealed anew when it is read', async () => {
    const fake = new FakeSafeStorage()
    const file = new SealedFile(join(tempDir(), 's.json'), on(fake))
    await file.write('openaiApiKey', 'sk-1')
    fake.old.add('v11')
    fake.mark = 'v12'
    expect(await file.read('openaiApiKey')).toBe('sk-1')
    fake.calls = 0
    expect(await file.read('openaiApiKey')).toBe('sk-1')
    // Only read this time.
    expect(fake.calls).toBe(1)
  })
})

describe('the keychain', () => {
  test('one that hangs is asked one question, however many wait', async () => {
    const asked = { count: 0 }
    const given: (() => void)[] = []
    const hanging = new KeychainBackend({
      owner: 'one',
      clock: { ...systemClock, after: (_ms, call) => (given.push(call), () => {}) },
      load: async () => ({
        getPassword: () => ((asked.count += 1), new Promise(() => {})),
        setPassword: () => ((asked.count += 1), new Promise(() => {})),
        deletePassword: () => ((asked.count += 1), new Promise(() => {})),
      }),
    })
    const waiting = Promise.allSettled([hanging.read('databaseUrl'), hanging.read('openaiApiKey'), hanging.check()])
    await new Promise((done) => setImmediate(done))
    for (const giveUp of given) giveUp()
    const outcomes = await waiting
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
    expect(asked.count).toBe(1)
  })

  test('entries of two data folders are two', async () => {
    const fake = new FakeKeychain()
    await keychain(fake, 'one').write('databaseUrl', '1')
    await keychain(fake, 'two').write('databaseUrl', '2')
    expect(await keychain(fake, 'one').read('databaseUrl')).toBe('1')
  })

  test('locked, forgetful, missing, or without an answer: it says so, and leaves no probe behind', async () => {
    const fake = new FakeKeychain()
    expect(await keychain(fake).check()).toBeNull()
    expect([...fake.entries]).toEqual([])
    fake.forgets = true
    expect(await keychain(fake).check()).toContain('does not give back')
    fake.locked = true
    expect(await keychain(fake).check()).toContain('cannot be used')
    const absent = new KeychainBackend({
      owner: 'one',
      clock: systemClock,
      load: () => Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file')),
    })
    expect(await absent.check()).not.toContain('libsecret')
    const mute = new KeychainBackend({
      owner: 'one',
      clock: {
        ...systemClock,
        after: (_ms, call) => (queueMicrotask(() => queueMicrotask(() => queueMicrotask(call))), () => {}),
      },
      load: async () => ({
        getPassword: () => new Promise(() => {}),
        setPassword: () => new Promise(() => {}),
        deletePassword: async () => true,
      }),
    })
    expect(await mute.check()).toContain('cannot be used')
  })
})
