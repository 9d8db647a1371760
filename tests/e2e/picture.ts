import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'

/**
 * Pictures of what the tests see, wide and narrow, light and dark, in the folder HUDSON_PICTURES where somebody wants to look at
 * them. `at`: what is to be in sight.
 */
export async function picture(page: Page, name: string, at?: Locator): Promise<void> {
  const dir = process.env['HUDSON_PICTURES']
  if (dir === undefined) return
  mkdirSync(dir, { recursive: true })
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 })
      await at?.evaluate((element) => element.scrollIntoView())
      await page.screenshot({ animations: 'disabled', path: join(dir, `${name}-${theme}-${width}.png`) })
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: null })
}
