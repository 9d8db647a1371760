import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'

interface State {
  readonly itemId: string
  readonly number: number
  readonly mode: string
  readonly nextItemId: string | null
  readonly message: { acknowledgedAt: string | null; text: string } | null
  readonly lineup: readonly { itemId: string; number: number; name: string }[]
}

let stage: ShowStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

const state = () => stage.call<State>('live.state', { sessionId: stage.sessionId })
const live = (name: string, input: object = {}) =>
  stage.call<State>(`live.${name}`, { sessionId: stage.sessionId, ...input })
const shows = (page: Page, number: number) => page.locator(`.host-screen .host-number:text-is("${number}")`).waitFor()
const message = (page: Page) => page.getByLabel('Message to the host')
const leaveFields = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())

/** One after the other on one session, as a show goes. */
describe('a show', () => {
  test('is rehearsed, then goes live after the preflight, and keeps its place', async () => {
    const producer = await stage.producer()
    await producer.getByRole('button', { name: 'Rehearse' }).click()
    await producer.locator('.mode-badge:text("Rehearsal")').waitFor()
    await producer.keyboard.press('4')
    await producer.keyboard.press('Enter')
    await expect.poll(async () => (await state()).number).toBe(4)
    await producer.getByRole('button', { name: 'Go live' }).click()
    const dialog = producer.getByRole('alertdialog')
    await dialog.getByText('No host display is open yet').waitFor()
    // The safe answer has the focus.
    await expect.poll(() => producer.evaluate(() => document.activeElement?.textContent)).toBe('Not yet')
    await dialog.getByRole('button', { name: 'Go live' }).click()
    await producer.locator('.mode-badge[data-mode="live"]').waitFor()
    expect(await state()).toMatchObject({ mode: 'live', number: 4 })
    await producer.close()
  })

  test('follows numbers that are typed in the producer’s window on the host’s', async () => {
    const [producer, host] = await Promise.all([stage.producer(), stage.host()])
    await shows(host, 4)
    await producer.keyboard.press('1')
    await producer
      .locator('.number-overlay:has-text("Everyday Hoops"), .number-overlay-digits:text-is("1")')
      .first()
      .waitFor()
    await producer.keyboard.press('2')
    await shows(host, 12)
    // One digit that no other number begins with goes at once.
    await producer.keyboard.press('7')
    await shows(host, 7)
    await producer.keyboard.press('2')
    await producer.keyboard.press('9')
    await producer.getByText('No 29 (1–24)').waitFor()
    expect((await state()).number).toBe(7)
    // The buffer is also the host's own.
    await host.keyboard.press('2')
    await host.locator('.number-overlay').waitFor()
    await host.keyboard.press('Escape')
    await host.locator('.number-overlay').waitFor({ state: 'detached' })
    await Promise.all([producer.close(), host.close()])
  })

  test('counts every press, ignores a key that is held, and does not wrap', async () => {
    const producer = await stage.producer()
    await live('goto', { number: 1 })
    for (let press = 0; press < 6; press += 1) await producer.keyboard.press('ArrowDown')
    await expect.poll(async () => (await state()).number).toBe(7)
    await producer.keyboard.down('ArrowUp')
    for (let repeat = 0; repeat < 5; repeat += 1) await producer.keyboard.down('ArrowUp')
    await producer.keyboard.up('ArrowUp')
    await producer.keyboard.press('Home')
    await expect.poll(async () => (await state()).number).toBe(1)
    await producer.keyboard.press('Backspace')
    await expect.poll(async () => (await state()).number).toBe(6)
    await producer.keyboard.press('End')
    await expect.poll(async () => (await state()).number).toBe(24)
    await producer.keyboard.press('ArrowDown')
    await producer.getByText('End of the line-up').waitFor()
    expect((await state()).number).toBe(24)
    await producer.close()
  })

  test('brings a message to the host, who acknowledges it; the draft survives everything', async () => {
    const [producer, host] = await Promise.all([stage.producer(), stage.host()])
    await live('goto', { number: 5 })
    await producer.keyboard.press('m')
    await producer.keyboard.type('Slow down at {name}')
    await producer.getByText('The host reads:').waitFor()
    await producer.keyboard.press('Enter')
    const banner = host.locator('.host-message')
    await expect.poll(() => banner.textContent()).toContain('Slow down at Fern Leaf Pendant')
    await producer.getByText('not acknowledged').waitFor()
    await host.keyboard.press('a')
    await producer.getByText(/Acknowledged after 0:0\d/).waitFor()
    expect((await state()).message?.acknowledgedAt).not.toBeNull()

    await message(producer).fill('half a thought')
    await host.keyboard.press('ArrowDown')
    await shows(host, 6)
    await message(producer).press('Escape')
    await producer.keyboard.press('Shift+Escape')
    await banner.waitFor({ state: 'detached' })
    expect(await message(producer).inputValue()).toBe('half a thought')
    await producer.reload()
    await expect.poll(() => message(producer).inputValue()).toBe('half a thought')

    await producer.locator('.preset').first().waitFor()
    await producer.keyboard.press('Alt+1')
    await banner.waitFor()
    await host.keyboard.press('Enter')
    await producer.getByText(/Acknowledged after/).waitFor()
    await Promise.all([producer.close(), host.close()])
  })

  test('leaves caret keys, digits and Space to the text field', async () => {
    const producer = await stage.producer()
    const before = await state()
    await message(producer).fill('')
    await message(producer).focus()
    await producer.keyboard.type('ab 12')
    await producer.keyboard.press('ArrowLeft')
    await producer.keyboard.press('ArrowLeft')
    await producer.keyboard.press('Home')
    await producer.keyboard.type('x')
    await producer.keyboard.press('End')
    await producer.keyboard.press('Backspace')
    expect(await message(producer).inputValue()).toBe('xab 1')
    await producer.keyboard.press('Shift+Enter')
    expect(await message(producer).inputValue()).toBe('xab 1\n')
    expect((await state()).itemId).toBe(before.itemId)
    await message(producer).fill('')
    await producer.close()
  })

  test('keeps an edit from the host until “Update host”, and with its item when the show moves on', async () => {
    const [producer, host] = await Promise.all([stage.producer(), stage.host()])
    await live('goto', { number: 8 })
    await shows(host, 8)
    const name = host.locator('.host-name')
    const before = await name.textContent()
    await producer.getByText('Number 8, on air').waitFor()
    await producer.getByLabel('Name', { exact: true }).fill('Moonlight strand')
    await producer.getByText('The host still sees the old one').waitFor()
    expect(await name.textContent()).toBe(before)

    // Moving on leaves the edit where it was typed.
    await live('goto', { number: 9 })
    await producer.getByText('Unsaved edit of 8').waitFor()
    expect(await producer.getByLabel('Name', { exact: true }).inputValue()).not.toBe('Moonlight strand')
    await live('goto', { number: 8 })
    await expect.poll(() => producer.getByLabel('Name', { exact: true }).inputValue()).toBe('Moonlight strand')
    await producer.getByLabel('Name', { exact: true }).press('Control+Enter')
    await host.locator('.host-name:has-text("Moonlight strand")').waitFor()
    await producer.getByTitle('Back to what the catalogue says').click()
    await producer.getByText('The host still sees the old one').waitFor()
    expect(await name.textContent()).toBe('Moonlight strand')
    await leaveFields(producer)
    await producer.keyboard.press('Control+Enter')
    await expect.poll(() => name.textContent()).toBe(before)
    await Promise.all([producer.close(), host.close()])
  })

  test('sets what comes next by hand, and takes it', async () => {
    const producer = await stage.producer()
    await live('goto', { number: 3 })
    await producer.keyboard.press('n')
    await expect.poll(async () => (await state()).nextItemId).not.toBeNull()
    await producer.keyboard.press('1')
    await producer.keyboard.press('Shift+Enter')
    const first = must((await state()).lineup[0], 'the sample line-up has items')
    await expect.poll(async () => (await state()).nextItemId).toBe(first.itemId)
    await producer.getByText('Next, set').waitFor()
    await producer.keyboard.press('Enter')
    await expect.poll(async () => (await state()).number).toBe(1)
    // A number that is clear at once waits too, as long as Shift is down.
    await producer.keyboard.press('Shift+Digit7')
    await producer.locator('.number-overlay-digits:text-is("7")').waitFor()
    await producer.keyboard.press('Shift+Enter')
    const seventh = must((await state()).lineup[6], 'the sample line-up has seven items')
    await expect.poll(async () => (await state()).nextItemId).toBe(seventh.itemId)
    expect((await state()).number).toBe(1)
    await producer.close()
  })

  test('blanks the host, shows the whole picture, and comes back', async () => {
    const [producer, host] = await Promise.all([stage.producer(), stage.host()])
    await live('goto', { number: 3 })
    await shows(host, 3)
    await producer.keyboard.press('b')
    await host.locator('.host-number').waitFor({ state: 'detached' })
    // A clicker's second send within 150 ms is the same press; this one is later.
    await producer.waitForTimeout(200)
    await producer.keyboard.press('b')
    await shows(host, 3)
    await producer.keyboard.press('f')
    await host.locator('.host-number').waitFor({ state: 'detached' })
    await host.locator('.host-picture img').waitFor()
    await host.keyboard.press('Escape')
    await shows(host, 3)
    expect(await state()).toMatchObject({ number: 3 })
    await Promise.all([producer.close(), host.close()])
  })

  test('is at the same place after both windows are loaded anew', async () => {
    const [producer, host] = await Promise.all([stage.producer(), stage.host()])
    await live('goto', { number: 11 })
    await live('image', { step: 1 })
    await shows(host, 11)
    const picture = await host.locator('.host-picture img').getAttribute('src')
    await Promise.all([producer.reload(), host.reload()])
    await shows(host, 11)
    expect(await host.locator('.host-picture img').getAttribute('src')).toBe(picture)
    await producer.locator('.lineup-tile[data-on-air]:has-text("11")').waitFor()
    await Promise.all([producer.close(), host.close()])
  })

  test('shows the producer exactly what the host sees', async () => {
    const host = await stage.host({ width: 1600, height: 900 })
    await live('goto', { number: 12 })
    await shows(host, 12)
    const producer = await stage.producer()
    await producer.getByText('Host display 1600 × 900').waitFor()
    const parts = (page: Page) =>
      page.locator('.host').evaluate((view) =>
        [...view.querySelectorAll<HTMLElement>('.host-head, .host-name, .host-points, .host-picture')].map((part) => ({
          text: part.textContent,
          place: [part.offsetLeft, part.offsetTop, part.offsetWidth, part.offsetHeight],
          size: getComputedStyle(part).fontSize,
        })),
      )
    expect(await parts(producer)).toEqual(await parts(host))
    await Promise.all([producer.close(), host.close()])
  })

  test('ends only after a question whose default is to stay', async () => {
    const producer = await stage.producer()
    await producer.locator('.top-bar').getByRole('button', { name: 'End' }).click()
    const dialog = producer.getByRole('alertdialog')
    await dialog.getByText('End the show?').waitFor()
    // The safe answer gets the focus a moment after the dialog is there.
    await dialog.locator('button:focus').waitFor()
    await producer.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect((await state()).mode).toBe('live')
    await producer.close()
  })
})

test('no page wrote an error to its console', () => {
  expect(stage.errors).toEqual([])
})
