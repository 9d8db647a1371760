import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { runApp } from '../../support/electron-runtime/run-app.ts'
import type { RunningApp } from '../../support/electron-runtime/run-app.ts'
import { openProxy } from '../../support/tcp-proxy.ts'
import { teamOf } from '../../system/sync-team.ts'

// What can fail around the desktop app: no port for pages in browsers, a computer that sleeps, a second instance, a team that
// is ahead.

const eventually = (check: () => Promise<void> | void): Promise<void> =>
  vi.waitFor(check, { timeout: 60_000, interval: 100 })

interface Opened {
  readonly app: RunningApp
  readonly dataDir: string
  call<T>(name: string, input?: object): Promise<T>
  /** The words of the notice, or of the whole page. */
  text(selector?: string): Promise<string>
  press(button: string): Promise<void>
}

/** The app, until the test is over; `sick`: what its computer does not do. */
async function open(env: Record<string, string> = {}, sick = ''): Promise<Opened & { fail(sickness: string): void }> {
  const root = mkdtempSync(join(tmpdir(), 'hudson-desktop-'))
  const dataDir = join(root, 'data')
  const sickFile = join(root, 'sick')
  writeFileSync(sickFile, sick)
  const shim = resolve(import.meta.dirname, '..', '..', 'support', 'sick-computer.ts')
  const app = runApp(dataDir, { env: { NODE_OPTIONS: `--import ${shim}`, SICK_FILE: sickFile, ...env } })
  onTestFinished(async () => {
    app.kill()
    await app.ended
    rmSync(root, { recursive: true, force: true, maxRetries: 20 })
  })
  await eventually(async () => expect((await app.windows())[0]?.visible, app.said()).toBe(true))
  const call = async <T>(name: string, input: object = {}): Promise<T> => {
    const source = `window.hudson.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`
    const reply = (await app.evaluate(0, source)) as { ok: boolean; value: T }
    expect(reply.ok, JSON.stringify(reply)).toBe(true)
    return reply.value
  }
  return {
    app,
    dataDir,
    call,
    text: async (selector = 'body') =>
      (await app.evaluate(0, `document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`)) as string,
    press: async (button) => {
      const found = `[...document.querySelectorAll('.notice button')].find((one) => one.textContent === '${button}')`
      await app.evaluate(0, `${found}.click()`)
    },
    fail: (sickness) => writeFileSync(sickFile, sickness),
  }
}

it('without a port it works, says what does not, and takes one as soon as there is one', async () => {
  const { dataDir, text, press, call, fail } = await open({}, 'no-port')
  await eventually(async () => expect(await text('.notice')).toContain('Displays in browsers cannot be opened'))
  expect(await call<{ id: string }>('sessions.create', { name: 'Friday' })).toMatchObject({ name: 'Friday' })
  expect(existsSync(join(dataDir, 'studio.json'))).toBe(false)
  expect(readFileSync(join(dataDir, 'logs', 'hudson.log'), 'utf8')).toContain('the studio server could not be started')
  await press('Try again now')
  await eventually(async () => expect(await text('.notice')).toContain('Displays in browsers cannot be opened'))
  fail('')
  await eventually(async () => {
    await call('trouble.retry')
    expect(await text('.notice')).toBe('')
  })
  const { port } = JSON.parse(readFileSync(join(dataDir, 'studio.json'), 'utf8')) as { port: number }
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
})

it('after the computer slept, what waits goes out over new connections; a newer team offers the update here', async () => {
  const { url, sql } = await teamOf()
  const { hostname: host, port } = new URL(url)
  const network = await openProxy({ host, port: Number(port) })
  onTestFinished(() => network[Symbol.asyncDispose]())
  const { app, call, text } = await open({ HUDSON_DATABASE_URL: network.url(url) })
  const state = async () => (await call<{ state: string }>('sync.status')).state
  await eventually(async () => expect(await state()).toBe('online'))
  // The other end of every connection is gone without a word, as after a night.
  network.halfOpen()
  await app.power('suspend')
  await call('sessions.create', { name: 'Friday' })
  network.pass()
  await app.power('resume')
  await eventually(async () => expect(await sql('SELECT name FROM sessions')).toEqual([{ name: 'Friday' }]))

  await sql('UPDATE sync_clock SET min_client_schema = 99')
  await call('sessions.create', { name: 'Saturday' })
  await eventually(async () => expect(await text('.notice')).toContain('1 edit waits on this computer.'))
  expect(await text('.notice')).toContain('Update required')
})

it('a second instance opens nothing: it ends, and the first comes to the front', async () => {
  const { app, dataDir } = await open()
  const first = async () => must((await app.windows())[0], 'a window')
  const { focused } = await first()
  const second = runApp(dataDir)
  expect(await second.ended, second.said()).toBe(0)
  await eventually(async () => expect((await first()).focused).toBeGreaterThan(focused))
  expect(await app.windows()).toHaveLength(1)
})
