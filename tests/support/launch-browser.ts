import { chromium } from 'playwright'
import type { Browser, BrowserContext } from 'playwright'
import { findBrowser } from '../../scripts/browser.mjs'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

/** The Chromium of this machine, without a window and without calls of its own to the network. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser()
  return chromium.launch({ args: quiet, ...(executablePath && { executablePath }) })
}

/** The same, with a profile that stays in that folder. */
export async function launchProfile(folder: string, args: readonly string[]): Promise<BrowserContext> {
  const executablePath = await findBrowser()
  return chromium.launchPersistentContext(folder, {
    args: [...quiet, ...args],
    viewport: null,
    ...(executablePath && { executablePath }),
  })
}
