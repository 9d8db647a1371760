import { app, dialog, protocol, session } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from './app.ts'
import type { App } from './app.ts'
import { systemClock } from './clock.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { serveIpc } from './electron/ipc.ts'
import { createAppProtocol } from './electron/protocol.ts'
import { restrictContents, restrictSession } from './electron/security.ts'
import { Windows } from './electron/windows.ts'
import { silentLog } from './log.ts'

// The desktop app's life: what must come before `ready` is done here at once, in this order; the rest follows it. A second
// instance ends before it has opened anything: no database, no window.

const { values: options } = parseArgs({
  options: { demo: { type: 'boolean', default: false }, 'data-dir': { type: 'string' } },
  // Electron and the system add switches of their own.
  strict: false,
})

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
app.enableSandbox()

const config = readConfig({
  env: process.env,
  runtime: 'electron',
  dataDir: typeof options['data-dir'] === 'string' ? options['data-dir'] : undefined,
})
// The lock is one per `userData`, so the folder comes before it. Chromium's own files stay apart from ours.
const userData = join(config.dataDir, 'electron')
mkdirSync(userData, { recursive: true, mode: 0o700 })
app.setPath('userData', userData)

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(() => run(config), fail)
} else {
  app.exit(0)
}

async function run({ development }: Config): Promise<void> {
  const log = silentLog
  const core = createApp(config, { log, clock: systemClock, fetch })
  const windows = new Windows({ log, preload: join(import.meta.dirname, '../preload/index.cjs'), development })

  app.on('web-contents-created', (_event, contents) => {
    restrictContents(contents, { openWindow: (path) => windows.open(path) })
  })
  restrictSession(session.defaultSession, { development })
  protocol.handle(
    'app',
    createAppProtocol({ rendererDir: join(import.meta.dirname, '../renderer'), readPicture: () => null }),
  )
  serveIpc({ dispatch: core.dispatch, events: core.events, log, isOwnWindow: (id) => windows.isOwn(id) })

  app.on('second-instance', () => windows.show())
  app.on('activate', () => windows.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeOnQuit(core)
  if (options['demo'] === true) await core.dispatch('sample.load', {})
  windows.open('/')
}

/** Quitting waits for the core to close what it has open. */
function closeOnQuit(core: App): void {
  const closing = { begun: false, done: false }
  app.on('before-quit', (event) => {
    if (closing.done) return
    event.preventDefault()
    if (closing.begun) return
    closing.begun = true
    const done = (): void => {
      closing.done = true
      app.quit()
    }
    core[Symbol.asyncDispose]().then(done, fail)
  })
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  dialog.showErrorBox('Hudson could not start', message)
  app.exit(1)
}
