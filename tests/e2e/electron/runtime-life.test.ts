import { afterEach, describe, expect, it } from 'vitest'
import { startProbe } from '../../support/electron-runtime/probe.ts'
import type { Probe } from '../../support/electron-runtime/probe.ts'

// The stand-in's own rules, each with the page of Electron's documentation that says so.

declare const log: (...words: readonly unknown[]) => void

const running: { probe: Probe | null } = { probe: null }
afterEach(async () => {
  await running.probe?.[Symbol.asyncDispose]()
  running.probe = null
})

async function start(): Promise<Probe> {
  running.probe = await startProbe()
  return running.probe
}

/** Two windows, and every event of the end in the log. */
async function withWindows(probe: Probe): Promise<void> {
  await probe.app.inMain(async ({ app, BrowserWindow }) => {
    for (const name of ['before-quit', 'will-quit', 'quit', 'window-all-closed'] as const)
      app.on(name as 'quit', () => {
        log(name)
        process.stderr.write(`${name}\n`)
      })
    for (const name of ['one', 'two']) {
      const window = new BrowserWindow({ title: name })
      for (const event of ['close', 'closed'] as const)
        window.on(event as 'closed', () => {
          log(event, name)
          process.stderr.write(`${event} ${name}\n`)
        })
      await window.loadURL(`app://host/${name}`)
    }
  })
}

// https://www.electronjs.org/docs/latest/api/app
describe('the end of an app', () => {
  it('asks the app, closes the windows, and asks the app again; then it is over', async () => {
    const { app } = await start().then(async (probe) => (await withWindows(probe), probe))
    await app.quit().catch(() => {})
    expect(await app.ended).toBe(0)
    const words = app
      .said()
      .split('\n')
      .filter((line) => /quit|close|closed/.test(line))
    expect(words).toEqual(['before-quit', 'close two', 'closed two', 'close one', 'closed one', 'will-quit', 'quit'])
  })

  it('does not come while somebody prevents it: the app, a window, a page, and the app once more', async () => {
    const probe = await start()
    const { app } = probe
    await withWindows(probe)
    // In the order in which they are asked; each gives way the second time.
    await app.inMain(({ app: electronApp, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      electronApp.once('before-quit', (event) => event.preventDefault())
      electronApp.once('will-quit', (event) => event.preventDefault())
      window?.once('close', (event) => event.preventDefault())
    })
    await app.evaluate(0, `addEventListener('beforeunload', (event) => event.preventDefault(), { once: true })`)
    const quit = async (last: string): Promise<void> => {
      await app.quit()
      expect((await probe.log()).at(-1)).toBe(last)
    }
    await quit('before-quit')
    expect(await app.windows()).toHaveLength(2)
    await quit('close one')
    expect(await app.windows()).toHaveLength(1)
    // The page holds its window.
    await quit('close one')
    expect(await app.windows()).toHaveLength(1)
    await quit('will-quit')
    expect(await app.windows()).toHaveLength(0)
    // No window was closed by the user, so nobody hears that all are.
    expect(await probe.log()).not.toContain('window-all-closed')
    await app.quit().catch(() => {})
    expect(await app.ended).toBe(0)
  })

  it('asks nobody where the app exits', async () => {
    const probe = await start()
    await withWindows(probe)
    await probe.app.inMain(({ app }) => app.exit(3)).catch(() => {})
    expect(await probe.app.ended).toBe(3)
    const words = probe.app
      .said()
      .split('\n')
      .filter((line) => /quit|close/.test(line))
    expect(words).toEqual(['closed two', 'closed one', 'quit'])
  })

  it('comes with the last window where nobody listens for that', async () => {
    const { app } = await start()
    await app.inMain(async ({ BrowserWindow }) => new BrowserWindow().loadURL('app://host/one'))
    await app.closeWindow(0).catch(() => {})
    expect(await app.ended).toBe(0)
  })

  it('is not the end of the last window where somebody listens', async () => {
    const probe = await start()
    await withWindows(probe)
    await probe.app.closeWindow(1)
    await probe.app.closeWindow(0)
    expect(await probe.log()).toEqual(['close two', 'closed two', 'close one', 'closed one', 'window-all-closed'])
    expect(await probe.app.facts()).toMatchObject({ relaunches: [] })
  })
})

describe('an app', () => {
  it('has calls that come too early, and calls that come too late', async () => {
    const { app } = await start()
    const late = await app.inMain(({ app: electronApp, protocol }) => {
      const tried = [() => electronApp.enableSandbox(), () => protocol.registerSchemesAsPrivileged([])]
      return tried.map((act) => {
        try {
          act()
          return 'done'
        } catch (error) {
          return String(error)
        }
      })
    })
    for (const said of late) expect(said).toContain('before the app is ready')
  })

  it('hears of a second instance, of links and of files', async () => {
    const probe = await start()
    const { app } = probe
    await app.inMain(({ app: electronApp }) => {
      electronApp.on('second-instance', (_event, argv, directory) => log('second', argv.at(-1), directory))
      electronApp.on('open-url', (event, url) => {
        event.preventDefault()
        log('url', url)
      })
      electronApp.on('open-file', (_event, path) => log('file', path))
      electronApp.setAsDefaultProtocolClient('hudson')
    })
    await app.secondInstance(['hudson', 'hudson://session/1'], '/home')
    expect(await app.emit('open-url', 'hudson://session/2')).toBe(true)
    expect(await app.emit('open-file', '/a.csv')).toBe(false)
    expect(await probe.log()).toEqual(['second hudson://session/1 /home', 'url hudson://session/2', 'file /a.csv'])
    expect(await app.facts()).toMatchObject({ protocols: ['hudson'] })
  })
})

describe('a test', () => {
  it('clicks and presses, answers dialogs, and lets the computer sleep', async () => {
    const probe = await start()
    const { app } = probe
    await app.inMain(({ Menu, Tray, nativeImage, dialog, powerMonitor, autoUpdater }) => {
      const sync = { label: 'Sync now', accelerator: 'CmdOrCtrl+Shift+S', click: () => log('sync') }
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([{ label: 'File', submenu: [sync, { label: 'Off', enabled: false }] }]),
      )
      const ask = async (): Promise<void> => {
        const { response } = await dialog.showMessageBox({ message: 'Leave?', buttons: ['&Stay', 'Leave'] })
        log('answer', response)
      }
      new Tray(nativeImage.createEmpty()).setContextMenu(
        Menu.buildFromTemplate([{ label: 'Leave', click: () => void ask() }]),
      )
      powerMonitor.on('resume', () => log('resume'))
      autoUpdater.on('update-not-available', () => log('no update'))
    })
    await app.clickMenu('File', 'Sync now')
    expect([await app.pressAccelerator('Ctrl+Shift+S'), await app.pressAccelerator('Ctrl+J')]).toEqual([true, false])
    await expect(app.clickMenu('File', 'Off')).rejects.toThrow('is disabled')
    await app.clickTrayMenu('Leave')
    expect((await app.dialogs()).map(({ options }) => options['message'])).toEqual(['Leave?'])
    await expect(app.answerDialog('Perhaps')).rejects.toThrow('has no "Perhaps"')
    await app.answerDialog('Stay')
    await app.power('resume')
    await app.updater('update-not-available')
    expect(await probe.log()).toEqual(['sync', 'sync', 'answer 0', 'resume', 'no update'])
    expect(await app.dialogs()).toEqual([])
  })
})
