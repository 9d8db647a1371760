import { expect, test } from 'vitest'
import type { Output } from '#shared/contract.ts'
import { looks } from '../../src/main/looks.ts'
import type { LooksDeps } from '../../src/main/looks.ts'
import { readConfig } from '../../src/main/config.ts'
import { FakeClock } from '../support/core.ts'
import { openDesktop } from '../support/desktop.ts'
import { tempDir } from '../support/temp-dir.ts'
import { modelFor } from '../points/rig.ts'

interface Answers {
  readonly sync?: Partial<Output<'sync.status'>>
  readonly screens?: Output<'screens.list'>['screens']
  readonly crashes?: Partial<Output<'crashes.list'>>
}

/** The looks at answers that a real core gives in states that are hard to bring about. */
function looking({ sync = {}, screens = [], crashes = {} }: Answers, runtime: 'studio' | 'electron' = 'studio') {
  const ask = {
    'sync.status': () => ({ state: 'online', stuck: false, pending: 0, oldestPendingAt: null, ...sync }),
    'screens.list': () => ({ screens }),
    'crashes.list': () => ({ items: [], dumps: { count: 0, bytes: 0 }, ...crashes }),
  } as unknown as LooksDeps['ask']
  const config = readConfig({ env: {}, runtime, dataDir: tempDir() })
  return looks({ config, clock: new FakeClock(), runDiskJob: () => Promise.reject(new Error('no disk work')), ask })
}

const screen = (number: number, state: 'free' | 'showing' | 'lost') => ({
  id: `${number}`,
  number,
  name: 'Screen',
  width: 1920,
  height: 1080,
  primary: number === 1,
  state,
  sessionId: null,
})
const crash = (at: string) =>
  ({ id: '01920000-0000-7000-8000-000000000001', at, count: 1, kind: 'page', title: 'Error', state: 'kept' }) as const

test.each([
  [{ pending: 0 }, 'ok', 'No edit waits.'],
  [{ pending: 1, oldestPendingAt: '2026-11-22T09:59:00.000Z' }, 'ok', '1 edit waits, the oldest for 1 minute.'],
  [
    { state: 'unconfigured' as const, pending: 3, oldestPendingAt: '2026-11-20T09:00:00.000Z' },
    'ok',
    '3 edits wait, the oldest for 2 days. They are saved here and go out once a team is set up.',
  ],
  [
    { state: 'offline' as const, pending: 3, oldestPendingAt: '2026-11-21T20:00:00.000Z' },
    'warn',
    '3 edits wait, the oldest for 14 hours. Everything is saved here. Go online before others need them.',
  ],
  [
    { stuck: true, pending: 2, oldestPendingAt: '2026-11-22T09:50:00.000Z' },
    'error',
    '2 edits wait, the oldest for 10 minutes. The team answers and does not take them. Sync now; if that does not help, save a support bundle.',
  ],
] as const)('edits that wait: %o', async (sync, state, detail) => {
  expect(await looking({ sync }).queue()).toEqual({ state, detail })
})

test('the displays: what is on each, and which is missing', async () => {
  expect(await looking({}).displays()).toMatchObject({ state: 'skipped' })
  expect(await looking({}, 'electron').displays()).toMatchObject({ state: 'warn', detail: 'No screen was found.' })
  const both = [screen(1, 'free'), screen(2, 'showing')]
  expect(await looking({ screens: both }, 'electron').displays()).toEqual({
    state: 'ok',
    detail: '1: 1920 × 1080, free; 2: 1920 × 1080, shows the host view.',
  })
  expect(await looking({ screens: [screen(1, 'lost')] }, 'electron').displays()).toMatchObject({
    state: 'warn',
    detail: expect.stringContaining('Connect the missing one again'),
  })
})

test('what broke: none, long ago, today', async () => {
  expect(await looking({}).crashes()).toMatchObject({ state: 'ok', detail: 'Nothing broke in the last 30 days.' })
  const old = { items: [crash('2026-11-10T10:00:00.000Z')], dumps: { count: 2, bytes: 9 } }
  expect(await looking({ crashes: old }).crashes()).toEqual({
    state: 'ok',
    detail: '1 report of the last 30 days, 2 memory images.',
  })
  expect(await looking({ crashes: { items: [crash('2026-11-22T09:00:00.000Z')] } }).crashes()).toMatchObject({
    state: 'warn',
    detail: expect.stringContaining('a support bundle holds the report'),
  })
})

test('a model that is switched off soon is warned of; one that stays longer is not', async () => {
  const inDays = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10)
  const found = async (shutdown_date: string) => {
    const model = await modelFor({ models: [{ id: 'gpt-6-luna', shutdown_date }] })
    const here = openDesktop({ HUDSON_OPENAI_BASE_URL: model.url, HUDSON_OPENAI_API_KEY: model.key })
    const { checks } = await here.call('diagnostics.run', {})
    return checks.find(({ name }) => name === 'model')
  }
  const soon = inDays(30)
  expect(await found(soon)).toMatchObject({
    state: 'warn',
    detail: `gpt-6-luna answers. It is switched off on ${soon}: choose another one before that.`,
  })
  expect(await found(inDays(400))).toMatchObject({ state: 'ok' })
})
