import { afterAll, afterEach, beforeAll } from 'vitest'
import { startProbe } from '../../support/electron-runtime/probe.ts'
import type { Probe } from '../../support/electron-runtime/probe.ts'

/** An empty app for the tests of one file; after each of them its windows and listeners are gone. */
export function probeStage() {
  const started: { probe: Probe | null } = { probe: null }
  const probe = (): Probe => {
    if (!started.probe) throw new Error('The app does not run')
    return started.probe
  }
  beforeAll(async () => {
    started.probe = await startProbe()
    await probe().app.inMain(({ app }) => void app.on('window-all-closed', () => {}))
  })
  afterAll(() => started.probe?.[Symbol.asyncDispose]())
  afterEach(async () => {
    await probe().app.inMain(({ BrowserWindow, ipcMain }) => {
      for (const window of BrowserWindow.getAllWindows()) window.destroy()
      ipcMain.removeAllListeners()
      for (const channel of ['echo', 'fail', 'frame']) ipcMain.removeHandler(channel)
      ;(globalThis as unknown as { logged: unknown[] }).logged.length = 0
    })
  })

  const open = (preload: string, preferences?: object): Promise<void> => probe().open(preload, preferences)
  const page = (source: string): Promise<unknown> => probe().app.evaluate(0, source)
  const bridge = (members: string): string =>
    `const { contextBridge, ipcRenderer, webUtils } = require('electron')
     globalThis.ofThePreload = 1
     contextBridge.exposeInMainWorld('api', { ${members} })`
  return { probe, open, page, bridge }
}
