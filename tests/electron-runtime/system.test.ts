import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { dialog, dialogs } from '../support/electron-runtime/dialog.ts'
import { globalShortcut, shortcuts } from '../support/electron-runtime/global-shortcut.ts'
import { nativeImage } from '../support/electron-runtime/native-image.ts'
import { nativeTheme } from '../support/electron-runtime/native-theme.ts'
import { absent, strict, strictEmitter } from '../support/electron-runtime/not-built.ts'
import { Notification, notifications } from '../support/electron-runtime/notification.ts'
import { blockersNow, powerMonitor, powerSaveBlocker } from '../support/electron-runtime/power.ts'
import { shell, shown } from '../support/electron-runtime/shell.ts'
import { phase } from '../support/electron-runtime/state.ts'
import { Tray, trays } from '../support/electron-runtime/tray.ts'

beforeAll(() => void (phase.ready = true))

describe('what is not built', () => {
  it('throws by its name, and leaves what is built as it is', async () => {
    class Emitter extends strictEmitter('app') {
      readonly #secret = 7
      own(): number {
        return this.#secret
      }
    }
    const made = new Emitter()
    const heard = vi.fn<() => void>()
    made.on('x', heard)
    made.emit('x')
    expect(heard).toHaveBeenCalledOnce()
    expect(made.own()).toBe(7)
    expect(() => (made as unknown as { dance(): void }).dance()).toThrow('app.dance is not built')
    expect(() => Reflect.get(strict('shell', {}), 'trashItem') as unknown).toThrow('shell.trashItem is not built')
    expect(() => Reflect.get(absent('net'), 'fetch') as unknown).toThrow('net.fetch is not built')
    expect(() => Reflect.construct(absent('View') as new () => object, [])).toThrow('View is not built')
    // An await asks for `then`.
    await expect(Promise.resolve(strict('shell', {}))).resolves.toBeDefined()
  })
})

// https://www.electronjs.org/docs/latest/api/power-save-blocker
describe('powerSaveBlocker', () => {
  it('keeps the computer awake until it is stopped', () => {
    const id = powerSaveBlocker.start('prevent-display-sleep')
    expect([powerSaveBlocker.isStarted(id), blockersNow()]).toEqual([true, ['prevent-display-sleep']])
    expect([powerSaveBlocker.stop(id), powerSaveBlocker.stop(id), powerSaveBlocker.isStarted(id)]).toEqual([
      true,
      false,
      false,
    ])
  })
})

// https://www.electronjs.org/docs/latest/api/power-monitor
describe('powerMonitor', () => {
  it('says how long nobody was there', () => {
    powerMonitor.idleSeconds = 90
    expect([powerMonitor.getSystemIdleState(60), powerMonitor.getSystemIdleState(120)]).toEqual(['idle', 'active'])
  })
})

// https://www.electronjs.org/docs/latest/api/native-theme
describe('nativeTheme', () => {
  it('follows the system until the app says otherwise, and tells of each change', () => {
    const updated = vi.fn<() => void>()
    nativeTheme.on('updated', updated)
    nativeTheme.system({ dark: false })
    expect(nativeTheme.shouldUseDarkColors).toBe(false)
    nativeTheme.themeSource = 'dark'
    expect(nativeTheme.shouldUseDarkColors).toBe(true)
    nativeTheme.themeSource = 'system'
    expect([nativeTheme.shouldUseDarkColors, updated.mock.calls.length]).toEqual([false, 3])
  })
})

// https://www.electronjs.org/docs/latest/api/dialog
describe('dialog', () => {
  beforeEach(() => void dialogs.open.splice(0))

  it('waits for its answer, with a parent window or without', async () => {
    const first = dialog.showMessageBox({ message: 'Quit?', buttons: ['Stay', 'Quit'] })
    const second = dialog.showOpenDialog({} as Electron.BaseWindow, { title: 'Open' })
    expect(dialogs.open.map(({ kind, options }) => [kind, options])).toEqual([
      ['message', { message: 'Quit?', buttons: ['Stay', 'Quit'] }],
      ['open', { title: 'Open' }],
    ])
    dialogs.open[0]?.answer({ response: 1, checkboxChecked: false })
    dialogs.open[0]?.answer({ canceled: true, filePaths: [] })
    expect(await first).toEqual({ response: 1, checkboxChecked: false })
    expect(await second).toEqual({ canceled: true, filePaths: [] })
  })

  it('closes as cancelled when it is aborted', async () => {
    const stop = new AbortController()
    const asked = dialog.showMessageBox({ message: 'x', buttons: ['Yes', 'No'], cancelId: 1, signal: stop.signal })
    stop.abort()
    expect(await asked).toEqual({ response: 1, checkboxChecked: false })
    expect(dialogs.open).toEqual([])
  })

  it('has no dialog that blocks', () => {
    expect(() => dialog.showMessageBoxSync({ message: 'x' })).toThrow('dialog.showMessageBoxSync is not built')
  })
})

// https://www.electronjs.org/docs/latest/api/tray, https://www.electronjs.org/docs/latest/api/native-image
describe('Tray', () => {
  it('is there until it is destroyed, and then refuses', () => {
    const tray = new Tray(nativeImage.createEmpty())
    tray.setToolTip('Hudson')
    expect(trays).toEqual([tray])
    tray.destroy()
    expect([trays, tray.isDestroyed()]).toEqual([[], true])
    expect(() => tray.setToolTip('x')).toThrow('Tray is destroyed')
  })

  it('needs an image that is there', () => {
    expect(() => new Tray('/no/such/icon.png')).toThrow('Failed to load image')
    expect(nativeImage.createFromPath('/no/such/icon.png').isEmpty()).toBe(true)
  })
})

// https://www.electronjs.org/docs/latest/api/notification
describe('Notification', () => {
  it('is shown until it is clicked or closed', () => {
    const events: string[] = []
    const shownNow = new Notification({ title: 'Synced', body: 'All is well' })
    for (const event of ['show', 'click', 'close']) shownNow.on(event, () => events.push(event))
    shownNow.show()
    expect(notifications.map(({ title }) => title)).toEqual(['Synced'])
    shownNow.click()
    shownNow.close()
    expect([notifications, events]).toEqual([[], ['show', 'click']])
  })
})

// https://www.electronjs.org/docs/latest/api/global-shortcut
describe('globalShortcut', () => {
  it('takes keys that are free, and says no to others', () => {
    const first = vi.fn<() => void>()
    expect(globalShortcut.register('CmdOrCtrl+Shift+H', first)).toBe(true)
    expect(globalShortcut.register('Shift+CommandOrControl+H', () => {})).toBe(false)
    expect(globalShortcut.isRegistered('CmdOrCtrl+Shift+H')).toBe(true)
    globalShortcut.unregisterAll()
    expect(shortcuts.size).toBe(0)
  })
})

// https://www.electronjs.org/docs/latest/api/shell
describe('shell', () => {
  it('keeps what it would open, and refuses what is no address', async () => {
    await shell.openExternal('https://example.test/')
    await expect(shell.openExternal('not an address')).rejects.toThrow('Failed to open')
    expect(shown.external).toEqual(['https://example.test/'])
  })
})
