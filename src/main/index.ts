import { AppError } from '#shared/app-error.ts'
import { app, dialog, protocol, safeStorage } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from './config.ts'
import { writeDurably } from './db/durable-files.ts'
import { noteFailedStart, watchProcess } from './crash-watch.ts'
import { AppLinks } from './electron/app-links.ts'
import { keepDumps } from './electron/crash-dumps.ts'
import { Desktop } from './electron/desktop.ts'
import { Documents } from './electron/documents.ts'
import { HostScreens } from './electron/host-screens.ts'
import { describeApp } from './electron/describe-app.ts'
import { SafeStorageCipher } from './electron/safe-storage.ts'
import { servePages } from './electron/serve-pages.ts'
import { EarlyQuestions } from './electron/way-back.ts'
import { WindowRecord } from './electron/window-record.ts'
import { Windows } from './electron/windows.ts'
import { openLog } from './logging/open-log.ts'
import { ownPorts, systemLanguage } from './own-ports.ts'
import { checkNativeModules, CorruptedInstallation } from './native-check.ts'
import { openCrashLog, redactByForm } from './open-crashes.ts'
import { dataDirProblem } from './storage-problem.ts'
import { readHandshake } from './studio/handshake.ts'
import { startStudio } from './studio/start-studio.ts'
import { createSpeech } from './words/speech.ts'
import type { Say } from './words/speech.ts'
import { studioBeside } from './studio-beside.ts'

// The desktop app's life: what must come before `ready` is done here at once, in this order; the rest follows it. A second
// instance ends before it has opened anything: no database, no window.

const rendererDir = join(import.meta.dirname, '../renderer')
const args = process.argv.slice(app.isPackaged ? 1 : 2)
const { values: options } = parseArgs({
  args,
  options: { demo: { type: 'boolean', default: false }, 'data-dir': { type: 'string' } },
  // Electron and the system add switches of their own.
  strict: false,
})

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
app.enableSandbox()
// What Windows knows the installed app by (build/electron-builder.config.mjs); without it, it shows no notifications.
app.setAppUserModelId('live.hudson.desktop')

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
keepDumps(config.crashDir)

const links = new AppLinks(process.argv)
// The settings say in which language, but they come with the core.
const early = createSpeech(systemLanguage)

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(fail)
} else {
  app.exit(0)
}

async function run(): Promise<void> {
  const { dataDir, development } = config
  const stack = new AsyncDisposableStack()
  const log = stack.use(openLog({ config }))
  const crashLog = openCrashLog(config, (value) => log.redact(value))
  watchProcess(process, { log, crashLog })
  await checkNativeModules(config, log)
  const { lockDataDir } = await import('./studio/data-dir-lock.ts')
  const { openOrBackup, updatesAtStart } = await import('./updates-at-start.ts')
  const { createApp } = await import('./app.ts')
  const lock = lockDataDir(dataDir)
  if (!lock)
    throw new AppError('busy', 'Hudson already runs on this data folder, without a window. End that one first.')
  stack.use(lock)
  const release = (): void => {
    app.releaseSingleInstanceLock()
    lock[Symbol.dispose]()
  }
  const running = { ...describeApp(app, args), userData, resources: process.resourcesPath, release }
  const questions = new EarlyQuestions(early.say)
  const wantsEarlier: typeof questions.wantsEarlierVersion = (offer) => questions.wantsEarlierVersion(offer)
  const updates = await updatesAtStart({ config, log, desktop: running, ask: wantsEarlier })
  // The version before this one was put in place, and starts.
  if (!updates) return app.exit(0)
  const record = new WindowRecord({ path: join(dataDir, 'windows.json'), log, write: writeDurably })
  const preload = join(import.meta.dirname, '../preload/index.cjs')
  const words: { say: Say } = { say: early.say }
  const say: Say = (text, values) => words.say(text, values)
  const windows = new Windows({ log, say, noteCrash: (broken) => crashLog.note(broken), record, preload, development })
  const screens = new HostScreens({ windows, record, log })
  const documents = new Documents({ windows, say })
  const own = ownPorts(config, { log, crashLog, safeStorage: new SafeStorageCipher(safeStorage) })
  const ports = { ...own, screens, documents, updates }
  const wantsBackup = (problem: string, at: string): Promise<boolean> =>
    questions.wantsBackup(early.inWords(problem), at)
  const core = stack.use(await openOrBackup(() => createApp(config, ports), { config, log, ask: wantsBackup }))
  words.say = core.say
  const { dispatch, events } = core
  const files = { rendererDir, pictures: core.media, uploads: core.uploads }
  const pages = servePages({ dispatch, events, files, windows, log, say, development })
  if (options['demo'] === true) await dispatch('sample.load', {})

  const icons = app.isPackaged ? join(process.resourcesPath, 'tray') : join(import.meta.dirname, '../../build/tray')
  const desktop = new Desktop({ core, pages, windows, screens, log, icons, close: () => stack.disposeAsync() })
  const openPath = (path: string): void => desktop.openPath(path)
  const first = links.start({ openPath, show: () => windows.show(), log })
  followSystem(windows)
  await desktop.start(first ?? '/')
  // Displays in browsers are served from here too; the desktop app works without them.
  const start = () => startStudio({ core, log, rendererDir, killed: readHandshake(dataDir) })
  stack.use(await studioBeside({ troubles: core.troubles, log, start }))
}

/** What the system asks of the app. */
function followSystem(windows: Windows): void {
  app.on('activate', () => windows.show())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // A program that is not installed has no place that the system could start for a link.
  if (app.isPackaged) app.setAsDefaultProtocolClient('hudson')
}

function fail(error: unknown): void {
  noteFailedStart(error, openCrashLog(config, redactByForm))
  const { message } = dataDirProblem(error) ?? (error instanceof Error ? error : new Error(String(error)))
  const title = error instanceof CorruptedInstallation ? 'Installation corrupted' : 'Hudson could not start'
  dialog.showErrorBox(early.inWords(title), early.inWords(message))
  app.exit(1)
}
