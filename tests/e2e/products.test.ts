import { AxeBuilder } from '@axe-core/playwright'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { csv, openProductsStage, picker } from './products-stage.ts'
import type { ProductsStage } from './products-stage.ts'

const shopExport = resolve('..', 'shared', 'fixtures', 'shopify-csv', 'jewelery.csv')

let stage: ProductsStage
beforeAll(async () => {
  stage = await openProductsStage()
})
afterAll(() => stage[Symbol.asyncDispose]())
afterEach(() => stage.closePages())

const names = (page: Page) => page.locator('.product-scroll .product-name').allInnerTexts()

/** One after the other on one catalogue, which begins empty. */
describe('the catalogue', () => {
  test('begins with what to do first', async () => {
    const page = await stage.open('/products')
    await page.getByRole('heading', { name: 'Begin with products' }).waitFor()
    await page.getByRole('button', { name: 'Import a catalogue' }).click()
    await page.getByRole('dialog', { name: 'Import a catalogue' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Choose a file')
  })

  test('is imported after a look at what would happen, with every line that is left out', async () => {
    const page = await stage.open('/products?import')
    await picker(page).setInputFiles(stage.file('shop <img src=x onerror=alert(1)>.csv', csv))
    await page.getByText('2 lines are left out').waitFor()
    await page.getByText('shop <img src=x onerror=alert(1)>.csv').waitFor()
    await page.getByText('Line 4', { exact: true }).waitFor()
    await page.getByText('The price "abc" is not an amount').waitFor()
    await page.getByText('1 thing to look at').waitFor()
    expect((await stage.call<{ total: number }>('products.list')).total).toBe(0)
    await page.getByRole('button', { name: 'Import 2 products' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => names(page)).toEqual(['Cup', 'Signet ring'])
    await page.goto(`${page.url()}?import`)
    await picker(page).setInputFiles(stage.file('again.csv', csv))
    await page.getByText('Everything in this file is here already').waitFor()
    expect(await page.getByRole('button', { name: /^Import 0/ }).isDisabled()).toBe(true)
  })

  test('survives files that are no catalogue, and keeps them for another try', async () => {
    const page = await stage.open('/products?import')
    const refused = page.getByRole('dialog').getByRole('alert')
    await picker(page).setInputFiles(stage.file('pipes.csv', 'Handle|Title\nring|Ring\n'))
    await refused.getByText('This is not a product export of Shopify').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await refused.getByText('no column "Handle"').waitFor()
    await page.getByText('pipes.csv').waitFor()
    await page.getByRole('button', { name: 'Another file' }).click()
    await picker(page).setInputFiles(stage.file('program.csv', Buffer.from('7f454c460201010000000000', 'hex')))
    await refused.getByText('This file cannot be used').waitFor()
    expect((await stage.call<{ total: number }>('products.list')).total).toBe(2)
  })

  test('opens the import for a CSV that is dropped anywhere', async () => {
    const page = await stage.open('/products')
    await page.locator('.product-row').first().waitFor()
    await page.evaluate((content) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], 'dropped.csv', { type: 'text/csv' }))
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }))
    }, csv)
    await page.getByRole('dialog').getByText('dropped.csv').waitFor()
    await expect.poll(() => page.getByText('2 lines are left out').count()).toBe(1)
  })

  test.skipIf(!existsSync(shopExport))(
    'takes a real export (skipped where the fixtures are not beside the project)',
    async () => {
      const page = await stage.open('/products?import')
      await picker(page).setInputFiles(shopExport)
      await page.getByRole('button', { name: 'Import 20 products' }).click()
      await page.getByText('In the file: 20 products').waitFor()
      await page.getByRole('button', { name: 'Done' }).click()
      await expect.poll(() => page.getByText('22 products').count()).toBe(1)
    },
  )

  test('is searched, sorted and walked through by keyboard, and its address keeps that', async () => {
    const page = await stage.open('/products')
    await page.locator('.product-row').first().waitFor()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('signet')
    await expect.poll(() => names(page)).toEqual(['Signet ring'])
    await expect.poll(() => page.url()).toContain('q=signet')
    await page.keyboard.press('Escape')
    await page.getByLabel('Order').selectOption('-price')
    await expect.poll(async () => (await names(page))[0]).toBe('Signet ring')
    await page.reload()
    await expect.poll(async () => (await names(page))[0]).toBe('Signet ring')
    await page.keyboard.press('Control+f')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Signet ring' }).waitFor()
    await page.getByRole('link', { name: 'Back to the products' }).click()
    expect(page.url()).toContain('sort=-price')
  })

  test('deletes with an undo, and says why it cannot where a line-up needs the product', async () => {
    const cup = await stage.named('cup')
    const ring = await stage.named('signet')
    await stage.call('sessions.create', { name: 'Evening', productIds: [ring.id] })
    const page = await stage.open('/products?q=cup')
    await page.getByRole('button', { name: 'Actions for Cup' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('Nothing fits “cup”').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => names(page)).toEqual(['Cup'])
    expect((await stage.named('cup')).id).toBe(cup.id)
    await page.goto(page.url().replace('cup', 'signet'))
    await page.getByText('Signet ring').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('1 line-up uses "Signet ring", so it cannot be deleted. Archive it instead.').first().waitFor()
  })

  test('takes new products, and refuses one without a name', async () => {
    const page = await stage.open('/products?new')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByText('A product needs a name').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('<script>alert(1)</script> & “Bowl”')
    await page.getByLabel('Price', { exact: true }).fill('1.299,00')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '<script>alert(1)</script> & “Bowl”' }).waitFor()
    expect(await stage.named('bowl')).toMatchObject({ priceCents: 129_900, brand: { name: 'No brand' } })
  })
})

describe('the screens', () => {
  test('keep what is set, at once', async () => {
    const page = await stage.open('/settings')
    await page.getByRole('radio', { name: 'Light' }).first().check({ force: true })
    await page.locator('html[data-theme="light"]').waitFor()
    await page.getByRole('textbox', { name: 'Distance from the eyes to the screen' }).fill('3')
    await page.getByText(/what 3 m need/).waitFor()
    await expect
      .poll(() => stage.call('settings.get'))
      .toMatchObject({ theme: 'light', host: { distanceM: 3, diagonalIn: 24 } })
  })

  test.each(['/products', '/products?import', '/products?new', '/settings'])(
    'have no serious fault of access at %s',
    async (path) => {
      const page = await stage.open(path)
      await page
        .getByRole(path.includes('?') ? 'dialog' : 'heading')
        .first()
        .waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
      ).toEqual([])
    },
  )

  test('wrote no error to the console, nor broke the policy of the page', () => {
    // What was refused on purpose answers 400, which browsers note.
    expect(stage.errors.filter((text) => !text.includes('status of 400'))).toEqual([])
  })
})
