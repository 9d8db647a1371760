import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { findBrowser } from '../../scripts/browser.mjs'

/** The Chromium of this machine, without a window and without calls of its own to the network. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser()
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ]
  return chromium.launch({ args, ...(executablePath && { executablePath }) })
}
