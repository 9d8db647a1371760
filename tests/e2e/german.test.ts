import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems } from './builder-stage.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'
import { englishOn } from './words-on.ts'

describe('Hudson in German', () => {
  const on: { stage: ShowStage | null } = { stage: null }
  const stage = (): ShowStage => must(on.stage, 'the stage is set')
  beforeAll(async () => {
    on.stage = await openStage()
  })
  afterAll(() => on.stage?.[Symbol.asyncDispose]())

  /** What of the English catalogue can be read or heard on the page, and whether it stands wider than its window. */
  const problemsOf = async (page: Page): Promise<readonly string[]> => {
    const path = new URL(page.url()).pathname.replace(stage().sessionId, 'ID')
    const { lang, tooWide } = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      tooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }))
    const english = (await englishOn(page)).map((text) => `${path}: ${text}`)
    return [...english, ...(lang === 'de' ? [] : [`${path}: lang ${lang}`]), ...(tooWide ? [`${path}: too wide`] : [])]
  }

  test('the choice acts at once, in every window and on the displays, and is there at the next start', async () => {
    const { open, host, call } = stage()
    const [display, sessions, settings] = await Promise.all([host(), open('/sessions'), open('/settings')])
    await sessions.getByRole('button', { name: 'New session' }).waitFor()
    await settings.getByRole('radio', { name: 'Deutsch' }).waitFor()
    // The crawl finds English where there is some.
    expect((await englishOn(settings)).length).toBeGreaterThan(20)
    await settings.getByRole('radio', { name: 'Deutsch' }).click()
    await settings.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    await sessions.getByRole('button', { name: 'Neue Session' }).waitFor()
    await display.getByText('Die Show hat noch nicht begonnen').waitFor()
    for (const page of [settings, sessions, display]) expect.soft(await problemsOf(page)).toEqual([])
    expect(await seriousProblems(settings)).toEqual([])
    // What the core says comes in that language as well.
    await expect(call('live.goto', { sessionId: stage().sessionId, number: 999 })).rejects.toThrow('Starte zuerst')
    await settings.reload()
    await settings.getByRole('radio', { name: 'Deutsch' }).waitFor()
    expect.soft(await problemsOf(settings)).toEqual([])
    await Promise.all([display.close(), sessions.close(), settings.close()])
  })

  test('every screen is German, on a phone too', async () => {
    const { open } = stage()
    const page = await open('/products', { width: 390, height: 844 })
    for (const path of ['/products', '/products?import', '/products?new', '/activity', '/points', '/diagnostics']) {
      await page.goto(new URL(path, page.url()).href)
      await page
        .getByRole(path.includes('?') ? 'dialog' : 'heading')
        .first()
        .waitFor()
      if (path === '/diagnostics')
        await page.getByText('Nur auf diesem Computer; kein Team ist eingerichtet.').waitFor()
      expect.soft(await problemsOf(page)).toEqual([])
    }
    await page.goto(new URL('/products', page.url()).href)
    await page.getByText('27 Produkte').waitFor()
    await page.getByRole('link', { name: 'Amber Light Cuff' }).first().click()
    await page.getByRole('heading', { name: 'Bilder' }).waitFor()
    expect.soft(await problemsOf(page)).toEqual([])
    await page.close()
  })

  test('a session, from the line-up to the show, with its prices', async () => {
    const { open, sessionId, producer, host, call } = stage()
    const builder = await open(`/sessions/${sessionId}`)
    await builder.locator('.line').first().click()
    await builder
      .locator('.line')
      .nth(1)
      .click({ modifiers: ['Shift'] })
    expect.soft(await problemsOf(builder)).toEqual([])
    await builder.keyboard.press('?')
    await builder.getByRole('dialog').getByText('Strg').first().waitFor()
    expect.soft(await problemsOf(builder)).toEqual([])
    await builder.keyboard.press('Escape')
    await builder.getByRole('button', { name: 'Produkte hinzufügen' }).first().click()
    await builder.getByRole('dialog').waitFor()
    expect.soft(await problemsOf(builder)).toEqual([])
    const sheet = await open(`/sessions/${sessionId}/run-sheet`)
    await sheet.getByRole('heading').first().waitFor()
    expect.soft(await problemsOf(sheet)).toEqual([])
    await call('live.start', { sessionId, mode: 'rehearsal' })
    await call('live.goto', { sessionId, number: 3 })
    await call('live.message', { sessionId, text: 'Jetzt {price}' })
    const [regie, display] = await Promise.all([producer(), host()])
    await display.getByText('Jetzt 34,00', { exact: true }).waitFor()
    await regie.getByText('Aus der Regie').first().waitFor()
    expect.soft(await problemsOf(regie)).toEqual([])
    expect.soft(await problemsOf(display)).toEqual([])
    await call('live.end', { sessionId })
    expect(stage().errors).toEqual([])
  })
})
