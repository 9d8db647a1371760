import { unzipSync } from 'fflate'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems } from './builder-stage.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

interface Crashes {
  readonly items: readonly { readonly title: string; readonly state: string; readonly kind: string }[]
}

/** Nobody listens there: what may be sent waits. */
const dsn = 'http://publickey@127.0.0.1:1/7'
const canary = 'sk-canary-0123456789'

describe('diagnostics, the support bundle and privacy', () => {
  const on: { stage: SignedIn | null } = { stage: null }
  const stage = (): SignedIn => must(on.stage, 'the stage is set')
  const crashes = async () => (await stage().call<Crashes>('crashes.list')).items

  beforeAll(async () => {
    vi.stubEnv('HUDSON_CRASH_DSN', dsn)
    vi.stubEnv('HUDSON_SECRETS_PASSPHRASE', 'correct horse battery')
    on.stage = await signIn('--demo')
  })
  afterAll(async () => {
    await on.stage?.[Symbol.asyncDispose]()
    vi.unstubAllEnvs()
  })

  /** Breaks something in the page, as a fault of ours would, and waits until it is written down. */
  async function breakPage(page: Page, message: string): Promise<void> {
    await page.evaluate((text) => {
      // An error that is thrown later, by nobody who is waited for.
      queueMicrotask(() => {
        throw new TypeError(text)
      })
    }, message)
    await vi.waitFor(async () => expect((await crashes()).some(({ title }) => title.includes(message))).toBe(true))
  }

  test('every look says how it stands; the bundle is shown as it is, then saved as it was shown', async () => {
    // One that no look tries: nothing is asked over the network here.
    await stage().call('secrets.set', { name: 'shopifyClientSecret', value: canary })
    const page = await stage().open('/diagnostics')
    const looks = page.locator('.checks > div')
    await looks.filter({ hasText: 'Waiting edits' }).getByText('Good').waitFor()
    await looks.filter({ hasText: 'Displays' }).getByText('Not set up').waitFor()
    await looks.filter({ hasText: 'Crashes' }).getByText('Nothing broke').waitFor()
    await page.evaluate((text) => reportError(new RangeError(text)), `${canary} of “Blue knit”`)
    await vi.waitFor(async () =>
      expect((await crashes()).map(({ title }) => title)).toContain('RangeError: [redacted] of "…"'),
    )

    await page.getByRole('button', { name: 'Show what is in it' }).click()
    const contents = page.getByRole('group', { name: 'What is in the bundle' })
    await contents.getByText('Settings, without what you typed in').click()
    const settings = contents.getByRole('region', { name: 'Settings, without what you typed in' })
    expect(await settings.innerText()).toContain('"crashReports": "off"')
    await contents.getByText('A crash report').click()
    expect(await contents.getByRole('region', { name: 'A crash report' }).innerText()).toContain('RangeError')
    expect(await seriousProblems(page)).toEqual([])
    const shown = await contents.locator('pre').allTextContents()
    expect(shown.join()).not.toMatch(/canary|Blue knit/)

    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the bundle' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^hudson-support-.*\.zip$/)
    const files = unzipSync(readFileSync(await download.path()))
    expect(Object.values(files).map((bytes) => Buffer.from(bytes).toString('utf8'))).toEqual(shown)
    await page.close()
  })

  test('nothing is sent before somebody agrees; what waits is deleted when they think better of it', async () => {
    const page = await stage().open('/settings#privacy')
    const privacy = page.getByRole('region', { name: 'Privacy' })
    await privacy.getByText('1 report', { exact: false }).first().waitFor()
    const consent = privacy.getByRole('switch', { name: 'Send crash reports to Hudson’s makers' })
    expect(await consent.getAttribute('aria-checked')).toBe('false')
    await privacy.getByText('They go to 127.0.0.1:1.').waitFor()
    await privacy.getByText('See the newest report').click()
    expect(await privacy.getByRole('region', { name: 'See the newest report' }).innerText()).toContain('"RangeError"')
    expect(await seriousProblems(page)).toEqual([])

    await consent.press('Space')
    await vi.waitFor(async () => {
      expect(await stage().call('settings.get')).toMatchObject({ privacy: { crashReports: 'on' } })
    })
    await breakPage(page, 'after the consent')
    await privacy.getByText('1 waits to be sent').waitFor()
    await consent.press('Space')
    await privacy.getByText('Off. 1 report that waited was deleted and is not sent.').waitFor()
    expect((await crashes()).map(({ state, kind }) => `${kind} ${state}`)).toEqual(['page kept'])

    await privacy.getByRole('button', { name: 'Delete all reports' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await privacy.getByText('See what a report looks like').waitFor()
    expect(await crashes()).toEqual([])
    await page.close()
  })
})
