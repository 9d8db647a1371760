import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { expect, vi } from 'vitest'
import type { Check } from '#shared/diagnostics.ts'
import { must } from '#shared/must.ts'
import { diagnostics as words } from '../../src/renderer/words/en/diagnostics.ts'
import { hudson, serve, tempDir } from '../system/hudson.ts'
import type { Server } from '../system/hudson.ts'
import { picture } from './picture.ts'
import { seriousProblems } from './builder-stage.ts'

/** What the computer does not do: see sick-computer.ts. */
type Sickness = '' | 'full' | 'refused' | 'no-port'

/** A computer with one data folder, on which Hudson is started and ended, and a page that shows it. */
export interface Computer extends AsyncDisposable {
  readonly dir: string
  readonly page: Page
  server(): Server
  /** Starts `hudson serve` with these variables, and opens the app. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  end(signal?: NodeJS.Signals): Promise<void>
  go(path: string): Promise<void>
  /** From now on the computer fails so; with '' all is well again. */
  fail(sickness: Sickness): Promise<void>
  call<T>(name: string, input?: object): Promise<T>
}

export async function openComputer(browser: Browser): Promise<Computer> {
  const stack = new AsyncDisposableStack()
  const root = stack.use(tempDir()).path
  const dir = join(root, 'data')
  mkdirSync(dir, { mode: 0o700 })
  const sickFile = join(root, 'sick')
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  stack.defer(() => context.close())
  const page = await context.newPage()
  const on: { server: Server | null } = { server: null }
  stack.defer(async () => await on.server?.[Symbol.asyncDispose]())
  const server = (): Server => must(on.server, 'a server that runs')
  return {
    dir,
    page,
    server,
    start: async (env = {}) => {
      const shim = resolve(import.meta.dirname, '..', 'support', 'sick-computer.ts')
      const all = { NODE_OPTIONS: `--import ${shim}`, SICK_FILE: sickFile, ...env }
      for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value)
      try {
        on.server = await serve(dir)
      } finally {
        vi.unstubAllEnvs()
      }
      await page.goto(on.server.ready.url)
    },
    end: async (signal = 'SIGTERM') => {
      await server().end(signal)
      on.server = null
    },
    go: async (path) => void (await page.goto(`http://127.0.0.1:${server().ready.port}${path}`)),
    fail: async (sickness) => {
      writeFileSync(sickFile, sickness)
      const done = `${sickFile}.done`
      await expect.poll(() => existsSync(done) && readFileSync(done, 'utf8'), { interval: 10 }).toBe(sickness)
    },
    call: async <T>(name: string, input: object = {}): Promise<T> => {
      const reply = await server().call(name, input)
      if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
      return reply.value as T
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The notice with this title, on whatever screen is open. */
export const noticeOf = (page: Page, title: string | RegExp) => page.getByRole('region', { name: title })

/** What axe says of the screen; and pictures of it. */
export async function lookedAt(page: Page, name: string): Promise<void> {
  expect(await seriousProblems(page), name).toEqual([])
  await picture(page, `failure-${name}`)
}

/** The page of diagnostics and `hudson doctor --json` say the same, but for figures that move. Answers what they say. */
export async function doctorAndPage({ page, dir, go }: Computer): Promise<Map<Check['name'], Check>> {
  await go('/diagnostics')
  const rows = page.locator('.checks[aria-busy="false"] > div')
  await rows.first().waitFor()
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [
      row.querySelector('dt')?.textContent ?? '',
      row.querySelector('.badge')?.textContent ?? '',
      row.querySelector('dd > span:last-child')?.textContent ?? '',
    ]),
  )
  const { out, err } = await hudson(['doctor', '--json', '--data-dir', dir])
  expect(err).toBe('')
  const { checks } = JSON.parse(out) as { checks: Check[] }
  const still = (text: string): string => text.replaceAll(/\d+([.,]\d+)?/g, '0')
  const told = checks.map(({ name, state, detail }) => [words.names[name], words.states[state], still(detail)])
  expect(told).toEqual(
    shown.map(([name = '', badge = '', detail = '']) => [name, badge.replace(/^[●◆▲–]/, ''), still(detail)]),
  )
  return new Map(checks.map((check) => [check.name, check]))
}
