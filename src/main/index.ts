import { AppError } from '#shared/app-error.ts'
import { app, dialog, ipcMain, powerMonitor, protocol, safeStorage, session, shell } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { serveIpc } from './electron/ipc.ts'
import { createOpenOutside } from './electron/open-outside.ts'
import { createAppProtocol } from './electron/protocol.ts'
import { restrictContents, restrictSession } from './electron/security.ts'
import { Windows } from './electron/windows.ts'
import { SafeStorageCipher } from './electron/safe-storage.ts'
import { openLog } from './logging/open-log.ts'
import { dataDirProblem } from './storage-problem.ts'
import { ownPorts } from './own-ports.ts'
import { lockDataDir } from './studio/data-dir-lock.ts'
import { readHandshake } from './studio/handshake.ts'
import { startStudio } from './studio/start-studio.ts'

// The desktop app's life: what must come before `ready` is done here at once, in this order; the rest follows it. A second
// instance ends before it has opened anything: no database, no window.

const rendererDir = join(import.meta.dirname, '../renderer')
const { values: options } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
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
  entryDir: import.meta.dirname,
  dataDir: typeof options['data-dir'] === 'string' ? options['data-dir'] : undefined,
})
// The lock is one per `userData`, so the folder comes before it. Chromium's own files stay apart from ours.
const userData = join(config.dataDir, 'electron')
mkdirSync(userData, { recursive: true, mode: 0o700 })
app.setPath('userData', userData)

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(fail)
} else {
  app.exit(0)
}

async function run(): Promise<void> {
  const { dataDir, development } = config
  const stack = new AsyncDisposableStack()
  const lock = lockDataDir(dataDir)
  if (!lock)
    throw new AppError('busy', 'Hudson already runs on this data folder, without a window. End that one first.')
  stack.use(lock)
  const log = stack.use(openLog({ config }))
  const core = stack.use(createApp(config, ownPorts(config, log, new SafeStorageCipher(safeStorage))))
  closeOnQuit(stack)

  const windows = new Windows({ log, preload: join(import.meta.dirname, '../preload/index.cjs'), development })
  const openWindow = (path: string): void => windows.open(path)
  const openOutside = createOpenOutside({ shell, dialog, log })
  app.on('web-contents-created', (_event, contents) =>
    restrictContents(contents, { openWindow, openOutside, development }),
  )
  restrictSession(session.defaultSession, { development })
  protocol.handle('app', createAppProtocol({ rendererDir, pictures: core.media, uploads: core.uploads }))
  serveIpc(ipcMain, { dispatch: core.dispatch, events: core.events, log, isOwnWindow: (id) => windows.isOwn(id) })
  powerMonitor.on('resume', () => core.reconnect())
  app.on('second-instance', () => windows.show())
  app.on('activate', () => windows.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  if (options['demo'] === true) await core.dispatch('sample.load', {})
  windows.open('/')
  // Displays in browsers are served from here too; the desktop app works without them.
  stack.use(await startStudio({ core, log, rendererDir, killed: readHandshake(core.config.dataDir) }))
}

/** Quitting waits for the core to close what it has open. */
function closeOnQuit(stack: AsyncDisposableStack): void {
  const closing = { begun: false, done: false }
  const close = async (): Promise<void> => {
    await stack.disposeAsync()
    closing.done = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (closing.done) return
    event.preventDefault()
    if (closing.begun) return
    closing.begun = true
    close().catch(fail)
  })
}

function fail(error: unknown): void {
  const { message } = dataDirProblem(error) ?? (error instanceof Error ? error : new Error(String(error)))
  dialog.showErrorBox('Hudson could not start', message)
  app.exit(1)
}
