import type { Browser, BrowserContext } from 'playwright'
import { launchBrowser } from '../launch-browser.ts'

const open: { browser?: Browser; context?: BrowserContext } = {}

export async function openBrowser(): Promise<void> {
  open.browser = await launchBrowser()
  open.context = await open.browser.newContext({ viewport: { width: 1440, height: 900 } })
}

export function browserContext(): BrowserContext {
  if (!open.context) throw new Error('The app is not ready: no window can be opened')
  return open.context
}

export async function closeBrowser(): Promise<void> {
  await open.browser?.close()
}

/**
 * Chromium loads no scheme that it does not know, and only a real Electron can teach it one. So `app://HOST/` is
 * `https://HOST.app-scheme.test/` on the browser's side: a secure, standard origin of its own, like the registered scheme.
 */
const suffix = '.app-scheme.test'

export function toBrowser(url: string): string {
  return url.replace(/^app:\/\/([^/?#]*)/, `https://$1${suffix}`)
}

export function fromBrowser(url: string): string {
  return url.replace(/^https:\/\/([^/?#]*)\.app-scheme\.test/, 'app://$1')
}
