import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import { systemClock } from '../../src/main/clock.ts'
import { silentLog } from '../../src/main/log.ts'
import type { SecretBackend } from '../../src/main/secrets/backend.ts'
import { KeychainBackend } from '../../src/main/secrets/keychain-backend.ts'
import { SealedFile } from '../../src/main/secrets/sealed-file.ts'
import { SecretRecord } from '../../src/main/secrets/secret-record.ts'
import { Secrets } from '../../src/main/secrets/secrets.ts'
import type { SecretsDeps } from '../../src/main/secrets/secrets.ts'
import { tempDir } from '../support/temp-dir.ts'
import { cheapCipher, FakeKeychain } from './support.ts'

const URL_OF_TEAM = 'postgresql://hudson:s3cret@db.example/team'

/** One start of Hudson on a data folder. */
function start(dir: string, backends: readonly SecretBackend[], more: Partial<SecretsDeps> = {}) {
  const seen = { protected: [] as string[], changed: [] as string[] }
  const record = new SecretRecord(join(dir, 'stored.json'))
  const secrets = new Secrets({
    record,
    backends,
    given: {},
    log: silentLog,
    protect: (value) => seen.protected.push(value),
    validate: () => {},
    onChange: (name) => seen.changed.push(name),
    ...more,
  })
  return { ...seen, secrets, record }
}

const inKeychain = (fake: FakeKeychain): SecretBackend =>
  new KeychainBackend({ owner: 'one', clock: systemClock, load: async () => fake })
const inFile = (dir: string, passphrase = 'correct horse'): SecretBackend =>
  new SealedFile(join(dir, 'p.json'), cheapCipher(passphrase))

test('what is set is there at the next start, and no answer holds it', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  const one = start(dir, [inKeychain(fake)])
  expect(one.secrets.isKept).toBe(false)
  const answer = await one.secrets.set('databaseUrl', URL_OF_TEAM)
  expect(answer).toEqual({ set: true, protectedBy: 'keychain' })
  expect([one.protected, one.changed]).toEqual([[URL_OF_TEAM], ['databaseUrl']])
  const two = start(dir, [inKeychain(fake)])
  expect(two.secrets.get('databaseUrl')).toBeUndefined()
  await two.secrets.load()
  expect(two.secrets.get('databaseUrl')).toBe(URL_OF_TEAM)
  expect(two.protected).toEqual([URL_OF_TEAM])
  expect(JSON.stringify(two.secrets.status())).not.toContain('s3cret')
  expect(two.secrets.status()).toMatchObject({
    databaseUrl: { set: true, protectedBy: 'keychain' },
    openaiApiKey: { set: false, protectedBy: null },
  })
})

test('where nothing protects, it is in memory for this run, and the status says why', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  fake.locked = true
  const one = start(dir, [inKeychain(fake)])
  expect(await one.secrets.set('openaiApiKey', 'sk-1')).toMatchObject({
    set: true,
    protectedBy: 'memory',
    problem: expect.stringContaining('until Hudson is closed') as string,
  })
  expect(one.secrets.get('openaiApiKey')).toBe('sk-1')
  expect(existsSync(join(dir, 'stored.json'))).toBe(false)
  const two = start(dir, [inKeychain(fake)])
  await two.secrets.load()
  expect(two.secrets.status().openaiApiKey).toEqual({ set: false, protectedBy: null })
})

test('a keychain that is unlocked later is used from then on', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  fake.locked = true
  const one = start(dir, [inKeychain(fake)])
  expect(await one.secrets.set('openaiApiKey', 'sk-1')).toMatchObject({ protectedBy: 'memory' })
  fake.locked = false
  expect(await one.secrets.set('openaiApiKey', 'sk-2')).toEqual({ set: true, protectedBy: 'keychain' })
})

test('a better place takes over what another one kept, once it gave it back', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  const file = inFile(dir)
  await start(dir, [file]).secrets.set('openaiApiKey', 'sk-1')
  const two = start(dir, [inKeychain(fake), file])
  await two.secrets.load()
  expect(two.secrets.status().openaiApiKey).toEqual({ set: true, protectedBy: 'keychain' })
  expect(await file.read('openaiApiKey')).toBeNull()
  expect([...fake.entries.values()]).toEqual(['sk-1'])
})

test('a place that does not give back takes over nothing, and the old one keeps it', async () => {
  const dir = tempDir()
  const file = inFile(dir)
  await start(dir, [file]).secrets.set('openaiApiKey', 'sk-1')
  const forgetful: SecretBackend = {
    id: 'safe-storage',
    check: async () => null,
    read: async () => null,
    write: async () => {},
    remove: async () => {},
  }
  const two = start(dir, [forgetful, file])
  await two.secrets.load()
  expect(two.secrets.get('openaiApiKey')).toBe('sk-1')
  expect(two.secrets.status().openaiApiKey).toEqual({ set: true, protectedBy: 'passphrase' })
  expect(await file.read('openaiApiKey')).toBe('sk-1')
  await expect(two.secrets.set('openaiApiKey', 'sk-2')).rejects.toThrow('does not give back')
  expect(two.secrets.get('openaiApiKey')).toBe('sk-1')
})

test('what cannot be read now is still known of: it says where it is, nothing is removed, and it comes back', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  await start(dir, [inKeychain(fake)]).secrets.set('databaseUrl', URL_OF_TEAM)
  fake.locked = true
  const locked = start(dir, [inKeychain(fake)])
  await locked.secrets.load()
  expect(locked.secrets.get('databaseUrl')).toBeUndefined()
  expect(locked.secrets.status().databaseUrl).toMatchObject({
    set: true,
    protectedBy: 'keychain',
    problem: expect.stringMatching(/Nothing was removed/) as string,
  })
  await expect(locked.secrets.clear('databaseUrl')).rejects.toMatchObject({ code: 'offline' })
  // Kept by the desktop app, asked for by the command: it has no such place at all.
  const other = start(dir, [])
  await other.secrets.load()
  expect(other.secrets.status().databaseUrl).toMatchObject({ set: true, problem: expect.any(String) as string })
  fake.locked = false
  const again = start(dir, [inKeychain(fake)])
  await again.secrets.load()
  expect(again.secrets.get('databaseUrl')).toBe(URL_OF_TEAM)
})

test('an entry that somebody removed from the keychain is asked for again', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  await start(dir, [inKeychain(fake)]).secrets.set('openaiApiKey', 'sk-1')
  fake.entries.clear()
  const two = start(dir, [inKeychain(fake)])
  await two.secrets.load()
  expect(two.secrets.status().openaiApiKey.problem).toContain('Enter it again')
  expect(await two.secrets.set('openaiApiKey', 'sk-2')).toEqual({ set: true, protectedBy: 'keychain' })
})

test('cleared is gone, here and there, and after the next start', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  const one = start(dir, [inKeychain(fake)])
  await one.secrets.set('openaiApiKey', 'sk-1')
  expect(await one.secrets.clear('openaiApiKey')).toEqual({ set: false, protectedBy: null })
  expect([one.secrets.get('openaiApiKey'), fake.entries.size, one.changed.length]).toEqual([undefined, 0, 2])
  expect(start(dir, [inKeychain(fake)]).secrets.isKept).toBe(false)
})

test('the environment wins, and is not stored', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  const one = start(dir, [inKeychain(fake)], { given: { databaseUrl: URL_OF_TEAM } })
  expect(one.protected).toEqual([URL_OF_TEAM])
  expect(one.secrets.status().databaseUrl).toEqual({ set: true, protectedBy: 'environment' })
  await one.secrets.set('databaseUrl', 'postgresql://other:x@h/d')
  expect(one.secrets.get('databaseUrl')).toBe(URL_OF_TEAM)
  expect([...fake.entries.values()]).toEqual(['postgresql://other:x@h/d'])
})

test('a value that cannot be used is refused before anything is kept, and is hidden in the log all the same', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  const one = start(dir, [inKeychain(fake)], {
    validate: () => {
      throw new AppError('bad-call', 'no')
    },
  })
  await expect(one.secrets.set('databaseUrl', 'mysql://u:p@h/d')).rejects.toMatchObject({ code: 'bad-call' })
  expect([fake.entries.size, one.changed, one.protected]).toEqual([0, [], ['mysql://u:p@h/d']])
})

test('changes come one after another, whoever is asked first', async () => {
  const [dir, fake] = [tempDir(), new FakeKeychain()]
  const one = start(dir, [inFile(dir), inKeychain(fake)])
  await Promise.all(['1', '2', '3'].map((value) => one.secrets.set('openaiApiKey', value)))
  await Promise.all([one.secrets.set('shopifyToken', 'a'), one.secrets.clear('openaiApiKey')])
  const two = start(dir, [inFile(dir), inKeychain(fake)])
  await two.secrets.load()
  expect([two.secrets.get('openaiApiKey'), two.secrets.get('shopifyToken')]).toEqual([undefined, 'a'])
})

test('a record that cannot be read is put aside, not removed', () => {
  const dir = tempDir()
  writeFileSync(join(dir, 'stored.json'), '{"version":1,"owner"')
  const { secrets } = start(dir, [])
  expect(secrets.isKept).toBe(false)
  expect(readdirSync(dir)).toEqual(['stored.json.damaged'])
})
