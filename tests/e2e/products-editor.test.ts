import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Product } from '#shared/library.ts'
import { png } from '../support/pictures.ts'
import { csv, openProductsStage, picker } from './products-stage.ts'
import type { ProductsStage } from './products-stage.ts'

let stage: ProductsStage
beforeAll(async () => {
  stage = await openProductsStage()
  await stage.call('library.importCsv', { content: csv })
  await stage.call('products.create', { name: 'Bowl', priceCents: 129_900 })
})
afterAll(() => stage[Symbol.asyncDispose]())
afterEach(() => stage.closePages())

describe('the product editor', () => {
  const saveBar = (page: Page) => page.getByRole('region', { name: 'Unsaved changes' })
  /** A menu that opens while another gives the focus back closes again; people are not that fast, tests are. */
  const choose = async (page: Page, menu: string, item: string): Promise<void> => {
    const entry = page.getByRole('menuitem', { name: item })
    const shown = async (): Promise<boolean> => {
      if (!(await entry.isVisible())) await page.getByRole('button', { name: menu }).click()
      return entry.isVisible()
    }
    await expect.poll(shown, { timeout: 5_000, interval: 200 }).toBe(true)
    await entry.click()
  }
  const edit = async (search: string): Promise<{ page: Page; id: string }> => {
    const { id } = await stage.named(search)
    const page = await stage.open(`/products/${id}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return { page, id }
  }

  test('saves with the keyboard, and discards', async () => {
    const { page, id } = await edit('bowl')
    await page.getByLabel('SKU').fill('B-7')
    await page.getByText('1 change is not saved').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => page.getByLabel('SKU').inputValue()).toBe('')
    await page.getByLabel('SKU').fill('B-8')
    await page.keyboard.press('Control+s')
    await saveBar(page).waitFor({ state: 'detached' })
    expect((await stage.detail(id)).sku).toBe('B-8')
    await page.getByLabel('Price', { exact: true }).fill('12')
    await page.getByLabel('Was').fill('11')
    await page.getByText('so it does not read as an offer').waitFor()
    await page.getByLabel('Was').fill('twelve')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Not saved: something does not fit yet').waitFor()
    expect((await stage.detail(id)).priceCents).toBe(129_900)
  })

  test('asks before what was typed is lost', async () => {
    const { page, id } = await edit('bowl')
    await page.getByLabel('SKU').fill('B-9')
    await page.getByRole('link', { name: 'Sessions' }).click()
    const dialog = page.getByRole('dialog', { name: /unsaved/ })
    await dialog.getByRole('button', { name: 'Stay' }).click()
    expect(await page.getByLabel('SKU').inputValue()).toBe('B-9')
    await page.getByRole('link', { name: 'Sessions' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/sessions/)
    expect((await stage.detail(id)).sku).toBe('B-9')
  })

  test('never overwrites what is being typed, and follows in the rest', async () => {
    const { page, id } = await edit('bowl')
    await page.getByLabel('SKU').fill('mine')
    await stage.call('products.update', { id, patch: { sku: 'theirs', pid: '42' } })
    await page.getByText('Changed meanwhile to “theirs”').waitFor()
    expect(await page.getByLabel('SKU').inputValue()).toBe('mine')
    expect(await page.getByLabel('TikTok product id').inputValue()).toBe('42')
    await page.getByRole('button', { name: 'Take that' }).click()
    await expect.poll(() => page.getByLabel('SKU').inputValue()).toBe('theirs')
    expect(await saveBar(page).count()).toBe(0)
  })

  test('overrides what Shopify owns, and gives it back', async () => {
    const { page, id } = await edit('signet')
    const name = page.getByLabel('Name', { exact: true })
    expect(await name.isEditable()).toBe(false)
    await page.getByRole('button', { name: 'Override the name' }).click()
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
    await name.fill('The ring')
    await page.getByText('Overridden once saved').waitFor()
    await page.keyboard.press('Control+s')
    await page.getByText('Shopify says “Signet ring”').waitFor()
    expect((await stage.detail(id)).overridden).toEqual(['name'])
    await page.getByRole('button', { name: 'Reset the name to Shopify' }).click()
    await page.getByRole('heading', { name: 'Signet ring' }).waitFor()
    expect((await stage.detail(id)).overridden).toEqual([])
    expect(await name.isEditable()).toBe(false)
  })

  test('keeps every text of the talking points, and restores one into the form', async () => {
    const { page, id } = await edit('cup')
    const points = page.getByLabel('Text', { exact: true })
    for (const text of ['- **Holds** 300 ml', '- Holds 400 ml']) {
      await points.fill(text)
      await page.keyboard.press('Control+s')
      await saveBar(page).waitFor({ state: 'detached' })
    }
    await page.getByRole('button', { name: '2 versions' }).click()
    await page.getByRole('button', { name: 'Restore' }).click()
    expect(await points.inputValue()).toBe('- **Holds** 300 ml')
    await page.locator('.product-preview strong', { hasText: 'Holds' }).waitFor()
    expect((await stage.detail(id)).talkingPointsMd).toBe('- Holds 400 ml')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: '3 versions' }).waitFor()
  })

  test('takes pictures, refuses what is none with the reason, and orders them by keyboard', async () => {
    const { page, id } = await edit('cup')
    await picker(page).setInputFiles([
      stage.file('a.png', png(40, 30)),
      stage.file('<b>broken.png', png(40, 30).subarray(0, 40)),
      stage.file('c.png', png(20, 20, [10, 20, 30])),
    ])
    await page.getByText('The picture is cut off').waitFor()
    await page.getByText('<b>broken.png').waitFor()
    await expect.poll(() => page.locator('.picture-card img').count()).toBe(2)
    const before = (await stage.detail(id)).images.map((image) => image.id)
    await page.getByRole('button', { name: 'Actions for picture 2 of 2' }).focus()
    await page.keyboard.press('Alt+ArrowLeft')
    await expect.poll(async () => (await stage.detail(id)).images.map((image) => image.id)).toEqual(before.toReversed())
    // The focus goes with the picture.
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    await expect.poll(focused).toBe('Actions for picture 1 of 2')
    await page.getByLabel('What picture 1 shows').fill('A cup from above')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await stage.detail(id)).images[0]?.alt).toBe('A cup from above')
    await page.reload()
    expect(await page.getByLabel('What picture 1 shows').inputValue()).toBe('A cup from above')
    await choose(page, 'Actions for picture 1 of 2', 'Make it the primary picture')
    await expect.poll(async () => (await stage.detail(id)).images[0]?.primary).toBe(true)
    await choose(page, 'Actions for picture 2 of 2', 'Remove')
    await expect.poll(() => page.locator('.picture-card').count()).toBe(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => page.locator('.picture-card').count()).toBe(2)
  })

  test('drags a picture to another place', async () => {
    const { page, id } = await edit('cup')
    const before = (await stage.detail(id)).images.map((image) => image.id)
    const frames = page.locator('.picture-frame')
    await frames.nth(1).waitFor()
    await frames.nth(0).dragTo(frames.nth(1), { targetPosition: { x: 150, y: 40 } })
    await expect.poll(async () => (await stage.detail(id)).images.map((image) => image.id)).toEqual(before.toReversed())
  })

  test('shows HTML and scripts of others as text, or not at all', async () => {
    const { id } = await stage.call<Product>('products.create', {
      name: '<img src=x onerror="window.hacked=1">',
      descriptionHtml:
        '<p onclick="window.hacked=1">Soft</p><script>window.hacked=1</script><img src=x onerror="window.hacked=1">',
      talkingPointsMd: '- <img src=x onerror="window.hacked=1"> [link](javascript:window.hacked=1) **bold**',
    })
    const page = await stage.open(`/products/${id}`)
    await page.getByText('Soft').last().waitFor()
    await page.locator('.product-preview strong', { hasText: 'bold' }).waitFor()
    expect(await page.locator('.product-preview :is(script, img, a, [onclick])').count()).toBe(0)
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    await page
      .getByLabel('Description as HTML')
      .fill('<p>Softer</p><iframe src="/"></iframe><style>*{display:none}</style>')
    await page.locator('.product-preview p', { hasText: 'Softer' }).waitFor()
    expect(await page.locator('.product-preview :is(iframe, style)').count()).toBe(0)
  })

  test('archives with a banner that takes it back', async () => {
    const { page, id } = await edit('bowl')
    await page.getByRole('button', { name: 'Actions for this product' }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByText('This product is archived').waitFor()
    await page.getByRole('button', { name: 'Take out of the archive' }).click()
    await page.getByText('This product is archived').waitFor({ state: 'detached' })
    expect((await stage.detail(id)).status).toBe('active')
  })

  test('has no serious fault of access, and broke no rule of the page', async () => {
    const { page } = await edit('signet')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id),
    ).toEqual([])
    // What was refused on purpose answers 400, which browsers note.
    expect(stage.errors.filter((text) => !text.includes('status of 400'))).toEqual([])
  })
})
