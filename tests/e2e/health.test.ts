import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { networkBefore } from '../support/network-before.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { teamOf } from '../system/sync-team.ts'
import { seriousProblems } from './builder-stage.ts'
import { picture } from './picture.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

interface Team {
  readonly url: string
  readonly hudson: SignedIn
  readonly network: TcpProxy
  readonly sql: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>
  synced(): Promise<SyncStatus>
}

/** A Hudson with a page, that reaches its team through a network which can be cut. */
async function team(): Promise<Team> {
  const { url, sql } = await teamOf()
  const network = await networkBefore(url)
  vi.stubEnv('HUDSON_DATABASE_URL', network.url(url))
  const hudson = await signIn('--demo')
  onTestFinished(() => hudson[Symbol.asyncDispose]())
  return { url, hudson, network, sql, synced: () => hudson.call<SyncStatus>('sync.now') }
}

test('out of reach: a banner says what goes on, rows are marked, and all of it goes when the team has everything', async () => {
  const { hudson, network, synced } = await team()
  await synced()
  const page = await hudson.open('/sessions')
  const indicator = page.locator('button.health')
  await indicator.getByText('Shared with the team').waitFor()
  expect(await page.locator('.team-banner').count()).toBe(0)

  network.cut()
  const { items } = await hudson.call<{ items: { id: string; name: string }[] }>('sessions.list')
  const session = must(items[0], 'a session')
  await hudson.call('sessions.update', { id: session.id, patch: { name: 'Renamed on the road' } })
  const banner = page.locator('.team-banner')
  await banner.getByText('Line-ups, shows and edits go on here.').waitFor()
  await banner.getByText('1 edit waits for the network.').waitFor()
  await indicator.getByText('Offline, 1 edit waits').waitFor()
  const row = page.locator('.session-row', { hasText: 'Renamed on the road' })
  await row.getByRole('img', { name: 'Not confirmed by the team yet' }).waitFor()
  expect(await seriousProblems(page)).toEqual([])

  await indicator.click()
  const panel = page.getByRole('dialog', { name: 'The team' })
  await panel.getByText('The team database cannot be reached.', { exact: false }).waitFor()
  await panel.getByText('Next try').waitFor()
  await panel.getByText(/^1, since /).waitFor()
  await picture(page, 'health-offline')
  expect(await seriousProblems(page)).toEqual([])
  // Asked for by hand, it says why it does not work.
  await panel.getByRole('button', { name: 'Sync now' }).click()
  await page.locator('.toast').getByText('cannot be reached', { exact: false }).waitFor()
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })

  // Also in front of whoever drives a show.
  const producer = await hudson.open(`/sessions/${session.id}/producer`)
  await producer.locator('.team-banner').getByText('1 edit waits for the network.').waitFor()
  await producer.locator('button.health').waitFor()
  await picture(producer, 'health-offline-producer')
  // What the host reads is not for this.
  const host = await hudson.open(`/host/${session.id}`)
  await host.locator('.host-screen').waitFor()
  expect(await host.locator('.team-banner, button.health').count()).toBe(0)

  network.pass()
  await page.getByRole('button', { name: 'Try now' }).click()
  await indicator.getByText('Shared with the team').waitFor()
  await banner.waitFor({ state: 'detached' })
  await row.getByRole('img', { name: 'Not confirmed by the team yet' }).waitFor({ state: 'detached' })
})

test('sharing can be paused and resumed, and a pause says so on every screen', async () => {
  const { hudson, synced } = await team()
  await synced()
  const page = await hudson.open('/products')
  await page.locator('button.health').click()
  const panel = page.getByRole('dialog', { name: 'The team' })
  await panel.getByText('What you do here reaches the others').waitFor()
  await panel.getByText(/^\d+ ms$/).waitFor()
  await picture(page, 'health-online')
  await panel.getByRole('button', { name: 'Pause' }).click()
  await page.locator('.team-banner').getByText('Sharing is paused on this computer.', { exact: false }).waitFor()
  await page.locator('button.health').getByText('Sharing paused').waitFor()
  expect(await hudson.call('sync.status')).toMatchObject({ state: 'paused' })
  await panel.getByRole('button', { name: 'Resume' }).click()
  await page.locator('.team-banner').waitFor({ state: 'detached' })
  await page.locator('button.health').getByText('Shared with the team').waitFor()
})

test('a mass deletion by others is shown by name, and can be taken back for everyone', async () => {
  const { hudson, sql, synced } = await team()
  await synced()
  const [{ n: before } = { n: 0 }] = await sql('SELECT count(*)::int AS n FROM products')
  await sql('DELETE FROM session_products')
  await sql('DELETE FROM products')
  await synced()
  const page = await hudson.open('/products')
  const indicator = page.locator('button.health')
  await indicator.getByText('Deletions wait for you').waitFor()
  await indicator.click()
  await page.getByRole('button', { name: 'Look at the deletions' }).click()
  const dialog = page.getByRole('dialog', { name: 'Others deleted much at once' })
  await dialog.getByRole('region', { name: 'Products' }).getByRole('listitem').first().waitFor()
  expect(await dialog.getByRole('listitem').count()).toBe(before)
  await picture(page, 'health-held')
  expect(await seriousProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Keep them, for everyone' }).click()
  await page.getByText('Kept. The others get them back.').waitFor()
  await synced()
  expect(await sql('SELECT count(*)::int AS n FROM products')).toEqual([{ n: before }])
  await indicator.getByText('Shared with the team').waitFor()
})

test('a host view that another desktop drives says when it may be old, and nothing else', async () => {
  const { url, hudson, network, synced } = await team()
  await synced()
  vi.stubEnv('HUDSON_DATABASE_URL', url)
  const producer = await signIn()
  onTestFinished(() => producer[Symbol.asyncDispose]())
  await producer.call('sync.now')
  const { items } = await producer.call<{ items: { id: string }[] }>('sessions.list')
  const sessionId = must(items[0], 'a session').id
  await producer.call('live.start', { sessionId, mode: 'live' })
  await producer.call('live.next', { sessionId })
  await synced()
  const host = await hudson.open(`/host/${sessionId}`)
  await host.locator('.host').waitFor()
  expect(await host.locator('.host-stale').count()).toBe(0)
  network.cut()
  await host.locator('.host-stale', { hasText: /Not updated for \d+ s/ }).waitFor()
  await picture(host, 'host-stale')
  network.pass()
  await host.locator('.host-stale').waitFor({ state: 'detached' })
})
