import { describe, expect, test } from 'vitest'
import { createDiagnostics } from '../../src/main/diagnostics/diagnostics.ts'
import type { Looks } from '../../src/main/diagnostics/diagnostics.ts'
import { AppError } from '#shared/app-error.ts'
import type { Check } from '#shared/diagnostics.ts'
import { must } from '#shared/must.ts'
import { FakeClock } from '../support/core.ts'
import { openDesktop } from '../support/desktop.ts'
import type { Desktop } from '../support/desktop.ts'
import { modelFor } from '../points/rig.ts'
import { desktop, shopFor } from '../shopify/rig.ts'

async function checks(here: Desktop): Promise<ReadonlyMap<string, Check>> {
  const run = await here.call('diagnostics.run', {})
  return new Map(run.checks.map((check) => [check.name, check]))
}

describe('what a desktop finds of itself', () => {
  test('fresh and alone: nothing is wrong, and what is not set up is left out', async () => {
    const found = await checks(openDesktop({}))
    const states = Object.fromEntries([...found].map(([name, { state }]) => [name, state]))
    expect(states).toEqual({
      version: 'ok',
      team: 'skipped',
      queue: 'ok',
      clock: 'skipped',
      shopify: 'skipped',
      model: 'skipped',
      database: 'ok',
      backups: expect.stringMatching(/ok|warn/),
      disk: 'ok',
      pictures: 'ok',
      secrets: 'ok',
      displays: 'skipped',
      activity: 'ok',
      crashes: 'ok',
      updates: 'skipped',
    })
  })

  test('a shop and a model are tried as they are set up', async () => {
    const shop = await shopFor()
    const model = await modelFor()
    const env = { HUDSON_OPENAI_BASE_URL: model.url, HUDSON_OPENAI_API_KEY: model.key }
    const here = desktop(shop, { env })
    const found = await checks(here)
    expect(found.get('shopify')).toMatchObject({ state: 'ok', detail: expect.stringMatching(/^Hudson test shop/) })
    expect(found.get('model')).toMatchObject({ state: 'ok', detail: 'gpt-6-luna answers.' })
  })

  test('what does not work says what to do, and a job that failed is pointed to', async () => {
    const shop = await shopFor()
    shop.fault({ on: 'HudsonCount', status: 402 })
    shop.fault({ on: 'HudsonProbe', status: 402 })
    const here = desktop(shop)
    const { jobId } = await here.call('shopify.sync', {})
    await here.job(jobId)
    const found = await checks(here)
    const frozen = 'The shop is frozen because of an unpaid bill. Its owner has to settle it with Shopify.'
    expect(found.get('shopify')).toMatchObject({ state: 'error', detail: frozen })
    expect(found.get('activity')).toMatchObject({ state: 'warn', detail: frozen })
    const again = await here.call('shopify.sync', {})
    expect(await here.job(again.jobId)).toMatchObject({ state: 'done' })
    expect((await checks(here)).get('activity'), 'what went well since is no trouble').toMatchObject({ state: 'ok' })
  })

  test('a team that nobody answers for is an error, in words', async () => {
    const here = openDesktop({ HUDSON_DATABASE_URL: 'postgresql://hudson:hunter2-canary@127.0.0.1:1/team' })
    const found = await checks(here)
    const team = must(found.get('team'), 'the team')
    expect(team.state).toBe('error')
    expect(team.detail).toMatch(/cannot be reached/)
    expect(JSON.stringify([...found])).not.toContain('hunter2-canary')
  })
})

describe('a look', () => {
  const quiet = (): void => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }

  test('that breaks, or does not end, is a finding, and takes no other with it', async () => {
    const clock = new FakeClock()
    const looks = {
      version: () => ({ state: 'ok', detail: 'fine' }),
      team: () => {
        throw new AppError('offline', 'The team cannot be reached.')
      },
      clock: () => Promise.reject(new Error('/secret/path')),
      shopify: () => Promise.withResolvers<never>().promise,
    } as unknown as Looks
    const running = createDiagnostics({ clock, log, looks })['diagnostics.run']({})
    await new Promise(setImmediate)
    clock.advance(12_000)
    expect((await running).checks).toMatchObject([
      { name: 'version', state: 'ok', detail: 'fine' },
      { name: 'team', state: 'error', detail: 'The team cannot be reached.' },
      { name: 'clock', state: 'error', detail: 'This could not be looked at; the log has the reason.' },
      { name: 'shopify', state: 'error', detail: 'No answer within 12 seconds.' },
    ])
  })
})
