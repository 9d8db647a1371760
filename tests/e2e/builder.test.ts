import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'

interface Item {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly section: string | null
  readonly skip: boolean
  readonly overrides: object
}
interface Detail {
  readonly id: string
  readonly name: string
  readonly notes: string
  readonly code: string
  readonly items: readonly Item[]
}

const evil = '<img src=x onerror=alert(1)><script>alert(2)</script> & "Ring"'
const skus = Array.from({ length: 300 }, (_, index) => `BLD-${String(index + 1).padStart(3, '0')}`)

let stage: ShowStage
beforeAll(async () => {
  stage = await openStage()
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const rows = skus.map((sku, index) => {
    const title = index === 0 ? evil : `Thing number ${String(index + 1)}`
    return [sku.toLowerCase(), `"${title.replaceAll('"', '""')}"`, 'Builder', sku, `${String(index + 1)}.00`].join(',')
  })
  await stage.call('library.importCsv', {
    content: ['Handle,Title,Vendor,Variant SKU,Variant Price', ...rows].join('\n'),
  })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

const detail = (id: string) => stage.call<Detail>('sessions.get', { id })
const namesOf = async (id: string) => (await detail(id)).items.map(({ name }) => name)
const order = async (id: string) => (await detail(id)).items.map((item) => item.id)
const rows = (page: Page) => page.locator('.line')
const shownNames = (page: Page) => page.locator('.line .line-name > :first-child').allTextContents()
const addressId = (page: Page) => must(/\/sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1], 'a session in the address')

/** A session of so many products, made without a page. */
async function newSession(name: string, count: number, from = 1): Promise<string> {
  const { id } = await stage.call<Detail>('sessions.create', { name })
  const text = skus.slice(from, from + count).join('\n')
  if (count > 0) await stage.call('lineup.paste', { sessionId: id, text })
  return id
}

async function openBuilder(id: string): Promise<Page> {
  const page = await stage.open(`/sessions/${id}`)
  await page.locator('.line-up, .empty').first().waitFor()
  return page
}

async function seriousProblems(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Goes on with Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < 40; count++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not get there')
}

async function pasteOnto(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text)
  await page.keyboard.press('Control+V')
}

describe('building a line-up', () => {
  test('by paste: 20 items in the order of the list, with a report of what is missing and double', async () => {
    const page = await stage.open('/sessions?new')
    await page.getByLabel('Name', { exact: true }).fill('Pasted show')
    await page.getByRole('button', { name: 'Create session' }).click()
    await page.getByText('Nothing in the line-up yet').waitFor()
    const wanted = skus.slice(10, 30).toReversed()
    await page.locator('#content').focus()
    await pasteOnto(page, [...wanted, 'NO-SUCH-SKU', wanted[0]].join('\n'))
    const dialog = page.getByRole('dialog', { name: 'Paste products' })
    await dialog.getByText('20 products found').waitFor()
    await dialog.getByText('1 not found').waitFor()
    await dialog.getByText('1 already there or twice').waitFor()
    expect(await dialog.locator('.paste-list').nth(1).allInnerTexts()).toEqual(['NO-SUCH-SKU'])
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Add 20 products' }).click()
    await expect.poll(() => rows(page).count()).toBeGreaterThan(10)
    const expected = wanted.map((sku) => `Thing number ${String(Number(sku.slice(4)))}`)
    expect(await namesOf(addressId(page))).toEqual(expected)
    await page.close()
  })

  test('by keyboard alone: 20 items in the order in which they were chosen', async () => {
    const page = await stage.open('/sessions')
    await page.locator('.session-row').first().waitFor()
    await page.keyboard.press('Control+N')
    await page.getByRole('dialog', { name: 'New session' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.type('Typed show')
    await page.keyboard.press('Enter')
    await page.waitForURL(/sessions\/[0-9a-f-]{36}/)
    await tabTo(page, page.getByRole('button', { name: 'Add products' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Add products' })
    const search = dialog.getByRole('searchbox')
    await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('BLD-02')
    await dialog.getByText('10 products').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    for (let count = 0; count < 10; count++) {
      await page.keyboard.press('Space')
      await page.keyboard.press('ArrowUp')
    }
    // Up from the first row is the search again; another search keeps what is chosen.
    await page.keyboard.press('ArrowUp')
    await search.evaluate((field) => (field as HTMLInputElement).select())
    await page.keyboard.type('BLD-04')
    await dialog.getByText('Thing number 40').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    for (let count = 0; count < 9; count++) await page.keyboard.press('Shift+ArrowDown')
    await dialog.getByRole('button', { name: 'Add 20 products' }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    const id = addressId(page)
    await expect.poll(async () => (await detail(id)).items.length).toBe(20)
    const names = await namesOf(id)
    const number = (name: string | undefined) => Number(name?.split(' ').at(-1))
    expect(names.slice(0, 10).map(number)).toEqual(names.slice(0, 10).map(number).toSorted((a, b) => b - a))
    expect(new Set(names.slice(10).map(number))).toEqual(new Set([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]))
    await page.close()
  })
})

describe('reordering', () => {
  test('by keyboard keeps the focus and the selection, and says where the item is now', async () => {
    const id = await newSession('Keys', 20)
    const page = await openBuilder(id)
    const before = await order(id)
    await tabTo(page, page.getByRole('grid'))
    await page.keyboard.press('ArrowDown')
    for (let count = 0; count < 3; count++) await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(async () => (await order(id)).indexOf(must(before[0], 'a first item'))).toBe(3)
    await page.getByText('Thing number 2 is now number 4 of 20').waitFor({ state: 'attached' })
    expect(await page.locator('.line[aria-selected="true"] .line-number').textContent()).toBe('4')
    expect(await page.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(true)
    // A block of three, to the top with one key each.
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    const block = before.slice(0, 1).concat(before.slice(4, 6))
    for (let count = 0; count < 3; count++) await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(async () => (await order(id)).slice(0, 3)).toEqual(block)
    await page.close()
  })

  test('by "Move to number", with the key and from the menu', async () => {
    const id = await newSession('Numbers', 20)
    const page = await openBuilder(id)
    const [first, second] = await order(id)
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('g')
    await page.getByRole('dialog', { name: 'Move to number' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.type('15')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await order(id)).indexOf(must(first, 'a first item'))).toBe(14)
    await rows(page).first().getByRole('button').click()
    await page.getByRole('menuitem', { name: /Move to number/ }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('99')
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click()
    await expect.poll(async () => (await order(id)).at(-1)).toBe(second)
    await page.close()
  })

  test('by dragging, one row and several', async () => {
    const id = await newSession('Drags', 12)
    const page = await openBuilder(id)
    const before = await order(id)
    const target = must(await rows(page).nth(5).boundingBox(), 'a row')
    await rows(page).nth(1).dragTo(rows(page).nth(5), { targetPosition: { x: 200, y: target.height - 6 } })
    await expect.poll(async () => (await order(id)).indexOf(must(before[1], 'a second item'))).toBe(5)
    await rows(page).nth(7).click()
    await rows(page).nth(8).click({ modifiers: ['Shift'] })
    await rows(page).nth(8).dragTo(rows(page).nth(0), { targetPosition: { x: 200, y: 5 } })
    await expect.poll(async () => (await order(id)).slice(0, 2)).toEqual([before[7], before[8]])
    await page.close()
  })

  test('never shows an older order while many moves are under way', async () => {
    const id = await newSession('Fast', 60)
    const page = await openBuilder(id)
    const first = must((await shownNames(page))[0], 'a first item')
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.evaluate(() => {
      const seen: number[] = []
      const watch = (): void => {
        seen.push(Number(document.querySelector('.line[aria-selected="true"] .line-number')?.textContent))
        requestAnimationFrame(watch)
      }
      watch()
      Object.assign(window, { seen })
    })
    for (let count = 0; count < 40; count++) await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(async () => (await namesOf(id)).indexOf(first)).toBe(40)
    const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
    expect(seen.at(-1)).toBe(41)
    await page.close()
  })
})

describe('undo', () => {
  test('goes back more than 50 steps, and forward again', async () => {
    const id = await newSession('Steps', 30)
    const page = await openBuilder(id)
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    const start = await order(id)
    for (let count = 0; count < 54; count++) await page.keyboard.press(count % 3 < 2 ? 'Alt+ArrowDown' : 'Alt+ArrowUp')
    await page.keyboard.press('s')
    await expect.poll(async () => (await detail(id)).items.filter(({ skip }) => skip).length).toBe(1)
    const end = await order(id)
    expect(end).not.toEqual(start)
    const steps = async () => (await stage.call<{ undo: unknown[] }>('history.state', { scope: `session:${id}` })).undo.length
    const made = await steps()
    expect(made).toBeGreaterThan(50)
    for (let count = 1; count < made; count++) await page.keyboard.press('Control+z')
    await expect.poll(() => order(id)).toEqual(start)
    expect((await detail(id)).items.some(({ skip }) => skip)).toBe(false)
    for (let count = 1; count < made; count++) await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => order(id)).toEqual(end)
    await expect.poll(async () => (await detail(id)).items.some(({ skip }) => skip)).toBe(true)
    await page.close()
  })

  test('brings back removed rows from the toast, and says in the tooltip what it would do', async () => {
    const id = await newSession('Removing', 5)
    const page = await openBuilder(id)
    const before = await order(id)
    await rows(page).nth(1).click()
    await rows(page).nth(2).click({ modifiers: ['Control'] })
    await page.keyboard.press('Delete')
    await expect.poll(async () => (await order(id)).length).toBe(3)
    expect(await page.locator('.line[aria-selected="true"] .line-number').textContent()).toBe('2')
    await page.getByRole('button', { name: 'Undo: Remove 2 items' }).waitFor()
    await page.getByText('Removed 2 items').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => order(id)).toEqual(before)
    await page.close()
  })
})

describe('editing an item', () => {
  test('shows an override as such, and reverts it', async () => {
    const id = await newSession('Overrides', 3)
    const page = await openBuilder(id)
    await rows(page).nth(0).click()
    await page.keyboard.press('Enter')
    const price = page.getByLabel('Price', { exact: true })
    await price.fill('1.50')
    await price.press('Tab')
    await page.getByText('Differs from the catalogue: 2.00').waitFor()
    await expect.poll(async () => (await detail(id)).items[0]?.overrides).toEqual({ priceCents: 150 })
    await page.locator('.line-mark[data-mark="override"]').first().waitFor()
    await page.getByRole('button', { name: 'Revert Price to the catalogue' }).click()
    await expect.poll(async () => (await detail(id)).items[0]?.overrides).toEqual({})
    await expect.poll(() => price.inputValue()).toBe('2.00')
    await price.fill('two')
    await page.getByText('This is not a price').waitFor()
    await price.fill('2.00')
    await page.getByText('This is not a price').waitFor({ state: 'detached' })
    await page.close()
  })

  test('loses nothing that is typed: on another item, on another screen, and on a reload', async () => {
    const id = await newSession('Drafts', 3)
    const page = await openBuilder(id)
    const itemNotes = page.getByLabel('Notes for the host')
    await rows(page).nth(0).click()
    await itemNotes.fill('Said first')
    await rows(page).nth(1).click()
    await itemNotes.fill('Said second')
    await page.getByRole('link', { name: 'Products' }).click()
    await page.waitForURL(/products/)
    const saved = async () => (await stage.call<{ items: { notes: string }[] }>('sessions.get', { id })).items.map(({ notes }) => notes)
    await expect.poll(saved).toEqual(['Said first', 'Said second', ''])
    await page.goto(page.url().replace(/products.*/, `sessions/${id}`))
    const notes = page.getByLabel('Notes', { exact: true })
    await notes.pressSequentially('Typed and gone')
    await page.reload()
    await expect.poll(async () => (await detail(id)).notes).toBe('Typed and gone')
    expect(await notes.inputValue()).toBe('Typed and gone')
    await page.close()
  })

  test('never replaces what is being typed with what changes elsewhere', async () => {
    const id = await newSession('Typing', 2)
    const page = await openBuilder(id)
    const notes = page.getByLabel('Notes', { exact: true })
    await notes.pressSequentially('Mine')
    await stage.call('sessions.update', { id, patch: { notes: 'Theirs', code: 'NEW10' } })
    await expect.poll(() => page.getByLabel('Discount code').inputValue()).toBe('NEW10')
    expect(await notes.inputValue()).toBe('Mine')
    await notes.pressSequentially(' stays')
    await expect.poll(async () => (await detail(id)).notes).toBe('Mine stays')
    await page.close()
  })
})

describe('the list of sessions', () => {
  test('deletes with one key, hands the focus on, and brings back with Undo', async () => {
    const id = await newSession('To be deleted', 4)
    const page = await stage.open('/sessions')
    await page.getByRole('link', { name: 'To be deleted' }).focus()
    await page.keyboard.press('Delete')
    await page.getByText('Deleted “To be deleted”').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'To be deleted' }).count()).toBe(0)
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-session') ?? '')).toMatch(/-/)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByRole('link', { name: 'To be deleted' }).waitFor()
    expect((await detail(id)).items).toHaveLength(4)
    expect(await seriousProblems(page)).toEqual([])
    await page.close()
  })

  test('duplicates into a copy with its name selected', async () => {
    await newSession('Original', 2)
    const page = await stage.open('/sessions')
    await page.getByRole('link', { name: 'Original' }).focus()
    await page.keyboard.press('Control+d')
    const name = page.getByLabel('Name of the session')
    await expect.poll(() => name.inputValue()).toBe('Copy of Original')
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Name of the session')
    await page.keyboard.type('Second evening')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await detail(addressId(page))).name).toBe('Second evening')
    await page.close()
  })

  test('does not move rows under the pointer', async () => {
    const id = await newSession('Changed meanwhile', 1)
    await newSession('Newer', 1)
    const page = await stage.open('/sessions')
    const links = page.locator('.session-row-link')
    await links.nth(1).waitFor()
    const before = await links.allTextContents()
    await links.nth(0).hover()
    await stage.call('sessions.update', { id, patch: { notes: 'x', name: 'Changed now' } })
    await page.getByRole('link', { name: 'Changed now' }).waitFor()
    expect((await links.allTextContents()).indexOf('Changed now')).toBe(before.indexOf('Changed meanwhile'))
    await page.mouse.move(5, 300)
    await expect.poll(async () => (await links.allTextContents())[0]).toBe('Changed now')
    await page.close()
  })
})

describe('a long line-up with bad names', () => {
  test('shows HTML as text, everywhere', async () => {
    const { id } = await stage.call<Detail>('sessions.create', { name: evil, notes: evil })
    await stage.call('lineup.paste', { sessionId: id, text: skus[0] })
    const page = await stage.open('/sessions')
    page.on('dialog', () => stage.errors.push('A dialog opened'))
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
    const id = await newSession('Long', 299)
    const page = await openBuilder(id)
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
    const id = await newSession('Phone', 5)
    const page = await stage.open(`/sessions/${id}`, { width: 390, height: 844 })
    await rows(page).nth(2).click()
    await page.getByLabel('Price', { exact: true }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Line-up' }).click()
    await rows(page).nth(2).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.close()
  })

  test('no page wrote an error', () => {
    expect(stage.errors).toEqual([])
  })
})
