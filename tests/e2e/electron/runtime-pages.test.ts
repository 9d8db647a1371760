import { describe, expect, it, vi } from 'vitest'
import { probeStage } from './probe-stage.ts'

// The stand-in's own rules, each with the page of Electron's documentation that says so.

declare const log: (...words: readonly unknown[]) => void

const { probe, open, page, bridge } = probeStage()

// https://www.electronjs.org/docs/latest/api/web-contents#navigation-events
describe('a navigation', () => {
  const watched = async (prevented: string): Promise<void> => {
    await open('')
    await probe().app.inMain(({ BrowserWindow }, prevent) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const names = [
        'did-start-navigation',
        'will-frame-navigate',
        'will-navigate',
        'did-navigate',
        'did-navigate-in-page',
      ]
      for (const name of names)
        contents?.on(name as 'will-navigate', (event) => {
          log(name)
          if (name === prevent) event.preventDefault()
        })
    }, prevented)
  }

  it('of the page is asked about, in this order', async () => {
    await watched('')
    await page(`void (location.href = '/two')`)
    await vi.waitFor(async () =>
      expect(await probe().log()).toEqual([
        'did-start-navigation',
        'will-frame-navigate',
        'will-navigate',
        'did-navigate',
      ]),
    )
  })

  it('that is prevented has begun all the same, and goes no further', async () => {
    await watched('will-frame-navigate')
    await page(`void (location.href = '/two')`)
    await vi.waitFor(async () => expect(await probe().log()).toEqual(['did-start-navigation', 'will-frame-navigate']))
    expect((await probe().app.windows())[0]?.url).toBe('app://host/one')
  })

  it('of the app is not asked about, nor is one within the document', async () => {
    await watched('will-navigate')
    await probe().app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://host/two'))
    await page(`history.pushState({}, '', '/three')`)
    await vi.waitFor(async () =>
      expect(await probe().log()).toEqual([
        'did-start-navigation',
        'did-navigate',
        'did-start-navigation',
        'did-navigate-in-page',
      ]),
    )
    expect((await probe().app.windows())[0]?.url).toBe('app://host/three')
  })
})

describe('a renderer', () => {
  // https://www.electronjs.org/docs/latest/api/web-contents#event-render-process-gone
  it('that crashes leaves its window, which can be loaded again', async () => {
    await open(bridge('alive: () => true'))
    await probe().app.inMain(
      ({ BrowserWindow }) =>
        void BrowserWindow.getAllWindows()[0]?.webContents.on('render-process-gone', (_event, { reason }) =>
          log(reason),
        ),
    )
    await probe().app.crash(0)
    expect([await probe().log(), (await probe().app.windows())[0]?.crashed]).toEqual([['crashed'], true])
    await probe().app.reload(0)
    await vi.waitFor(async () => expect(await page('api.alive()')).toBe(true))
    expect((await probe().app.windows())[0]).toMatchObject({ crashed: false, url: 'app://host/one' })
  })
})

// https://www.electronjs.org/docs/latest/api/browser-window
describe('a window', () => {
  it('goes to the bounds of its display in full screen, and back', async () => {
    await open('')
    const { app } = probe()
    await app.drag(0, { x: 100, y: 50, width: 700, height: 500 })
    await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setFullScreen(true))
    expect((await app.windows())[0]).toMatchObject({
      fullScreen: true,
      bounds: { x: 0, y: 0, width: 1920, height: 1080 },
      normalBounds: { x: 100, y: 50, width: 700, height: 500 },
    })
    await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setFullScreen(false))
    expect((await app.windows())[0]?.bounds).toEqual({ x: 100, y: 50, width: 700, height: 500 })
  })

  it('tells `moved` and `resized` when the user lets go, and `move` for the app too', async () => {
    await open('')
    await probe().app.inMain(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]
      for (const event of ['move', 'moved', 'resize', 'resized'] as const) window?.on(event as 'move', () => log(event))
      window?.setBounds({ x: 5, y: 5 })
    })
    expect(await probe().log()).toEqual(['move'])
    await probe().app.drag(0, { x: 9, width: 900 })
    expect(await probe().log()).toEqual(['move', 'move', 'resize', 'moved', 'resized'])
  })

  it('goes to another display when its own is unplugged', async () => {
    const { app } = probe()
    await app.plugDisplay({ id: 2, bounds: { x: 1920, y: 0, width: 1280, height: 720 } })
    await open('')
    await app.drag(0, { x: 2000, y: 100 })
    await app.unplugDisplay(2)
    expect((await app.windows())[0]?.bounds).toMatchObject({ x: 0, y: 0 })
  })

  it('refuses every use once it is closed', async () => {
    await open('')
    const said = await probe().app.inMain(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0]
      window?.destroy()
      try {
        window?.setTitle('x')
        return 'done'
      } catch (error) {
        return `${window?.isDestroyed()} ${String(error)}`
      }
    })
    expect(said).toBe('true TypeError: Object has been destroyed')
  })

  it('has one focus among all, and none while it is hidden', async () => {
    await open('')
    await open('')
    const { app } = probe()
    await app.focusWindow(0)
    await app.focusWindow(1)
    expect((await app.windows()).map(({ hasFocus }) => hasFocus)).toEqual([false, true])
    await app.minimize(1)
    expect((await app.windows()).map(({ hasFocus }) => hasFocus)).toEqual([false, false])
  })
})

// https://www.electronjs.org/docs/latest/api/session, …/api/web-request, …/api/protocol
describe('a session', () => {
  it('grants everything until somebody decides, and then what that one says', async () => {
    await open('')
    expect(await probe().app.askPermission(0, 'media')).toEqual([true, true])
    await probe().app.inMain(({ session }) => {
      session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
        answer(permission === 'media'),
      )
      session.defaultSession.setPermissionCheckHandler(() => false)
    })
    expect(await probe().app.askPermission(0, 'media')).toEqual([true, false])
    expect(await probe().app.askPermission(0, 'geolocation')).toEqual([false, false])
  })

  it('shows requests before they go, and headers when they come', async () => {
    await probe().app.inMain(({ session }) => {
      const { webRequest } = session.defaultSession
      webRequest.onBeforeRequest(({ url, resourceType }, answer) => {
        log(resourceType, url)
        answer({ cancel: url.endsWith('/refused') })
      })
      webRequest.onHeadersReceived(({ responseHeaders }, answer) =>
        answer({ responseHeaders: { ...responseHeaders, 'x-added': ['yes'] } }),
      )
    })
    await open('')
    expect((await probe().app.windows())[0]?.headers).toMatchObject({ 'x-added': 'yes' })
    const refused = await probe().app.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('app://host/refused').catch(String),
    )
    expect(refused).toContain('ERR_BLOCKED_BY_CLIENT')
    expect(await probe().log()).toEqual(['mainFrame app://host/one', 'mainFrame app://host/refused'])
    await probe().app.inMain(({ session }) => {
      session.defaultSession.webRequest.onBeforeRequest(null)
      session.defaultSession.webRequest.onHeadersReceived(null)
    })
  })
})
