import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import type { SessionDetail } from '#shared/sessions.ts'
import { tempDir } from '../system/hudson.ts'
import { seriousProblems } from './builder-stage.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

let stage: SignedIn
let folder: ReturnType<typeof tempDir>
let sessionId: string

beforeAll(async () => {
  folder = tempDir()
  stage = await signIn()
  const products = Array.from({ length: 8 }, (_, index) => `thing-${index},Thing ${index},House,T-${index},19.00`)
  await stage.call('library.importCsv', {
    content: `Handle,Title,Vendor,Variant SKU,Variant Price\n${products.join('\n')}`,
  })
  const { id } = await stage.call<SessionDetail>('sessions.create', { name: 'Friday' })
  await stage.call('lineup.paste', { sessionId: id, text: 'T-0 T-1 T-2 T-3' })
  sessionId = id
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})
afterEach(async () => {
  await Promise.all(stage.context.pages().map((page) => page.close()))
})

const detail = () => stage.call<SessionDetail>('sessions.get', { id: sessionId })

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return path
}

/** Chooses a line of the builder's menu. */
async function choose(page: Page, ...labels: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  for (const name of labels) await page.getByRole('menuitem', { name }).click()
}

async function openBuilder(size?: { width: number; height: number }): Promise<Page> {
  const page = await stage.open(`/sessions/${sessionId}`, size)
  await page.locator('.line').first().waitFor()
  return page
}

/** Kept where pictures are asked for. */
async function picture(page: Page, name: string): Promise<void> {
  const where = process.env['HUDSON_PICTURES']
  if (where === undefined) return
  mkdirSync(where, { recursive: true })
  for (const theme of ['dark', 'light']) {
    await page.evaluate((to) => void (document.documentElement.dataset['theme'] = to), theme)
    await page.screenshot({ path: join(where, `${name}-${theme}.png`) })
  }
}

test('a line-up goes out as CSV, is edited, and comes back after a look at what would happen', async () => {
  const page = await openBuilder()
  const download = page.waitForEvent('download')
  await choose(page, 'Export', 'As CSV')
  const saved = await download
  expect(saved.suggestedFilename()).toBe('friday-line-up.csv')
  const path = join(folder.path, 'out.csv')
  await saved.saveAs(path)
  const edited = readFileSync(path, 'utf8')
    .replace('Thing 0,19.00', 'Thing zero,15.00')
    .concat(',,,,T-6,,,,,,,\r\n', ',,,,nope,,No such thing,,,,,\r\n', ',,,,T-7,,,abc,,,,\r\n')
  await choose(page, 'Import file')
  await page.locator('input[type=file]').setInputFiles(file('edited.csv', edited))
  await page.getByText('1 row fits no product').waitFor()
  await page.getByText('Price: "abc" is not a price').waitFor()
  expect((await detail()).items).toHaveLength(4)
  expect(await seriousProblems(page)).toEqual([])
  await picture(page, 'import-1280')
  await page.getByRole('button', { name: 'Import 2 items' }).click()
  await page.getByRole('button', { name: 'Undo the import' }).waitFor()
  const { items } = await detail()
  expect(items.map(({ name }) => name)).toEqual(['Thing zero', 'Thing 1', 'Thing 2', 'Thing 3', 'Thing 6'])
  expect(items[0]?.overrides).toEqual({ name: 'Thing zero', priceCents: 1_500 })
  await page.getByRole('button', { name: 'Undo the import' }).click()
  await expect
    .poll(async () => (await detail()).items.map(({ name }) => name))
    .toEqual(['Thing 0', 'Thing 1', 'Thing 2', 'Thing 3'])
})

test('the columns of another file are named by hand, on a phone too', async () => {
  const page = await openBuilder({ width: 390, height: 844 })
  await choose(page, 'Import file')
  const workbook = await writeWorkbook(
    [
      ['Ref', 'Say', 'Deal'],
      ['T-1', 'Hello there', 9.5],
      ['T-4', null, 8],
    ],
    { sheet: 'Plan' },
  ).toBuffer()
  await page.locator('input[type=file]').setInputFiles(file('plan.xlsx', workbook))
  await page.getByText('2 rows in the sheet “Plan”').waitFor()
  await page.getByText('Say which column holds the SKU').waitFor()
  await page.getByRole('combobox', { name: 'Read the column Ref as' }).selectOption('SKU')
  await page.getByRole('combobox', { name: 'Read the column Say as' }).selectOption('Notes')
  await page.getByRole('combobox', { name: 'Read the column Deal as' }).selectOption('Price')
  await page.getByRole('button', { name: 'Import 2 items' }).waitFor()
  expect(await seriousProblems(page)).toEqual([])
  await picture(page, 'import-390')
  await page.getByRole('radio', { name: 'Leave them' }).check()
  await page.getByText('1 row is there already or twice').waitFor()
  await page.getByRole('button', { name: 'Import 1 item' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  const { items } = await detail()
  expect(items.map(({ name, priceCents }) => [name, priceCents])).toEqual([
    ['Thing 0', 1_900],
    ['Thing 1', 1_900],
    ['Thing 2', 1_900],
    ['Thing 3', 1_900],
    ['Thing 4', 800],
  ])
})

test('a file that is dropped onto the line-up is looked at', async () => {
  const page = await openBuilder()
  await page.evaluate(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['sku,price\nT-2,5'], 'dropped.csv', { type: 'text/csv' }))
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }))
  })
  await page.getByRole('dialog').getByText('dropped.csv').waitFor()
  await page.getByRole('button', { name: 'Import 1 item' }).waitFor()
  expect((await detail()).items[2]?.overrides).toEqual({})
})

test('a file that is no table is refused in words, and another one can be chosen', async () => {
  const page = await openBuilder()
  await choose(page, 'Import file')
  await page
    .locator('input[type=file]')
    .setInputFiles(file('program.csv', Buffer.from('7f454c460201010000000000', 'hex')))
  await page.getByRole('alert').getByText('This file cannot be used').waitFor()
  await page.getByRole('button', { name: 'Another file' }).click()
  await page.getByText('Its first row names the columns').waitFor()
  expect((await detail()).items).toHaveLength(5)
})

test('the run sheet is a choice in the menu, and offers the same files', async () => {
  const page = await openBuilder()
  await choose(page, 'Run sheet')
  await page.getByRole('heading', { name: 'Run sheet of Friday' }).waitFor()
  await page.getByRole('radio', { name: 'Large' }).click()
  await page.locator('.run-sheet[data-size="large"]').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Excel' }).click()
  expect((await download).suggestedFilename()).toBe('friday-line-up.xlsx')
  await page.getByRole('link', { name: 'Back to the line-up' }).click()
  await page.locator('.line').first().waitFor()
  await page.keyboard.press('Control+P')
  await page.getByRole('heading', { name: 'Run sheet of Friday' }).waitFor()
  await page.evaluate(() => void (window.print = () => void (document.title = 'Printed')))
  await page.keyboard.press('Control+P')
  await expect.poll(() => page.title()).toBe('Printed')
})

test('products get their TikTok ids from the list that TikTok Shop exports', async () => {
  const page = await stage.open('/products')
  await page.locator('.product-row').first().waitFor()
  await choose(page, 'TikTok Shop file')
  await page.getByText('Hudson cannot control TikTok').waitFor()
  const list = 'Product ID,Product name,Seller SKU\n1729384756123456781,Thing,T-1\n1729384756123456782,Other,nope\n'
  await page.locator('input[type=file]').setInputFiles(file('tiktok.csv', list))
  await page.getByText('1 SKU fits no product').waitFor()
  expect(await seriousProblems(page)).toEqual([])
  await picture(page, 'tiktok-1280')
  await page.getByRole('button', { name: 'Set the id of 1 product' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  const pidOf = async () => (await detail()).items[1]?.catalogue.pid
  expect(await pidOf()).toBe('1729384756123456781')
})

test('nothing was written to the console but the upload that was refused', () => {
  expect(stage.errors).toEqual(['Failed to load resource: the server responded with a status of 400 (Bad Request)'])
})
