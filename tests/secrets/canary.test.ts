import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { contract } from '#shared/contract.ts'
import { createApp } from '../../src/main/app.ts'
import { systemClock } from '../../src/main/clock.ts'
import { readConfig } from '../../src/main/config.ts'
import { openLog } from '../../src/main/logging/open-log.ts'
import { openCrashLog } from '../../src/main/open-crashes.ts'
import { SealedFile } from '../../src/main/secrets/sealed-file.ts'
import { tempDir } from '../support/temp-dir.ts'
import { cheapCipher } from './support.ts'

/** Of every kind that people have here, and some that they may paste by mistake. None is real. */
const canaries = [
  'shpat_canary00000000000000000000000001',
  'shpss_canary00000000000000000000000002',
  'shpca_canary00000000000000000000000003',
  'sk-canary000000000000000000000000000004',
  'sk-proj-canary_0000-0000000000000000005',
  'sk-svcacct-canary00000000000000000000006',
  'eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjd9.Y2FuYXJ5LWNhbmFyeS1jYW5hcnk',
  'AKIACANARY0000000008',
  'ghp_canary0000000000000000000000000009',
  'github_pat_canary_000000000000000000010',
  'xoxb-000000000000-canary000000000000011',
  'AIzaCanary00000000000000000000000000012',
  'npg_Canary00000013',
  'napi_canary000000000000000000000000014',
  'glpat-canary00000000000015',
  'Bearer canary.0000.0000.16',
  '-----BEGIN PRIVATE KEY-----\nY2FuYXJ5MTc=\n-----END PRIVATE KEY-----',
  'correct horse battery staple canary 18',
  'päss wörd/with?odd#letters@canary19',
  'canary"quote\\20',
] as const

/** Where nobody listens, with a password of its own. */
const addressOf = (password: string): string =>
  `postgresql://hudson:${encodeURIComponent(password)}@127.0.0.1:1/team?application_name=x`

/** A text in all the forms in which it could stand in a file or an answer. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const bytes = Buffer.from(secret)
  return [...new Set([secret, json, encodeURIComponent(secret), bytes.toString('base64'), bytes.toString('hex')])]
}

/** Every file of the data folder, by name; whatever is kept there from now on is looked through too. */
function filesOf(dir: string): [string, string][] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(dir.length + 1), readFileSync(path, 'latin1')])
}

function leaksIn(texts: readonly (readonly [string, string])[]): string[] {
  return canaries.flatMap((secret) =>
    formsOf(secret).flatMap((form) => {
      const bytes = Buffer.from(form).toString('latin1')
      return texts
        .filter(([, text]) => text.includes(form) || text.includes(bytes))
        .map(([where]) => `${form.slice(0, 12)}… in ${where}`)
    }),
  )
}

test('no planted secret is in a log, an answer, a file or the environment, whatever was called and failed', async () => {
  const dataDir = tempDir()
  const config = { ...readConfig({ env: { HUDSON_LOG_LEVEL: 'debug' }, runtime: 'studio', dataDir }) }
  const said: [string, string][] = []
  {
    using log = openLog({ config, echo: (line) => said.push(['a log line', line]) })
    await using app = createApp(config, {
      log,
      clock: systemClock,
      fetch: () => Promise.reject(new Error('no network')),
      protect: (value) => log.protect(value),
      redact: (value) => log.redact(value),
      secretBackends: () => [new SealedFile(join(config.secretsDir, 'p.json'), cheapCipher('correct horse'))],
    })
    const call = async (name: string, input: unknown): Promise<boolean> => {
      const reply = await app.dispatch(name, input)
      said.push([`the answer of ${name}`, JSON.stringify(reply)])
      return reply.ok
    }
    await call('sample.load', {})
    for (const value of canaries) {
      for (const name of ['openaiApiKey', 'shopifyToken', 'shopifyClientSecret'])
        expect(await call('secrets.set', { name, value })).toBe(true)
      expect(await call('secrets.set', { name: 'databaseUrl', value: addressOf(value) })).toBe(true)
      // The server is not there: what the driver says of it goes into the log and the status.
      expect(await call('sync.now', {})).toBe(false)
      await call('sync.status', {})
      // Refused in every way that a value can be.
      expect(await call('secrets.set', { name: 'databaseUrl', value: `mysql://hudson:${value}@h/d` })).toBe(false)
      expect(await call('secrets.set', { name: 'databaseUrl', value })).toBe(false)
      expect(await call('secrets.set', { name: value, value })).toBe(false)
      expect(await call('secrets.set', { name: 'openaiApiKey', value: [value] })).toBe(false)
      expect(await call('secrets.clear', { name: value })).toBe(false)
    }
    for (const name of Object.keys(contract)) await call(name, {})
    await call('secrets.set', { name: 'openaiApiKey', value: canaries[3] })
    log.error('a failure with everything in it', {
      error: new Error(canaries.join(' | ')),
      url: addressOf(canaries[18]),
    })
    said.push(...filesOf(dataDir))
  }
  said.push(...filesOf(dataDir), ['the environment', JSON.stringify(process.env)])
  expect(said.some(([where]) => where.endsWith('hudson.log'))).toBe(true)
  expect(said.some(([where]) => where.startsWith('backups'))).toBe(true)
  expect(said.some(([where, text]) => where.endsWith('p.json') && text.includes('openaiApiKey'))).toBe(true)
  expect(leaksIn(said)).toEqual([])
  // The search finds what is there.
  expect(leaksIn([['a plant', `x${encodeURIComponent(canaries[18])}y`]])).toHaveLength(1)
})

test('no planted secret is in a support bundle or a crash report, whatever they are made from', async () => {
  const dataDir = tempDir()
  const config = readConfig({ env: {}, runtime: 'studio', dataDir })
  const said: [string, string][] = []
  using log = openLog({ config })
  const crashLog = openCrashLog(config, (value) => log.redact(value))
  await using app = createApp(config, {
    log,
    clock: systemClock,
    fetch: () => Promise.reject(new Error('no network')),
    protect: (value) => log.protect(value),
    redact: (value) => log.redact(value),
    crashLog,
    secretBackends: () => [],
  })
  const call = async (name: string, input: unknown): Promise<unknown> => {
    const reply = await app.dispatch(name, input)
    expect(reply, name).toMatchObject({ ok: true })
    return reply.ok ? reply.value : null
  }
  for (const value of canaries) {
    await call('secrets.set', { name: 'openaiApiKey', value })
    await call('secrets.set', { name: 'databaseUrl', value: addressOf(value) })
  }
  // In settings, in what broke in the core and in a page, and in a log that nobody redacted.
  await call('settings.update', { patch: { team: { deviceName: canaries[1], caFile: `/x/${canaries[17]}` } } })
  await call('settings.update', { patch: { points: { model: canaries[5] } } })
  for (let n = 0; n < canaries.length; n += 4) {
    const some = canaries.slice(n, n + 4)
    const error = Object.assign(new Error(`${n}: ${some.join(' was refused, ')}`), { name: canaries[n] ?? '' })
    error.stack = `${error.stack ?? ''}\n    at f (${some.map(addressOf).join(' ')}:1:2)\n${some.join('\n')}`
    expect(crashLog.note({ kind: 'uncaught', error, path: `/${some.join('/')}` })).toBe(true)
  }
  const [, , , , , , , , , , , , , , , , key, phrase, odd] = canaries
  await call('crashes.note', { name: 'Error', message: `${key} ${addressOf(odd)}`, stack: phrase, path: odd })
  log.info('begun')
  const line = JSON.stringify({ at: 'x', event: 'old', all: canaries, forms: canaries.map(formsOf) })
  appendFileSync(join(config.logDir, 'hudson.log'), `${line}\n${canaries[0]}\n`)

  const path = join(tempDir(), 'bundle.zip')
  await call('diagnostics.bundle', { path })
  const bundle = Object.entries(unzipSync(readFileSync(path)))
  expect(bundle.filter(([name]) => name.startsWith('crashes/'))).toHaveLength(6)
  said.push(...bundle.map(([name, bytes]): [string, string] => [name, Buffer.from(bytes).toString('latin1')]))
  said.push(['a preview', JSON.stringify(await call('diagnostics.bundlePreview', {}))])
  for (const { report } of crashLog.files.list())
    said.push(['what is sent', JSON.stringify(await call('crashes.preview', { id: report.id }))])
  said.push(['the list', JSON.stringify(await call('crashes.list', {}))], ...filesOf(config.crashDir))
  expect(said.some(([where, text]) => where === 'log.jsonl' && text.includes('"event":"old"'))).toBe(true)
  expect(leaksIn(said)).toEqual([])
})
