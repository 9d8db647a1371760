import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import {
  addressId,
  openBuilderStage,
  pasteOnto,
  rows,
  seriousProblems,
  shownNames,
  skus,
  tabTo,
} from './builder-stage.ts'
import type { BuilderStage } from './builder-stage.ts'

let on: BuilderStage
beforeAll(async () => {
  on = await openBuilderStage()
})
afterAll(async () => {
  await on[Symbol.asyncDispose]()
})

describe('building a line-up', () => {
  test('a session is made once, however often Enter is pressed', async () => {
    const page = await on.stage.open('/sessions?new')
    await page.getByLabel('Name', { exact: true }).fill('Made once')
    for (let presses = 0; presses < 6; presses++) await page.keyboard.press('Enter')
    await page.getByText('Nothing in the line-up yet').waitFor()
    const { items } = await on.stage.call<{ items: readonly { name: string }[] }>('sessions.list')
    expect(items.filter(({ name }) => name === 'Made once')).toHaveLength(1)
    await page.close()
  })

  test('a dialog gives the focus back to where it was', async () => {
    const page = await on.openBuilder(await on.newSession('Focus', 3))
    const focused = page.locator(':focus')
    await page.getByRole('button', { name: 'Paste ids' }).press('Enter')
    await expect.poll(() => focused.evaluate((element) => element.tagName)).toBe('TEXTAREA')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused.innerText({ timeout: 1_000 })).toBe('Paste ids')
    await page.close()
  })

  test('by paste: 20 items in the order of the list, with a report of what is missing and double', async () => {
    const page = await on.stage.open('/sessions?new')
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
    expect(await on.names(addressId(page))).toEqual(expected)
    await page.close()
  })

  test('by keyboard alone: 20 items in the order in which they were chosen', async () => {
    const page = await on.stage.open('/sessions')
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
    await expect.poll(async () => (await on.detail(id)).items.length).toBe(20)
    const names = await on.names(id)
    const number = (name: string | undefined) => Number(name?.split(' ').at(-1))
    expect(names.slice(0, 10).map(number)).toEqual(
      names
        .slice(0, 10)
        .map(number)
        .toSorted((a, b) => b - a),
    )
    expect(new Set(names.slice(10).map(number))).toEqual(new Set([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]))
    await page.close()
  })
})

describe('reordering', () => {
  test('by keyboard keeps the focus and the selection, and says where the item is now', async () => {
    const id = await on.newSession('Keys', 20)
    const page = await on.openBuilder(id)
    const before = await on.order(id)
    await tabTo(page, page.getByRole('grid'))
    await page.keyboard.press('ArrowDown')
    for (let count = 0; count < 3; count++) await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(async () => (await on.order(id)).indexOf(must(before[0], 'a first item'))).toBe(3)
    await page.getByText('Thing number 2 is now number 4 of 20').waitFor({ state: 'attached' })
    expect(await page.locator('.line[aria-selected="true"] .line-number').textContent()).toBe('4')
    expect(await page.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(true)
    // A block of three, to the top with one key each.
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    const block = before.slice(0, 1).concat(before.slice(4, 6))
    for (let count = 0; count < 3; count++) await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(async () => (await on.order(id)).slice(0, 3)).toEqual(block)
    await page.close()
  })

  test('by "Move to number", with the key and from the menu', async () => {
    const id = await on.newSession('Numbers', 20)
    const page = await on.openBuilder(id)
    const [first, second] = await on.order(id)
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('g')
    await page.getByRole('dialog', { name: 'Move to number' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    await page.keyboard.type('15')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await on.order(id)).indexOf(must(first, 'a first item'))).toBe(14)
    await rows(page).first().getByRole('button').click()
    await page.getByRole('menuitem', { name: /Move to number/ }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('99')
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click()
    await expect.poll(async () => (await on.order(id)).at(-1)).toBe(second)
    await page.close()
  })

  test('by dragging, one row and several', async () => {
    const id = await on.newSession('Drags', 12)
    const page = await on.openBuilder(id)
    const before = await on.order(id)
    const target = must(await rows(page).nth(5).boundingBox(), 'a row')
    await rows(page)
      .nth(1)
      .dragTo(rows(page).nth(5), { targetPosition: { x: 200, y: target.height - 6 } })
    await expect.poll(async () => (await on.order(id)).indexOf(must(before[1], 'a second item'))).toBe(5)
    await rows(page).nth(7).click()
    await rows(page)
      .nth(8)
      .click({ modifiers: ['Shift'] })
    await rows(page)
      .nth(8)
      .dragTo(rows(page).nth(0), { targetPosition: { x: 200, y: 5 } })
    await expect.poll(async () => (await on.order(id)).slice(0, 2)).toEqual([before[7], before[8]])
    await page.close()
  })

  test('never shows an older order while many moves are under way', async () => {
    const id = await on.newSession('Fast', 60)
    const page = await on.openBuilder(id)
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
    await expect.poll(async () => (await on.names(id)).indexOf(first)).toBe(40)
    const seenNow = () => page.evaluate(() => (window as unknown as { seen: number[] }).seen)
    await expect.poll(async () => (await seenNow()).at(-1)).toBe(41)
    const seen = await seenNow()
    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
    await page.close()
  })
})

describe('undo', () => {
  test('goes back more than 50 steps, and forward again', async () => {
    const id = await on.newSession('Steps', 30)
    const page = await on.openBuilder(id)
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    const start = await on.order(id)
    for (let count = 0; count < 54; count++) await page.keyboard.press(count % 3 < 2 ? 'Alt+ArrowDown' : 'Alt+ArrowUp')
    await page.keyboard.press('s')
    await expect.poll(async () => (await on.detail(id)).items.filter(({ skip }) => skip).length).toBe(1)
    const end = await on.order(id)
    expect(end).not.toEqual(start)
    const steps = async () =>
      (await on.stage.call<{ undo: unknown[] }>('history.state', { scope: `session:${id}` })).undo.length
    const made = await steps()
    expect(made).toBeGreaterThan(50)
    for (let count = 1; count < made; count++) await page.keyboard.press('Control+z')
    await expect.poll(() => on.order(id)).toEqual(start)
    expect((await on.detail(id)).items.some(({ skip }) => skip)).toBe(false)
    for (let count = 1; count < made; count++) await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => on.order(id)).toEqual(end)
    await expect.poll(async () => (await on.detail(id)).items.some(({ skip }) => skip)).toBe(true)
    await page.close()
  })

  test('brings back removed rows from the toast, and says in the tooltip what it would do', async () => {
    const id = await on.newSession('Removing', 5)
    const page = await on.openBuilder(id)
    const before = await on.order(id)
    await rows(page).nth(1).click()
    await rows(page)
      .nth(2)
      .click({ modifiers: ['Control'] })
    await page.keyboard.press('Delete')
    await expect.poll(async () => (await on.order(id)).length).toBe(3)
    expect(await page.locator('.line[aria-selected="true"] .line-number').textContent()).toBe('2')
    await page.getByRole('button', { name: 'Undo: Remove 2 items' }).waitFor()
    await page.getByText('Removed 2 items').waitFor()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect.poll(() => on.order(id)).toEqual(before)
    await page.close()
  })
})

test('no page wrote an error', () => {
  expect(on.stage.errors).toEqual([])
})
