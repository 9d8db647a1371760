import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems } from './builder-stage.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'
import { englishOn, wordsOn } from './words-on.ts'

describe('Hudson in German', () => {
  const on: { stage: ShowStage | null } = { stage: null }
  const stage = (): ShowStage => must(on.stage, 'the stage is set')
  const shot = async (page: Page, name: string) => {
    await page.screenshot({ path: `/tmp/german-${name}.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.screenshot({ path: `/tmp/german-${name}-390.png`, fullPage: true })
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  const isGerman = async (page: Page, name: string): Promise<void> => {
    await shot(page, name)
    console.log(
      name,
      JSON.stringify(
        (await wordsOn(page)).filter((w) => /\b(the|is|are|not|of|and|to|this|was|for|it|in)\b/.test(w)).slice(0, 30),
      ),
    )
    expect.soft({ name, english: await englishOn(page) }).toEqual({ name, english: [] })
    expect.soft(await page.locator('html').getAttribute('lang')).toBe('de')
    expect.soft(await seriousProblems(page)).toEqual([])
  }

  beforeAll(async () => {
    on.stage = await openStage()
  })
  afterAll(() => on.stage?.[Symbol.asyncDispose]())

  test('the choice acts at once, in every window and on the displays', async () => {
    const { open, host } = stage()
    const [display, sessions, settings] = await Promise.all([host(), open('/sessions'), open('/settings')])
    await sessions.getByRole('heading', { name: 'Sessions' }).waitFor()
    expect((await englishOn(settings)).length).toBeGreaterThan(20)
    await settings.getByRole('radio', { name: 'Deutsch' }).click()
    await settings.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    await sessions.getByRole('button', { name: 'Neue Session' }).waitFor()
    await display.getByText('Die Show hat noch nicht begonnen').waitFor()
    await isGerman(settings, 'settings')
    await isGerman(sessions, 'sessions')
    await isGerman(display, 'display')
    await Promise.all([display.close(), sessions.close(), settings.close()])
  })

  test.each([
    ['products', '/products'],
    ['import', '/products?import'],
    ['new', '/products?new'],
    ['activity', '/activity'],
    ['diagnostics', '/diagnostics'],
    ['points', '/points'],
  ])('%s', async (name, path) => {
    const page = await stage().open(path)
    await page.locator('h1').waitFor()
    await page.waitForLoadState('networkidle')
    await isGerman(page, name)
    await page.close()
  })

  test('a session, from the line-up to the show', async () => {
    const { open, sessionId, producer, host, call } = stage()
    const builder = await open(`/sessions/${sessionId}`)
    await builder.locator('.line').first().click()
    await isGerman(builder, 'builder')
    await builder.keyboard.press('?')
    await builder.getByRole('dialog').waitFor()
    await isGerman(builder, 'keys')
    await builder.keyboard.press('Escape')
    await builder.getByRole('button', { name: 'Produkte hinzufügen' }).first().click()
    await builder.getByRole('dialog').waitFor()
    await isGerman(builder, 'picker')
    const sheet = await open(`/sessions/${sessionId}/run-sheet`)
    await sheet.locator('h1').waitFor()
    await isGerman(sheet, 'run-sheet')
    await call('live.start', { sessionId, mode: 'rehearsal' })
    await call('live.goto', { sessionId, number: 3 })
    await call('live.message', { sessionId, text: 'Jetzt {price}' })
    const console_ = await producer()
    await console_.getByText('Probe').first().waitFor()
    await isGerman(console_, 'producer')
    const display = await host()
    await display
      .getByText(/^\d+,\d\d$/)
      .first()
      .waitFor()
    await isGerman(display, 'host')
    await call('live.end', { sessionId })
  })
})
