import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { runApp } from '../../support/electron-runtime/run-app.ts'
import type { RunningApp } from '../../support/electron-runtime/run-app.ts'

// The built main process and preload, unchanged, on a stand-in for the Electron runtime that drives a real Chromium. What
// only Electron itself can show (that the sandbox of the system holds) is not shown here.

const session = '019aa000-0000-7000-8000-000000000001'

function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'hudson-desktop-'))
}

async function opened(app: RunningApp): Promise<RunningApp> {
  await vi.waitFor(
    async () => {
      expect(
        (await app.windows()).some(({ visible }) => visible),
        app.said(),
      ).toBe(true)
    },
    { timeout: 60_000, interval: 100 },
  )
  return app
}

describe('the desktop app', () => {
  const dataDir = newDataDir()
  const running: { app: RunningApp | null } = { app: null }
  const app = (): RunningApp => {
    if (!running.app) throw new Error('The app does not run')
    return running.app
  }

  beforeAll(async () => {
    running.app = await opened(runApp(dataDir))
  })
  afterAll(async () => {
    running.app?.kill()
    await running.app?.ended
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  })
  afterEach(async () => {
    for (let count = (await app().windows()).length; count > 1; count--) await app().closeWindow(count - 1)
  })

  const info = `window.hudson.call('app.info', {})`

  it('opens one sandboxed window at its own address', async () => {
    const [window] = await app().windows()
    expect(window?.url).toMatch(/^app:\/\/hudson\//)
    expect(window?.preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // Outside macOS a dictionary would come from the network.
      spellcheck: false,
      devTools: false,
    })
    expect(await app().facts()).toMatchObject({ privileged: ['app'], sandboxed: true })
  })

  it('sends its pages with a policy that lets them load nothing else', async () => {
    const [window] = await app().windows()
    expect(window?.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
  })

  it('lets a page make neither HTML nor code of a text', async () => {
    const attempt = (code: string): Promise<unknown> =>
      app().evaluate(0, `(() => { try { ${code}; return 'taken' } catch { return 'refused' } })()`)
    expect(await attempt(`document.createElement('div').innerHTML = '<b>x</b>'`)).toBe('refused')
    expect(await attempt(`document.createElement('script').src = '/x.js'`)).toBe('refused')
    expect(await attempt(`setTimeout('window.__ran = true')`)).toBe('refused')
    expect(await attempt(`trustedTypes.createPolicy('mine', {})`)).toBe('refused')
    expect(await attempt(`document.createElement('div').textContent = '<b>x</b>'`)).toBe('taken')
  })

  it('gives a page three methods and nothing of Electron', async () => {
    expect(await app().evaluate(0, `Object.keys(window.hudson).sort()`)).toEqual(['call', 'pathOf', 'subscribe'])
    expect(await app().evaluate(0, `[typeof require, typeof process, typeof module].join()`)).toBe(
      'undefined,undefined,undefined',
    )
    expect(await app().evaluate(0, `Object.keys(window).filter((name) => /ipc|electron|standIn/i.test(name))`)).toEqual(
      [],
    )
  })

  it('answers calls', async () => {
    expect(await app().evaluate(0, info)).toMatchObject({ ok: true, value: { runtime: 'electron' } })
    expect(await app().evaluate(0, `window.hudson.call('constructor', {})`)).toMatchObject({
      ok: false,
      error: { code: 'bad-call' },
    })
    expect(await app().evaluate(0, `window.hudson.call(7)`)).toMatchObject({ ok: false, error: { code: 'bad-call' } })
  })

  it('refuses input that no form could hold', async () => {
    const call = `window.hudson.call('settings.update', { patch: { theme: 'x'.repeat(2 ** 21) } })`
    expect(await app().evaluate(0, call)).toMatchObject({
      ok: false,
      error: { code: 'bad-call', message: 'This call is too large, or is not plain data.' },
    })
  })

  it('tells a page what changed, until the page stops listening', async () => {
    const heard = await app().evaluate(
      0,
      `(async () => {
        const heard = []
        const next = () => new Promise((resolve) => { window.__next = resolve })
        let wait = next()
        const stop = window.hudson.subscribe('client:desktop', (event) => { heard.push(event); window.__next() })
        await wait
        wait = next()
        await window.hudson.call('settings.update', { patch: { theme: 'light' } })
        await wait
        stop()
        await window.hudson.call('settings.update', { patch: { theme: 'dark' } })
        await window.hudson.call('app.info', {})
        return heard
      })()`,
    )
    expect(heard).toEqual([
      { event: 'connected', connected: true },
      { event: 'changed', feature: 'settings' },
    ])
  })

  it('has no path for what a script made', async () => {
    expect(await app().evaluate(0, `window.hudson.pathOf(new File(['x'], 'a.csv'))`)).toBe('')
    const asked = `(() => { try { return window.hudson.pathOf({ path: '/etc/passwd' }) } catch { return 'refused' } })()`
    expect(await app().evaluate(0, asked)).toBe('refused')
  })

  it('does not listen to a frame inside its page', async () => {
    await app().evaluate(0, `void document.body.append(document.createElement('iframe'))`)
    const refused = { ok: false, error: { code: 'unauthorized' } }
    await vi.waitFor(async () =>
      expect(await app().ipcFrom(0, 1, 'invoke', 'hudson:call', 'app.info', {})).toMatchObject(refused),
    )
    expect(await app().ipcFrom(0, 0, 'invoke', 'hudson:call', 'app.info', {})).toMatchObject({ ok: true })
    expect(await app().evaluateInChild(0, `typeof window.hudson`)).toBe('undefined')
    await app().evaluate(0, `document.querySelector('iframe').remove()`)
  })

  it('does not listen to a window that it did not open', async () => {
    await app().openUnknownWindow(0, 'app://hudson/')
    expect(await app().evaluate(1, info)).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
  })

  it('opens the host view and the producer console as windows of its own', async () => {
    for (const path of [`/host/${session}`, `/sessions/${session}/producer`]) {
      await app().evaluate(0, `void window.open('${path}')`)
      await vi.waitFor(async () => expect((await app().windows())[1]?.visible).toBe(true), { timeout: 20_000 })
      expect((await app().windows())[1]?.url).toBe(`app://hudson${path}`)
      expect(await app().evaluate(1, info)).toMatchObject({ ok: true })
      await app().closeWindow(1)
    }
  })

  it('opens web pages in the browser, and nothing else', async () => {
    const asked = [
      'https://example.test/help',
      'http://example.test/',
      'file:///etc/passwd',
      'app://evil/',
      '/settings',
    ]
    for (const url of asked) await app().evaluate(0, `void window.open(${JSON.stringify(url)})`)
    await app().evaluate(0, info)
    expect(await app().external()).toEqual([])
    // Where it leads is read first; nobody was asked about the others.
    expect((await app().dialogs()).map(({ options }) => options)).toMatchObject([
      { detail: 'https://example.test/help' },
    ])
    await app().answerDialog('Open')
    await vi.waitFor(async () => expect(await app().external()).toEqual(['https://example.test/help']))
    expect(await app().windows()).toHaveLength(1)
  })

  it('keeps a secret under the key of the system, and shows it to no page', async () => {
    const set = `window.hudson.call('secrets.set', { name: 'openaiApiKey', value: 'sk-canary-of-the-shell' })`
    const kept = { ok: true, value: { set: true, protectedBy: 'safe-storage' } }
    expect(await app().evaluate(0, set)).toEqual(kept)
    const file = readFileSync(join(dataDir, 'secrets', 'safe-storage.json'), 'utf8')
    expect(file).toContain('openaiApiKey')
    expect(file).not.toContain('sk-canary')
    expect(JSON.stringify(await app().evaluate(0, `window.hudson.call('secrets.status', {})`))).not.toContain(
      'sk-canary',
    )
    expect(await app().evaluate(0, `window.hudson.call('secrets.clear', { name: 'openaiApiKey' })`)).toMatchObject({
      value: { set: false },
    })
  })

  it('stays on its page, whatever a script or a link in a description wants', async () => {
    const before = (await app().windows())[0]?.url
    await app().evaluate(0, `void (location.href = 'https://example.test/')`)
    await app().evaluate(0, `void (location.href = '/settings')`)
    await app().evaluate(
      0,
      `void document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.test/' }))`,
    )
    expect(await app().evaluate(0, info)).toMatchObject({ ok: true })
    expect((await app().windows())[0]?.url).toBe(before)
    await app().evaluate(0, `document.querySelector('iframe').remove()`)
  })

  it('goes on telling a page what changed after a navigation that was prevented', async () => {
    const heard = await app().evaluate(
      0,
      `(async () => {
        const heard = []
        const changed = Promise.withResolvers()
        const begun = Promise.withResolvers()
        const stop = window.hudson.subscribe('client:desktop', ({ event }) => {
          heard.push(event)
          if (event === 'connected') begun.resolve()
          else changed.resolve()
        })
        await begun.promise
        location.href = '/settings'
        // The prevented navigation is over once the page can load something again.
        await fetch('/index.html')
        await window.hudson.call('settings.update', { patch: { theme: 'light' } })
        await changed.promise
        stop()
        return heard
      })()`,
    )
    expect(heard).toEqual(['connected', 'changed'])
  })

  it('loads nothing from the network', async () => {
    const load = `fetch('https://example.test/').then(() => 'loaded', () => 'refused')`
    expect(await app().evaluate(0, load)).toBe('refused')
  })

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen'])(
    'grants no permission: %s',
    async (name) => {
      expect(await app().askPermission(0, name)).toEqual([false, false])
    },
  )

  it('attaches no webview', async () => {
    expect(await app().attachWebview(0)).toBe(false)
  })

  it('comes to the front when it is started a second time, and the second one ends before it opens anything', async () => {
    const second = runApp(dataDir)
    expect(await second.ended).toBe(0)
    await vi.waitFor(async () => expect((await app().windows())[0]?.focused).toBeGreaterThan(0), { timeout: 10_000 })
    expect(await app().windows()).toHaveLength(1)
  })

  it('does not listen to its own window once that shows something else', async () => {
    await app().evaluate(0, `void window.open('/host/${session}')`)
    await vi.waitFor(async () => expect((await app().windows())[1]?.visible).toBe(true), { timeout: 20_000 })
    await app().hijack(1, 'https://evil.test/')
    expect(await app().evaluate(1, info)).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
  })
})

describe('the life of the desktop app', () => {
  it('ends when its last window closes, and lets go of everything', async () => {
    const dataDir = newDataDir()
    const first = await opened(runApp(dataDir))
    await first.closeWindow(0)
    expect(await first.ended, first.said()).toBe(0)

    const again = await opened(runApp(dataDir))
    expect(await again.evaluate(0, `window.hudson.call('app.info', {})`)).toMatchObject({ ok: true })
    await again.quit().catch(() => {})
    expect(await again.ended, again.said()).toBe(0)
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  })

  it('says so and ends where the data folder is in use by a server', async () => {
    const dataDir = newDataDir()
    const first = await opened(runApp(dataDir))
    rmSync(join(dataDir, 'electron'), { recursive: true, force: true })
    const second = runApp(dataDir)
    expect(await second.ended).toBe(1)
    expect(second.said()).toContain('already runs on this data folder')
    first.kill()
    await first.ended
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  })
})
