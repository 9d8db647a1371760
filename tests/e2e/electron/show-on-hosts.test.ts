import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { must } from '#shared/must.ts'
import { goTo, hosts, paste } from './hosts.ts'

const catalogue = '../shared/fixtures/shopify-csv/jewelery.csv'

async function importCatalogue(page: Page): Promise<void> {
  await goTo(page, '/products')
  await page.getByRole('button', { name: 'Import a catalogue' }).click()
  await page.locator('input[type="file"]').setInputFiles(catalogue)
  await page.getByRole('button', { name: 'Import 20 products' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('20 products').first().waitFor()
}

/** The names of the first products in the file. */
function names(count: number): readonly string[] {
  const rows: readonly Readonly<Record<string, string>>[] = parse(readFileSync(catalogue), { columns: true, bom: true })
  return rows.flatMap(({ Title = '' }) => (Title === '' ? [] : [Title])).slice(0, count)
}

/** A session by its dialog, its line-up by a paste. Answers the session's id. */
async function buildLineup(page: Page, words: string): Promise<string> {
  await goTo(page, '/sessions')
  await page.getByRole('heading', { name: 'Sessions' }).waitFor()
  await page.keyboard.press('Control+N')
  await page.getByRole('dialog', { name: 'New session' }).getByRole('textbox').first().fill('Friday night')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing in the line-up yet').waitFor()
  await page.locator('#content').focus()
  await paste(page, words)
  const dialog = page.getByRole('dialog', { name: 'Paste products' })
  await dialog.getByText('3 products found').waitFor()
  await page.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  return must(/\/sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1], 'a session in the address')
}

const shows = (host: Page, number: number): Promise<void> =>
  host.locator(`.host-screen .host-number:text-is("${number}")`).waitFor()

describe.each(hosts)('the show in $name', ({ missing, open }) => {
  it('is imported, built, live, and live at the same place after a restart', async (ctx) => {
    if (missing !== null) ctx.skip(missing)
    if (!existsSync(catalogue)) ctx.skip(`the catalogue files are not here (${catalogue})`)
    await using hudson = await open()
    const page = await hudson.main()
    await importCatalogue(page)
    const id = await buildLineup(page, names(3).join('\n'))

    const producer = await hudson.openWindow(`/sessions/${id}/producer`)
    const host = await hudson.openWindow(`/host/${id}`)
    await producer.getByRole('button', { name: 'Rehearse' }).click()
    await shows(host, 1)
    await producer.getByRole('button', { name: 'Go live' }).click()
    await producer.getByRole('alertdialog').getByRole('button', { name: 'Go live' }).click()
    await producer.getByRole('alertdialog').waitFor({ state: 'detached' })
    await producer.keyboard.press('3')
    await shows(host, 3)

    await hudson.restart()
    const again = await hudson.openWindow(`/host/${id}`)
    await shows(again, 3)
    const console = await hudson.openWindow(`/sessions/${id}/producer`)
    await console.locator('.mode-badge[data-mode="live"]').waitFor()
    await console.keyboard.press('2')
    await shows(again, 2)
    expect(again.url()).toContain(`/host/${id}`)
  })
})
