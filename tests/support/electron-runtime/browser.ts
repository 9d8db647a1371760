import type { BrowserContext } from 'playwright'
import { join } from 'node:path'
import { launchProfile } from '../launch-browser.ts'

const open: { context?: Promise<BrowserContext> } = {}

/** The port at which a test may talk to the pages itself; none without it. */
export const debuggingPortVariable = 'HUDSON_STAND_IN_PORT'

/** One Chromium per app, whose profile lies in `userData`: what pages store outlives the app, as in Electron. */
export function openBrowser(userData: string): void {
  const port = process.env[debuggingPortVariable]
  open.context = launchProfile(join(userData, 'stand-in-chromium'), [
    // All frames of a page in one process, so that one connection reaches them.
    '--disable-site-isolation-trials',
    '--disable-features=IsolateOrigins,site-per-process',
    ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
  ])
  // Whoever needs it hears of a failure; without a window nobody does.
  open.context.catch(() => {})
}

/** Who opens a page waits for the browser; the app itself does not. */
export async function browserContext(): Promise<BrowserContext> {
  if (!open.context) throw new Error('The app is not ready: no window can be opened')
  return open.context
}

export async function closeBrowser(): Promise<void> {
  const context = await open.context
  await context?.close()
}

/** The standard schemes of the app's own. */
const ownSchemes = new Set<string>()

export function addScheme(scheme: string): void {
  ownSchemes.add(scheme)
}

/**
 * Chromium loads no scheme that it does not know, and only a real Electron can teach it one. So `app://HOST/` is
 * `https://HOST.app-scheme.test/` on the browser's side: a secure, standard origin of its own, like the registered scheme.
 */
export function toBrowser(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/, (whole, scheme: string, host: string) =>
    ownSchemes.has(scheme) ? `https://${host}.${scheme}-scheme.test` : whole,
  )
}

export function fromBrowser(url: string): string {
  return url.replace(/^https:\/\/([^/?#]*)\.([a-z0-9+-]+)-scheme\.test(?=[/?#]|$)/, '$2://$1')
}

/** A policy may name schemes: in the browser those are hosts. */
export function policyToBrowser(policy: string): string {
  return policy.replace(/(?<=[\s;])([a-z][a-z0-9+.-]*):(?=[\s;]|$)/g, (whole, scheme: string) =>
    ownSchemes.has(scheme) ? `https://*.${scheme}-scheme.test` : whole,
  )
}
