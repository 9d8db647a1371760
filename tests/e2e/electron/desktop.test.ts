import { unzipSync } from 'fflate'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { runApp } from '../../support/electron-runtime/run-app.ts'
import type { RunningApp } from '../../support/electron-runtime/run-app.ts'

// A desktop with two screens and a show on it, from the first window to the last. The tests follow one another: a show that
// is prepared, on the host's screen, live, killed, and on again.

const laptop = { id: 1, label: 'Built-in', bounds: { x: 0, y: 0, width: 1440, height: 900 } }
const studio = { id: 2, label: 'DELL U2720Q', bounds: { x: 1440, y: 0, width: 1920, height: 1080 } }

const dataDir = mkdtempSync(join(tmpdir(), 'hudson-desktop-'))
const running: { app: RunningApp | null; session: string; name: string } = { app: null, session: '', name: '' }
const app = (): RunningApp => must(running.app, 'a running app')

async function start(...args: string[]): Promise<void> {
  running.app = runApp(dataDir, { args, setup: { displays: [laptop, studio] } })
  await eventually(async () => expect((await app().windows())[0]?.visible, app().said()).toBe(true))
}

const eventually = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 50 })
const path = ({ url }: { readonly url: string }): string => new URL(url).pathname
const main = async () => must((await app().windows())[0], 'the first window')
const evaluate = (source: string): Promise<unknown> => app().evaluate(0, source)
const call = async (name: string, input: object = {}): Promise<unknown> => {
  const answer = await evaluate(`window.hudson.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`)
  const reply = answer as { ok: boolean; value: unknown }
  expect(reply.ok, JSON.stringify(reply)).toBe(true)
  return reply.value
}
const live = async () => (await call('live.state', { sessionId: running.session })) as { mode: string; number: number }
/** The windows with the host view that cover a screen. */
const hosts = async () => (await app().windows()).filter((window) => path(window).startsWith('/host/'))
const onScreen = (name: string) => ['Host', `Show host of “${running.name}” on`, name] as const

beforeAll(async () => {
  await start('--demo')
  const { items } = (await call('sessions.list')) as { items: { id: string; name: string; itemCount: number }[] }
  const longest = must(items.toSorted((a, b) => b.itemCount - a.itemCount)[0], 'a session')
  running.session = longest.id
  running.name = longest.name
})
afterAll(async () => {
  running.app?.kill()
  await running.app?.ended
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

describe('the native menu', () => {
  it('does in the window in front what its key does', async () => {
    await eventually(async () => expect(await app().menu()).not.toBeNull())
    await app().focusWindow(0)
    // Its page may not listen yet.
    await eventually(async () => {
      await app().clickMenu('Window', 'Products')
      expect(path(await main())).toBe('/products')
    })
    await app().clickMenu('File', 'Settings')
    await eventually(async () => expect(path(await main())).toBe('/settings'))
  })
  it('shows the keys as they are set', async () => {
    const keyOf = async (id: string): Promise<string | null | undefined> =>
      (await app().menu())?.flatMap(({ submenu }) => submenu ?? []).find((item) => item.id === id)?.accelerator
    expect(await keyOf('next')).toBe('Down')
    await call('settings.update', { patch: { keys: { preset: 'pavoi', changed: { first: ['Q'] } } } })
    await eventually(async () => expect([await keyOf('next'), await keyOf('first')]).toEqual(['Right', 'Q']))
    await call('settings.update', { patch: { keys: { preset: 'hudson', changed: {} } } })
  })
  it('opens the logs and the data folder, which no page could name', async () => {
    await app().clickMenu('Help', 'Open the logs')
    await app().clickMenu('Help', 'Open the data folder')
    expect(await app().openedPaths()).toEqual([join(dataDir, 'logs'), dataDir])
  })
  it('leads to the support bundle, which is saved where the user says', async () => {
    const file = join(dataDir, 'bundle.zip')
    const canary = 'sk-canary-of-the-diagnostics'
    await call('secrets.set', { name: 'shopifyClientSecret', value: canary })
    await evaluate(`window.hudson.call('${canary}', { text: '${canary}' })`)
    await app().clickMenu('Help', 'Support bundle…')
    await eventually(async () => expect(path(await main())).toBe('/diagnostics'))
    const { previewId } = (await call('diagnostics.bundlePreview')) as { previewId: string }
    const saving = call('diagnostics.saveBundle', { previewId })
    await eventually(async () => expect(await app().dialogs()).toMatchObject([{ kind: 'save' }]))
    await app().answerDialog(file)
    expect(await saving).toEqual({ savedAs: 'bundle.zip' })
    const text = Object.values(unzipSync(readFileSync(file)))
      .map((bytes) => Buffer.from(bytes).toString('utf8'))
      .join()
    expect(text).toContain('"width": 1920')
    expect(text).not.toContain('sk-canary')
    await call('secrets.clear', { name: 'shopifyClientSecret' })
  })
})

describe('links of the system', () => {
  it('show a session in the main window', async () => {
    await app().secondInstance(['hudson', `hudson://session/${running.session}`])
    await eventually(async () => expect(path(await main())).toBe(`/sessions/${running.session}`))
    await app().emit('open-url', `hudson://product/${running.session}`)
    await eventually(async () => expect(path(await main())).toBe(`/products/${running.session}`))
  })
  it('do nothing else', async () => {
    await app().secondInstance(['hudson', 'hudson://settings/all'])
    await app().secondInstance(['hudson', `hudson://session/${running.session}?mode=live`])
    expect(path(await main())).toBe(`/products/${running.session}`)
    expect(await app().emit('open-file', '/etc/passwd')).toBe(true)
    expect(await app().windows()).toHaveLength(1)
  })
})

describe('windows', () => {
  it('open where they stood', async () => {
    const producer = `/sessions/${running.session}/producer`
    await evaluate(`void window.open('${producer}')`)
    await eventually(async () => expect((await app().windows())[1]?.visible).toBe(true))
    await app().drag(1, { x: 1500, y: 100, width: 1000, height: 700 })
    await app().closeWindow(1)
    await evaluate(`void window.open('${producer}')`)
    await eventually(async () => expect((await app().windows())[1]?.visible).toBe(true))
    expect((await app().windows())[1]?.bounds).toEqual({ x: 1500, y: 100, width: 1000, height: 700 })
  })
  it('are opened once: asking again brings them to the front', async () => {
    await evaluate(`void window.open('/sessions/${running.session}/producer')`)
    await eventually(async () => expect((await app().windows())[1]?.hasFocus).toBe(true))
    expect(await app().windows()).toHaveLength(2)
  })
  it('a link never takes a console away', async () => {
    await app().closeWindow(0)
    await app().secondInstance(['hudson', `hudson://session/${running.session}`])
    await eventually(async () => expect((await app().windows()).map(path)).toContain(`/sessions/${running.session}`))
    expect((await app().windows()).map(path)).toContain(`/sessions/${running.session}/producer`)
    await app().closeWindow(1)
    await eventually(async () => expect(await app().windows()).toHaveLength(1))
  })
  it('a crashed page comes back in its own window', async () => {
    await evaluate(`void (window.__before = true)`)
    await app().crash(0)
    await eventually(async () => expect((await main()).crashed).toBe(false))
    await eventually(async () => {
      expect(await call('crashes.list')).toMatchObject({ items: [{ kind: 'page-gone', state: 'kept' }] })
    })
    // Where Electron puts images of memory; nobody but the user may look there.
    expect(statSync(join(dataDir, 'crashes', 'dumps')).mode & 0o777).toBe(0o700)
    await eventually(async () =>
      expect(await evaluate(`typeof window.hudson + typeof window.__before`)).toBe('objectundefined'),
    )
  })
  it('a page that hangs is loaded again once the user says so', async () => {
    await evaluate(`void (window.__before = true)`)
    await app().unresponsive(0)
    await app().unresponsive(0)
    expect(await app().dialogs()).toMatchObject([{ options: { buttons: ['Wait', 'Load again'], defaultId: 0 } }])
    await app().responsive(0)
    await eventually(async () => expect(await app().dialogs()).toEqual([]))
    expect(await evaluate(`window.__before`)).toBe(true)
    await app().unresponsive(0)
    await app().answerDialog('Load again')
    await eventually(async () =>
      expect(await evaluate(`typeof window.hudson + typeof window.__before`)).toBe('objectundefined'),
    )
  })
  it('the frames follow the theme that was chosen', async () => {
    await call('settings.update', { patch: { theme: 'light' } })
    await eventually(async () => expect(await app().themeSource()).toBe('light'))
    await call('settings.update', { patch: { theme: 'system' } })
    await eventually(async () => expect(await app().themeSource()).toBe('system'))
  })
  it('the menu and the icon beside the clock follow the language that was chosen', async () => {
    await call('settings.update', { patch: { language: 'de' } })
    await eventually(() => app().clickMenu('Datei', 'Einstellungen'))
    await eventually(async () => expect((await app().trays())[0]?.toolTip).toContain('Auf diesem Computer'))
    await call('settings.update', { patch: { language: 'en' } })
    await eventually(() => app().clickMenu('File', 'Settings'))
  })
})

describe('the host view on a screen', () => {
  it('identifies the screens for a moment', async () => {
    await call('screens.identify')
    const numbers = async (): Promise<string[]> =>
      (await app().windows()).map(path).filter((one) => one.startsWith('/identify/'))
    await eventually(async () => expect(await numbers()).toEqual(['/identify/1', '/identify/2']))
    const shown = (await app().windows()).find((window) => path(window) === '/identify/2')
    expect(shown?.bounds).toEqual({ x: 2220, y: 420, width: 360, height: 240 })
    await eventually(async () => expect(await numbers()).toEqual([]))
  })
  it('covers it, borderless and above everything', async () => {
    await call('live.start', { sessionId: running.session, mode: 'rehearsal' })
    await eventually(async () => expect(await app().powerSaveBlockers()).toEqual(['prevent-display-sleep']))
    await eventually(async () => app().clickMenu(...onScreen('2  DELL U2720Q')))
    await eventually(async () => expect(await hosts()).toMatchObject([{ bounds: studio.bounds, visible: true }]))
    const [host] = await hosts()
    expect(host).toMatchObject({ frame: false, fullScreen: false, alwaysOnTopLevel: 'screen-saver', menuBar: false })
    expect(await call('screens.list')).toMatchObject({
      screens: [{ state: 'free' }, { state: 'showing', sessionId: running.session }],
    })
  })
  it('goes with its screen, tells the producer, and is back with it', async () => {
    await app().unplugDisplay(2)
    await eventually(async () => expect(await hosts()).toEqual([]))
    await eventually(async () =>
      expect(await evaluate(`document.querySelector('.lost-screens').textContent`)).toContain('DELL U2720Q'),
    )
    // Another cable, another number, another place.
    await app().plugDisplay({ ...studio, id: 7, bounds: { ...studio.bounds, x: -1920 } })
    await eventually(async () => expect(await hosts()).toMatchObject([{ bounds: { x: -1920, width: 1920 } }]))
    await eventually(async () => expect(await evaluate(`document.querySelector('.lost-screens').textContent`)).toBe(''))
  })
  it('fills its screen again after the resolution changed', async () => {
    await app().changeDisplay(7, { bounds: { x: -2560, y: 0, width: 2560, height: 1440 } })
    await eventually(async () =>
      expect(await hosts()).toMatchObject([{ bounds: { x: -2560, width: 2560, height: 1440 } }]),
    )
    expect(await call('screens.list')).toMatchObject({ screens: [{ number: 1, state: 'showing' }, { state: 'free' }] })
  })
  it('comes back without a question when its page hangs', async () => {
    const at = (await app().windows()).findIndex((window) => path(window).startsWith('/host/'))
    await app().unresponsive(at)
    await eventually(async () =>
      expect(await app().evaluate(at, `document.querySelector('.host-number')?.textContent`)).toBe('1'),
    )
    expect(await app().dialogs()).toEqual([])
  })
  it('says so where that screen is not there', async () => {
    const reply = await evaluate(
      `window.hudson.call('screens.show', { screenId: 'nothing', sessionId: '${running.session}' })`,
    )
    expect(reply).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})

describe('while a show is live', () => {
  it('a host view does not close by accident', async () => {
    await call('live.start', { sessionId: running.session, mode: 'live' })
    await call('live.goto', { sessionId: running.session, number: 4 })
    const at = (await app().windows()).findIndex((window) => path(window).startsWith('/host/'))
    await eventually(async () => {
      expect(await app().closeWindow(at)).toBe(false)
      expect(await app().dialogs()).toMatchObject([{ options: { defaultId: 0, buttons: ['Keep it', 'Take it off'] } }])
    })
    await app().answerDialog(null)
    expect(await hosts()).toHaveLength(1)
  })
  it('the icon beside the clock says so, and leads to its console', async () => {
    const [tray] = await app().trays()
    expect(tray?.toolTip).toBe(`Hudson\nLIVE: ${running.name}, #4\nSaved on this computer`)
    await app().clickTrayMenu(`LIVE: ${running.name}, #4`)
    await eventually(async () =>
      expect((await app().windows()).filter(({ hasFocus }) => hasFocus).map(path)).toEqual([
        `/sessions/${running.session}/producer`,
      ]),
    )
    await call('live.goto', { sessionId: running.session, number: 5 })
    await eventually(async () => expect((await app().trays())[0]?.toolTip).toContain('#5'))
    await call('live.goto', { sessionId: running.session, number: 4 })
    await eventually(async () => expect((await app().trays())[0]?.toolTip).toContain('#4'))
  })
  it('quitting asks, and stays unless told otherwise', async () => {
    await app().quit()
    expect(await app().dialogs()).toMatchObject([
      {
        options: {
          message: `You are LIVE in “${running.name}” at #4.`,
          buttons: ['Stay', 'Close Hudson'],
          defaultId: 0,
          cancelId: 0,
        },
      },
    ])
    await app().quit()
    expect(await app().dialogs()).toHaveLength(1)
    await app().answerDialog(null)
    expect(await live()).toMatchObject({ mode: 'live', number: 4 })
    // The last window with controls is the same as quitting.
    expect(await app().closeWindow(0)).toBe(false)
    await eventually(async () => expect(await app().dialogs()).toHaveLength(1))
    await app().answerDialog('Stay')
    expect((await app().windows()).length).toBeGreaterThan(1)
  })
  it('killed, it is on the host’s screen again by itself, at the same number', async () => {
    app().kill()
    await app().ended
    running.app = runApp(dataDir, {
      setup: { displays: [laptop, { ...studio, bounds: { x: 1440, y: 0, width: 2560, height: 1440 } }] },
    })
    await eventually(async () =>
      expect(await hosts(), app().said()).toMatchObject([{ visible: true, bounds: { x: 1440, width: 2560 } }]),
    )
    const at = (await app().windows()).findIndex((window) => path(window).startsWith('/host/'))
    await eventually(async () =>
      expect(await app().evaluate(at, `document.querySelector('.host-number')?.textContent`)).toBe('4'),
    )
    await eventually(async () =>
      expect(await evaluate(`document.querySelector('.live-banner')?.textContent`)).toContain(`${running.name} at #4`),
    )
  })
  it('the system’s shutdown is not asked about', async () => {
    expect(await app().power('shutdown')).toBe(true)
    expect(await app().ended).toBe(0)
  })
  it('a restart asks as quitting does', async () => {
    await start()
    await eventually(async () => expect(await hosts()).toHaveLength(1))
    await eventually(async () => app().clickMenu('File', 'Restart Hudson'))
    await eventually(async () =>
      expect(await app().dialogs()).toMatchObject([{ options: { buttons: ['Stay', 'Restart Hudson'] } }]),
    )
    await app().answerDialog('Stay')
    expect((await app().facts()).relaunches).toEqual([])
    await app().quit()
    await app().answerDialog('Close Hudson')
    expect(await app().ended).toBe(0)
  })
})
