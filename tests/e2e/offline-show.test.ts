import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { LogEntry } from '#shared/conflicts.ts'
import { must } from '#shared/must.ts'
import type { SyncStatus } from '#shared/sync.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { networkBefore } from '../support/network-before.ts'
import { openDesktop, teamOf } from '../system/sync-team.ts'
import { openComputer, lookedAt } from './failures-stage.ts'

// A whole show without a network: built, run, edited, killed in the middle and gone on with, while somebody else works online.

const on: { browser: Browser | null } = { browser: null }
beforeAll(async () => {
  on.browser = await launchBrowser()
})
afterAll(() => on.browser?.close())

const skus = ['OFF-1', 'OFF-2', 'OFF-3', 'OFF-4']

test('a show is built, run and ended offline, over a crash; then everything arrives, and the log says what was merged', async () => {
  const { url, sql } = await teamOf()
  const network = await networkBefore(url)
  const here = await openComputer(must(on.browser, 'a browser'))
  onTestFinished(() => here[Symbol.asyncDispose]())
  const { page } = here
  const env = { HUDSON_DATABASE_URL: network.url(url) }
  const status = () => here.call<SyncStatus>('sync.status')

  await here.start(env)
  const products: string[] = []
  for (const sku of skus) {
    const made = { brand: 'Acme', name: `Ring ${sku}`, sku, priceCents: 1_000 }
    products.push((await here.call<{ id: string }>('products.create', made)).id)
  }
  const [first = '', second = '', third = ''] = products
  await here.call('sync.now')
  const ben = await openDesktop(url)
  await ben.call('sync.now')

  network.cut()
  const { id } = await here.call<{ id: string }>('sessions.create', { name: 'Friday without a network' })
  await here.call('lineup.paste', { sessionId: id, text: skus.join('\n') })
  await here.go(`/sessions/${id}`)
  await page.locator('.line').nth(3).waitFor()
  await page
    .getByText(/Offline/)
    .first()
    .waitFor()
  const name = page.getByRole('textbox', { name: 'Name of the session' })
  await name.fill('Friday on the road')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await here.call<{ name: string }>('sessions.get', { id })).name)
    .toBe('Friday on the road')

  await here.go(`/sessions/${id}/producer`)
  await page.locator('.lineup-tile').first().waitFor()
  await page.getByRole('button', { name: 'Go live' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Go live' }).click()
  await page.locator('.mode-badge[data-mode="live"]').waitFor()
  const number = async () => (await here.call<{ number: number | null }>('live.state', { sessionId: id })).number
  await page.keyboard.press('3')
  await page.keyboard.press('Enter')
  await expect.poll(number).toBe(3)
  await here.call('products.update', { id: first, patch: { priceCents: 1_100 } })
  await here.call('products.update', { id: second, patch: { priceCents: 1_200 } })
  await here.call('products.update', { id: third, patch: { name: 'Ring for the road' } })
  await lookedAt(page, 'offline-show')

  // Meanwhile, with a network: another field of one product, the same field of another one.
  await ben.call('products.update', { id: first, patch: { name: 'Ring by Ben' } })
  await ben.call('products.update', { id: second, patch: { priceCents: 900 } })
  await ben.call('sync.now')

  const waiting = (await status()).pending
  expect(waiting).toBeGreaterThanOrEqual(8)
  await here.end('SIGKILL')
  await here.start(env)
  await here.go(`/sessions/${id}/producer`)
  await page.locator('.mode-badge[data-mode="live"]').waitFor()
  expect(await number()).toBe(3)
  expect((await status()).pending).toBeGreaterThanOrEqual(waiting)
  await page.keyboard.press('ArrowDown')
  await expect.poll(number).toBe(4)
  await here.call('live.end', { sessionId: id })

  network.pass()
  await here.go(`/sessions/${id}`)
  await page.getByText('Shared with the team').first().waitFor()
  await expect.poll(async () => (await status()).pending).toBe(0)
  expect(await sql('SELECT name, status FROM sessions')).toEqual([{ name: 'Friday on the road', status: 'ended' }])
  expect(
    await sql(
      'SELECT p.sku FROM session_products i JOIN products p ON p.id = i.product_id WHERE i.session_id = $1 ORDER BY i.order_key',
      [id],
    ),
  ).toEqual(skus.map((sku) => ({ sku })))
  expect(await sql('SELECT name, price_cents FROM products ORDER BY sku')).toEqual([
    { name: 'Ring by Ben', price_cents: 1_100 },
    { name: 'Ring OFF-2', price_cents: 1_200 },
    { name: 'Ring for the road', price_cents: 1_000 },
    { name: 'Ring OFF-4', price_cents: 1_000 },
  ])
  // Both desktops read the same of it, each from its side; nothing waits for a decision.
  await ben.call('sync.now')
  for (const call of [here.call, ben.call]) {
    const { items } = await call<{ items: LogEntry[] }>('conflicts.log')
    const told = new Map(items.map((entry) => [entry.entityId, entry]))
    expect(told.get(first)).toMatchObject({ decision: 'merged' })
    expect(told.get(second)).toMatchObject({ decision: 'overwrote', restorable: true })
    expect(told.has(third)).toBe(false)
    expect((await call<{ total: number }>('conflicts.list', { open: true })).total).toBe(0)
  }
  expect(await ben.call('live.state', { sessionId: id })).toMatchObject({ mode: 'off' })
})
