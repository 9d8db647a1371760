import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { must } from '#shared/must.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { networkBefore } from '../support/network-before.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { teamOf } from '../system/sync-team.ts'
import { doctorAndPage, noticeOf, openComputer, lookedAt } from './failures-stage.ts'
import type { Computer } from './failures-stage.ts'

// Failures on the way to the team, and of the team: what a producer sees, what stays, and how it ends.

const on: { browser: Browser | null } = { browser: null }
beforeAll(async () => {
  on.browser = await launchBrowser()
})
afterAll(() => on.browser?.close())

interface OnTeam {
  readonly here: Computer
  readonly network: TcpProxy
  /** The team's database, through that network. */
  readonly env: { readonly HUDSON_DATABASE_URL: string }
  readonly sql: Awaited<ReturnType<typeof teamOf>>['sql']
}

async function onTeam(): Promise<OnTeam> {
  const { url, sql } = await teamOf()
  const network = await networkBefore(url)
  const here = await openComputer(must(on.browser, 'a browser'))
  onTestFinished(() => here[Symbol.asyncDispose]())
  return { here, network, env: { HUDSON_DATABASE_URL: network.url(url) }, sql }
}

test('a database that swallows everything at the start: usable at once, offline in words within 10 s; then it comes back', async () => {
  const { here, network, env } = await onTeam()
  const { page } = here
  network.halfOpen()
  const begun = performance.now()
  await here.start(env)
  await page
    .getByText(/Offline/)
    .first()
    .waitFor()
  const shownMs = performance.now() - begun
  const { id } = await here.call<{ id: string }>('sessions.create', { name: 'Friday' })
  expect(await here.call('sessions.get', { id })).toMatchObject({ name: 'Friday' })
  await expect
    .poll(async () => (await here.call<{ reason?: string }>('sync.status')).reason, { interval: 100 })
    .toMatch(/^The team database cannot be reached\. .*1 edit waits/)
  const toldMs = performance.now() - begun
  console.log(`offline at the start: shown after ${Math.round(shownMs)} ms, why after ${Math.round(toldMs)} ms`)
  expect(toldMs).toBeLessThan(10_000 + shownMs)
  await lookedAt(page, 'database-unreachable')
  expect((await doctorAndPage(here)).get('team')).toMatchObject({ state: 'error' })
  network.pass()
  await here.call('sync.now')
  await page.getByText('Shared with the team').first().waitFor()
})

test('the connection is lost and comes back: edits wait, and nothing has to be pressed', async () => {
  const { here, network, env } = await onTeam()
  const { page } = here
  await here.start(env)
  await page.getByText('Shared with the team').first().waitFor()
  network.cut()
  await here.call('sessions.create', { name: 'Friday' })
  await page
    .getByText(/Offline/)
    .first()
    .waitFor()
  await lookedAt(page, 'connection-lost')
  expect((await doctorAndPage(here)).get('team')).toMatchObject({ state: 'error' })
  network.pass()
  await page.getByText('Shared with the team').first().waitFor()
  expect(await here.call('sync.status')).toMatchObject({ state: 'online', pending: 0 })
})

test('a team with a newer Hudson: update required, and what waits can be saved as a file', async () => {
  const { here, env, sql } = await onTeam()
  const { page } = here
  await here.start(env)
  await page.getByText('Shared with the team').first().waitFor()
  await sql('UPDATE sync_clock SET min_client_schema = 99')
  await here.call('sessions.create', { name: 'Friday at nine' })
  const notice = noticeOf(page, 'Update required')
  await notice.getByText('1 edit waits on this computer.').waitFor()
  await notice.getByText('install the newest Hudson').waitFor()
  await lookedAt(page, 'update-required')
  const downloads = page.waitForEvent('download')
  await notice.getByRole('button', { name: 'Save the edits as a file' }).click()
  const download = await downloads
  expect(download.suggestedFilename()).toMatch(/^hudson-edits-.*\.csv$/)
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/,Session,Friday at nine,new,Name,,Friday at nine,/)
  const said = (await doctorAndPage(here)).get('team')
  expect(said).toMatchObject({ state: 'error', detail: expect.stringContaining('updated for a newer Hudson') })
  await sql('UPDATE sync_clock SET min_client_schema = 1')
  await here.call('sync.now')
  await notice.waitFor({ state: 'detached' })
  expect(await sql('SELECT name FROM sessions')).toEqual([{ name: 'Friday at nine' }])
})

test('a clock that is an hour ahead: said in words, and sharing goes on', async () => {
  const { here, env, sql } = await onTeam()
  const { page } = here
  await here.start({ ...env, SICK_CLOCK_MS: String(60 * 60_000) })
  await noticeOf(page, 'This computer’s clock is 60 minutes ahead').waitFor()
  await lookedAt(page, 'clock-wrong')
  await here.call('sessions.create', { name: 'Friday' })
  await here.call('sync.now')
  expect(await sql('SELECT name FROM sessions')).toEqual([{ name: 'Friday' }])
  expect((await doctorAndPage(here)).get('clock')).toMatchObject({
    state: 'error',
    detail: expect.stringMatching(/ahead\. Turn on automatic time/),
  })
})
