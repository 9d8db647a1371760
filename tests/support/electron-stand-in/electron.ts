import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { shown, windows } from './state.ts'
import { serveControl } from './control.ts'

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { safeStorage } from './safe-storage.ts'
export { ipcMain, protocol, session } from './session.ts'

/** What the system would show or open is kept for the test to look at. */
export const dialog = {
  showErrorBox: (title: string, message: string): void => {
    process.stderr.write(`${title}: ${message}\n`)
  },
  /** The user takes the first button. */
  showMessageBox: async (): Promise<{ readonly response: number }> => ({ response: 0 }),
}

export const shell = {
  openExternal: async (url: string): Promise<void> => {
    shown.external.push(url)
  },
}

/** Sleep and wake of the computer, which a test may emit. */
export const powerMonitor = new EventEmitter()

serveControl({ app, windows })
