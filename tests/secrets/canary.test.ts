import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contract } from '#shared/contract.ts'
import { createApp } from '../../src/main/app.ts'
import { systemClock } from '../../src/main/clock.ts'
import { readConfig } from '../../src/main/config.ts'
import { openLog } from '../../src/main/logging/open-log.ts'
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
