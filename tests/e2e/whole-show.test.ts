import { existsSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

const catalogue = '../shared/fixtures/shopify-csv/jewelery.csv'

interface Listed {
  readonly items: readonly { readonly id: string; readonly name: string }[]
}
interface Detail {
  readonly items: readonly { readonly number: number; readonly name: string }[]
}
interface State {
  readonly mode: string
  readonly number: number
  readonly imageIndex: number
  readonly message: { readonly text: string; readonly acknowledgedAt: string | null } | null
}

let stage: SignedIn
beforeAll(async () => {
  stage = await signIn()
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write'])
})
afterAll(() => stage[Symbol.asyncDispose]())

const call: SignedIn['call'] = (name, input) => stage.call(name, input)
const open = (path: string) => stage.open(path)
const shows = (host: Page, number: number) => host.locator(`.host-screen .host-number:text-is("${number}")`).waitFor()

async function importByDialog(): Promise<void> {
  const page = await open('/products')
  await page.getByRole('button', { name: 'Import a catalogue' }).click()
  await page.locator('input[type="file"]').setInputFiles(catalogue)
  await page.getByRole('button', { name: 'Import 20 products' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('20 products').first().waitFor()
  await page.close()
}

/** Key by key: a session by its dialog, its line-up by a paste, an item moved. */
async function buildByKeyboard(names: readonly string[]): Promise<string> {
  const page = await open('/sessions')
  await page.getByRole('heading', { name: 'Sessions' }).waitFor()
  await page.keyboard.press('Control+N')
  await page.getByRole('dialog', { name: 'New session' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
  await page.keyboard.type('Friday night')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing in the line-up yet').waitFor()
  await page.locator('#content').focus()
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), names.join('\n'))
  await page.keyboard.press('Control+V')
  const dialog = page.getByRole('dialog', { name: 'Paste products' })
  await dialog.getByText('20 products found').waitFor()
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  const grid = page.getByRole('grid')
  await grid.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByText(`${names[0]} is now number 2 of 20`).waitFor({ state: 'attached' })
  const id = must(/\/sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1], 'a session in the address')
  await page.close()
  return id
}

test('a real catalogue becomes a line-up and a show, and the place survives a reload', async (ctx) => {
  if (!existsSync(catalogue)) ctx.skip(`the catalogue files are not here (${catalogue})`)
  await importByDialog()
  const { items } = await call<Listed>('products.list', { limit: 100 })
  const names = items.map(({ name }) => name).toReversed()
  expect(names).toHaveLength(20)

  const sessionId = await buildByKeyboard(names)
  const lineup = (await call<Detail>('sessions.get', { id: sessionId })).items
  expect(lineup.map(({ name }) => name)).toEqual([names[1], names[0], ...names.slice(2)])
  expect(lineup.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))

  const state = () => call<State>('live.state', { sessionId })
  const producer = await open(`/sessions/${sessionId}/producer`)
  const host = await open(`/host/${sessionId}`)
  await producer.getByRole('button', { name: 'Rehearse' }).click()
  await shows(host, 1)
  await producer.getByRole('button', { name: 'Go live' }).click()
  await producer.getByRole('alertdialog').getByRole('button', { name: 'Go live' }).click()
  await producer.locator('.mode-badge[data-mode="live"]').waitFor()
  await producer.getByRole('alertdialog').waitFor({ state: 'detached' })

  await producer.keyboard.press('1')
  await producer.keyboard.press('7')
  await shows(host, 17)
  await host.getByText(must(names[16], 'a 17th name')).first().waitFor()

  await producer.keyboard.press('m')
  await producer.keyboard.type('Show the clasp, then {next}')
  await producer.keyboard.press('Enter')
  await host.getByText(`Show the clasp, then ${names[17]}`).first().waitFor()
  await host.keyboard.press('a')
  await producer
    .getByText(/Acknowledged after/)
    .first()
    .waitFor()

  const before = await state()
  await Promise.all([producer.reload(), host.reload()])
  await shows(host, 17)
  await producer.locator('.mode-badge[data-mode="live"]').waitFor()
  const after = await state()
  expect(after).toMatchObject({ mode: 'live', number: 17, imageIndex: before.imageIndex })
  expect(after.message?.acknowledgedAt).toBe(before.message?.acknowledgedAt)
  await Promise.all([producer.close(), host.close()])
})
