/** Finds the Chromium that tests and benchmarks drive. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installPackages } from './apt.mjs'
import { projectNode, root } from './build-if-needed.mjs'

const shell = '/usr/bin/chromium-headless-shell'
const usualPlaces = {
  linux: [
    // The same engine without what a window needs: it starts in half the time.
    shell,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
}

/** The path of a browser that is here, or null. CHROME_PATH wins. */
export async function findBrowser() {
  const { chromium } = await import('playwright')
  const places = [process.env.CHROME_PATH, ...(usualPlaces[process.platform] ?? []), chromium.executablePath()]
  return places.find((place) => place && existsSync(place)) ?? null
}

/** The same; where there is none, tries to install one. */
export async function findOrInstallBrowser() {
  if (!process.env.CHROME_PATH) await installPackages(['chromium-headless-shell'], () => existsSync(shell))
  await installPackages(['chromium'], async () => (await findBrowser()) !== null)
  const installed = await findBrowser()
  if (installed) return installed
  const args = [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium']
  console.log('No browser found; playwright fetches one')
  spawnSync(projectNode(), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 })
  return await findBrowser()
}
