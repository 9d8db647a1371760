import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems } from './builder-stage.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'
import { picture } from './picture.ts'

let stage: ShowStage
beforeAll(async () => {
  // Not into the keychain of whoever runs this.
  vi.stubEnv('HUDSON_SECRETS_PASSPHRASE', 'correct horse battery')
  stage = await openStage()
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
})

describe('the keyboard in the settings', () => {
  const number = async () => (await stage.call<{ number: number }>('live.state', { sessionId: stage.sessionId })).number
  const row = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name })

  /** The console shows its keys on its buttons, once it knows them. */
  const labelled = (page: Page, button: string, key: string): Promise<void> =>
    page.locator('.control', { hasText: button }).locator(`kbd:text-is("${key}")`).waitFor()

  test('a command gets another key, which drives the show; the old one does nothing', async () => {
    const page = await stage.open('/settings/keyboard')
    await page.getByRole('searchbox').fill('next item')
    const next = row(page, 'Next item')
    const change = next.getByRole('button', { name: 'Change the key of “Next item”' })
    await change.click()
    await page.keyboard.press('Control+w')
    await next.getByText('Ctrl+W belongs to the system or the browser.').waitFor()
    await page.keyboard.press('5')
    await next.getByText('5 is a digit of a number.').waitFor()
    await page.keyboard.press('f')
    await next.getByText('F belongs to “Full picture”.').waitFor()
    await picture(page, 'keyboard-taken')
    // The safe answer has the focus.
    await page.keyboard.press('Enter')
    expect(await next.locator('kbd').allTextContents()).toEqual(['↓', 'Space', 'Page Down'])
    await page.keyboard.press('Enter')
    await page.keyboard.press('j')
    await next.getByText('Changed').waitFor()
    expect(await next.locator('kbd').allTextContents()).toEqual(['J'])
    await expect.poll(() => change.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.getByRole('searchbox').fill('')
    await picture(page, 'keyboard')
    expect(await seriousProblems(page)).toEqual([])
    await page.close()

    await stage.call('live.start', { sessionId: stage.sessionId, mode: 'rehearsal' })
    const console_ = await stage.producer()
    await labelled(console_, 'Next', 'J')
    const start = await number()
    await console_.keyboard.press('ArrowDown')
    await console_.keyboard.press('Space')
    await console_.keyboard.press('j')
    await expect.poll(number).toBe(start + 1)
    await console_.keyboard.press('?')
    const help = console_.getByRole('dialog', { name: 'Keys' })
    const line = help.locator('dl > div').filter({ has: console_.getByText('Next item', { exact: true }) })
    expect(await line.locator('kbd').allTextContents()).toEqual(['J'])
    await console_.close()
  })

  test('the preset swaps the arrows, a key is swapped and one is switched off; all comes back', async () => {
    const page = await stage.open('/settings/keyboard')
    await page.getByRole('radio', { name: 'Pavoi' }).check()
    await row(page, 'Previous item').locator('kbd:text-is("←")').waitFor()
    await row(page, 'Blank the host view').getByRole('button', { name: 'Switch off' }).click()
    await row(page, 'Blank the host view').getByText('Off').waitFor()
    await row(page, 'Show notes').getByRole('button', { name: 'Change' }).click()
    await page.keyboard.press('f')
    await page.getByRole('button', { name: 'Swap the two' }).click()
    await row(page, 'Full picture').locator('kbd:text-is("H")').waitFor()
    const blank = async () => (await stage.call<{ blank: boolean }>('live.state', { sessionId: stage.sessionId })).blank
    const console_ = await stage.producer()
    await labelled(console_, 'Previous', '←')
    const start = await number()
    await console_.keyboard.press('b')
    await console_.keyboard.press('ArrowLeft')
    await expect.poll(number).toBe(start - 1)
    expect(await blank()).toBe(false)
    await console_.close()
    await page.getByRole('button', { name: 'Reset all' }).click()
    await row(page, 'Next item').locator('kbd:text-is("→")').waitFor()
    expect(await stage.call('settings.get')).toMatchObject({ keys: { preset: 'pavoi', changed: {} } })
    await stage.call('live.end', { sessionId: stage.sessionId })
    expect(stage.errors).toEqual([])
    await page.close()
  })
})

describe('the backups', () => {
  test('one is made, compared, refused during a show, restored and undone', async () => {
    const { items } = await stage.call<{ items: { id: string; name: string }[] }>('products.list', { limit: 2 })
    const [ring, second] = items.map((one) => must(one, 'a product'))
    const nameOf = async (id: string) => (await stage.call<{ name: string }>('products.get', { id })).name
    const was = must(ring, 'a product')
    const page = await stage.open('/settings')
    await page.getByRole('link', { name: 'See the backups' }).click()
    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByText('Backed up.').waitFor()
    await stage.call('products.update', { id: was.id, patch: { name: 'Wrong name', priceCents: 1 } })
    await stage.call('brands.create', { name: 'Made since' })

    await page
      .getByRole('button', { name: /^Restore the backup of/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: /^Back to/ })
    await dialog.getByText('1 goes back to what it was').waitFor()
    await dialog.getByText('Wrong name (name, price)').waitFor()
    await dialog.getByText('1 was made since, and stays').waitFor()
    const alsoNewer = dialog.getByRole('switch', { name: 'Also remove what was made since' })
    expect(await alsoNewer.getAttribute('aria-checked')).toBe('false')
    await alsoNewer.click()
    await dialog.getByText('1 was made since, and is removed').waitFor()
    await picture(page, 'backups-restore')
    expect(await seriousProblems(page)).toEqual([])

    const restore = async (): Promise<void> => {
      await dialog.getByRole('button', { name: 'Restore …' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
    }
    await stage.call('live.start', { sessionId: stage.sessionId, mode: 'rehearsal' })
    await restore()
    await dialog.getByText('A session is live or in rehearsal').waitFor()
    expect(await nameOf(was.id)).toBe('Wrong name')
    await stage.call('live.end', { sessionId: stage.sessionId })
    await restore()
    const toast = page.getByText('Restored: 0 back, 1 changed, 1 removed.')
    await toast.waitFor()
    expect(await nameOf(was.id)).toBe(was.name)
    await page.getByText('Before a restore', { exact: false }).first().waitFor()
    await picture(page, 'backups')
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await page.getByText('The restore was undone.').waitFor()
    expect(await nameOf(was.id)).toBe('Wrong name')
    expect(await nameOf(must(second, 'another').id)).toBe(second?.name)
    expect(stage.errors).toEqual([])
    await page.close()
  })
})

describe('what this computer keeps and shares', () => {
  test('the room for pictures, the name of the computer and the way to the team are set; sharing is paused and goes on', async () => {
    // Nobody listens there.
    await stage.call('secrets.set', { name: 'databaseUrl', value: 'postgresql://a:b@127.0.0.1:1/team' })
    const page = await stage.open('/settings')
    const pictures = page.getByRole('region', { name: 'Pictures' })
    await pictures.getByText(/^\d+ of \d+$/).waitFor()
    await pictures.getByRole('textbox', { name: 'Room for pictures' }).fill('1200')
    await pictures.getByText('of 1,200 MB').waitFor()
    await picture(page, 'settings-pictures', pictures)
    await pictures.getByRole('button', { name: 'Fetch what is missing' }).click()
    await page.getByText('All pictures are here.').waitFor()

    const sharing = page.getByRole('region', { name: 'Sharing' })
    await sharing.getByLabel('Name of this computer').fill('Studio 1')
    await page.keyboard.press('Enter')
    await sharing.getByText('Special networks').click()
    await sharing.getByRole('switch', { name: 'Also talk TLS 1.2' }).click()
    await sharing.getByRole('button', { name: 'Pause' }).click()
    await sharing.getByText('Paused. Everything is saved here').waitFor()
    expect(await sharing.getByRole('button', { name: 'Sync now' }).isDisabled()).toBe(true)
    await picture(page, 'settings-sharing', sharing)
    expect(await seriousProblems(page)).toEqual([])
    await sharing.getByRole('button', { name: 'Resume' }).click()
    await sharing.getByRole('button', { name: 'Sync now' }).click()
    await sharing.getByRole('alert').getByText('reached').waitFor()
    await expect
      .poll(() => stage.call('settings.get'))
      .toMatchObject({
        media: { capMb: 1200, keepDays: 7 },
        team: { deviceName: 'Studio 1', caFile: null, allowTls12: true },
      })
    expect(stage.errors).toEqual([])
    await page.close()
  })
})
