import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '#shared/must.ts'
import { runApp } from './run-app.ts'
import type { RunningApp } from './run-app.ts'

// `node measure.ts`: starts the built desktop app on the stand-in, and prints as one JSON line how long it took from the spawn
// until the first window was painted, what the main process holds then, and how long after `kill -9` in a live show the host
// view was on its screen again. Chromium's own start is in it, and it is not Electron's.

const POLL_MS = 5
const screens = [
  { id: 1, label: 'Built-in', bounds: { x: 0, y: 0, width: 1440, height: 900 } },
  { id: 2, label: 'Studio', bounds: { x: 1440, y: 0, width: 1920, height: 1080 } },
]
const dataDir = mkdtempSync(join(tmpdir(), 'hudson-measure-'))

async function until(check: () => Promise<boolean>): Promise<void> {
  for (;;) {
    if (await check().catch(() => false)) return
    await new Promise((wait) => setTimeout(wait, POLL_MS))
  }
}

async function call(app: RunningApp, name: string, input: object): Promise<unknown> {
  const reply = await app.evaluate(0, `window.hudson.call('${name}', ${JSON.stringify(input)})`)
  return (reply as { value: unknown }).value
}

/** The window with the host view that is painted; -1 = none yet. */
async function paintedHost(app: RunningApp): Promise<number> {
  const windows = await app.windows()
  const at = windows.findIndex(({ url }) => url.includes('/host/'))
  if (at < 0) return -1
  return (await app.evaluate(at, `document.querySelector('.host-number')?.textContent ?? ''`)) === '3' ? at : -1
}

const begun = performance.now()
const first = runApp(dataDir, { args: ['--demo'], setup: { displays: screens } })
await until(async () => (await first.windows()).some(({ visible }) => visible))
await until(async () =>
  Boolean(await first.evaluate(0, `performance.getEntriesByName('first-contentful-paint').length`)),
)
const paintMs = performance.now() - begun
const rss = await first.inMain(() => process.memoryUsage().rss)

const { items } = (await call(first, 'sessions.list', {})) as { items: { id: string; itemCount: number }[] }
const sessionId = must(items.toSorted((a, b) => b.itemCount - a.itemCount)[0], 'a session').id
const { screens: known } = (await call(first, 'screens.list', {})) as { screens: { id: string }[] }
await call(first, 'screens.show', { screenId: must(known[1], 'a second screen').id, sessionId })
await call(first, 'live.start', { sessionId, mode: 'live' })
await call(first, 'live.goto', { sessionId, number: 3 })
first.kill()
await first.ended

const again = performance.now()
const second = runApp(dataDir, { setup: { displays: screens } })
await until(async () => (await paintedHost(second)) >= 0)
const hostMs = performance.now() - again
second.kill()
await second.ended
rmSync(dataDir, { recursive: true, force: true })
console.log(JSON.stringify({ paintMs, rssMiB: rss / 2 ** 20, hostMs }))
process.exit(0)
