import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressId, evil, openBuilderStage, rows, seriousProblems, shownNames, skus } from './builder-stage.ts'
import type { BuilderStage } from './builder-stage.ts'

let on: BuilderStage
beforeAll(async () => {
  on = await openBuilderStage()
})
afterAll(async () => {
  await on[Symbol.asyncDispose]()
})

describe('editing an item', () => {
  test('shows an override as such, and reverts it', async () => {
    const id = await on.newSession('Overrides', 3)
    const page = await on.openBuilder(id)
    await rows(page).nth(0).click()
    await page.keyboard.press('Enter')
    const price = page.getByLabel('Price', { exact: true })
    await price.fill('1.50')
    await price.press('Tab')
    await page.getByTitle('Differs from the catalogue: 2.00').waitFor()
    await expect.poll(async () => (await on.detail(id)).items[0]?.overrides).toEqual({ priceCents: 150 })
    await page.locator('.line-mark[data-mark="override"]').first().waitFor()
    await page.getByRole('button', { name: 'Revert Price to the catalogue' }).click()
    await expect.poll(async () => (await on.detail(id)).items[0]?.overrides).toEqual({})
    await expect.poll(() => price.inputValue()).toBe('2.00')
    await price.fill('two')
    await page.getByText('This is not a price').waitFor()
    await price.fill('2.00')
    await page.getByText('This is not a price').waitFor({ state: 'detached' })
    await page.close()
  })

  test('loses nothing that is typed: on another item, on another screen, and on a reload', async () => {
    const id = await on.newSession('Drafts', 3)
    const page = await on.openBuilder(id)
    const itemNotes = page.getByLabel('Notes for the host')
    await rows(page).nth(0).click()
    await itemNotes.fill('Said first')
    await rows(page).nth(1).click()
    await itemNotes.fill('Said second')
    await page.getByRole('link', { name: 'Products' }).click()
    await page.waitForURL(/products/)
    const saved = async () => (await on.detail(id)).items.map(({ notes }) => notes)
    await expect.poll(saved).toEqual(['Said first', 'Said second', ''])
    await page.goto(page.url().replace(/products.*/, `sessions/${id}`))
    const notes = page.getByLabel('Notes', { exact: true })
    await notes.pressSequentially('Typed and gone')
    await page.reload()
    await expect.poll(async () => (await on.detail(id)).notes).toBe('Typed and gone')
    expect(await notes.inputValue()).toBe('Typed and gone')
    await page.close()
  })

  test('never replaces what is being typed with what changes elsewhere', async () => {
    const id = await on.newSession('Typing', 2)
    const page = await on.openBuilder(id)
    const notes = page.getByLabel('Notes', { exact: true })
    await notes.pressSequentially('Mine')
    await on.stage.call('sessions.update', { id, patch: { notes: 'Theirs', code: 'NEW10' } })
    await expect.poll(() => page.getByLabel('Discount code').inputValue()).toBe('NEW10')
    expect(await notes.inputValue()).toBe('Mine')
    await notes.pressSequentially(' stays')
    await expect.poll(async () => (await on.detail(id)).notes).toBe('Mine stays')
    await page.close()
  })
})

describe('the list of sessions', () => {
  test('deletes with one key, hands the focus on, and brings back with Undo', async () => {
    const id = await on.newSession('To be deleted', 4)
    const page = await on.stage.open('/sessions')
    await page.getByRole('link', { name: 'To be deleted' }).focus()
    await page.keyboard.press('Delete')
    await page.getByText('Deleted “To be deleted”').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'To be deleted' }).count()).toBe(0)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-session') ?? ''))
      .toMatch(/-/)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByRole('link', { name: 'To be deleted' }).waitFor()
    expect((await on.detail(id)).items).toHaveLength(4)
    expect(await seriousProblems(page)).toEqual([])
    await page.close()
  })

  test('copies product ids where pages have no permission for the clipboard, as in the desktop app', async () => {
    const id = await on.newSession('Copying', 2)
    const { items } = await on.stage.call<{ items: { productId: string }[] }>('sessions.get', { id })
    for (const [n, { productId }] of items.entries()) {
      await on.stage.call('products.update', { id: productId, patch: { pid: `1729-${String(n)}` } })
    }
    const page = await on.openBuilder(id)
    await page.evaluate(() => {
      navigator.clipboard.writeText = () =>
        Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'))
    })
    await page.getByRole('button', { name: 'More actions' }).first().click()
    await page.getByRole('menuitem', { name: 'Copy product ids in order' }).click()
    await page.getByText('2 product ids copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1729-0\n1729-1')
    await page.close()
  })

  test('duplicates into a copy with its name selected', async () => {
    await on.newSession('Original', 2)
    const page = await on.stage.open('/sessions')
    await page.getByRole('link', { name: 'Original' }).focus()
    await page.keyboard.press('Control+d')
    const name = page.getByLabel('Name of the session')
    await expect.poll(() => name.inputValue()).toBe('Copy of Original')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Name of the session')
    await page.keyboard.type('Second evening')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await on.detail(addressId(page))).name).toBe('Second evening')
    await page.close()
  })

  test('does not move rows under the pointer', async () => {
    const id = await on.newSession('Changed meanwhile', 1)
    await on.newSession('Newer', 1)
    const page = await on.stage.open('/sessions')
    const links = page.locator('.session-row-link')
    await links.nth(1).waitFor()
    const before = await links.allTextContents()
    await links.nth(0).hover()
    await on.stage.call('sessions.update', { id, patch: { notes: 'x', name: 'Changed now' } })
    await page.getByRole('link', { name: 'Changed now' }).waitFor()
    expect((await links.allTextContents()).indexOf('Changed now')).toBe(before.indexOf('Changed meanwhile'))
    await page.mouse.move(5, 300)
    await expect.poll(async () => (await links.allTextContents())[0]).toBe('Changed now')
    await page.close()
  })
})

describe('a long line-up with bad names', () => {
  test('shows HTML as text, everywhere', async () => {
    const { id } = await on.stage.call<{ id: string }>('sessions.create', { name: evil, notes: evil })
    await on.stage.call('lineup.paste', { sessionId: id, text: skus[0] })
    const page = await on.stage.open('/sessions')
    page.on('dialog', () => on.stage.errors.push('A dialog opened'))
    await page.getByRole('link', { name: evil }).click()
    await rows(page).first().click()
    await page.getByRole('textbox', { name: 'Talking points' }).fill(`${evil}\n\n[link](javascript:alert(3))`)
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.locator('.detail-preview').waitFor()
    expect(await shownNames(page)).toEqual([evil])
    expect(await page.locator('img[src="x"], #root script, a[href^="javascript"]').count()).toBe(0)
    await page.close()
  })

  test('keeps fewer than 60 rows of 300 on the page, wherever it is scrolled to', async () => {
    const id = await on.newSession('Long', 299)
    const page = await on.openBuilder(id)
    const grid = page.getByRole('grid')
    for (const part of [0, 0.3, 0.7, 1]) {
      await grid.evaluate((element, to) => element.scrollTo(0, element.scrollHeight * to), part)
      await expect.poll(() => rows(page).count()).toBeLessThan(60)
    }
    await grid.focus()
    await page.keyboard.press('End')
    await page.locator('.line[aria-selected="true"] .line-number:text-is("299")').waitFor()
    expect(await rows(page).count()).toBeLessThan(60)
    expect(await seriousProblems(page)).toEqual([])
    await page.close()
  })

  test('works on a phone: the item is a page of its own', async () => {
    const id = await on.newSession('Phone', 5)
    const page = await on.stage.open(`/sessions/${id}`, { width: 390, height: 844 })
    await rows(page).nth(2).click()
    await page.getByLabel('Price', { exact: true }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Line-up' }).click()
    await rows(page).nth(2).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.close()
  })
})

test('no page wrote an error', () => {
  expect(on.stage.errors).toEqual([])
})
