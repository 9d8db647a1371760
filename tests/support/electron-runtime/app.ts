import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { App, CommandLine, RelaunchOptions } from 'electron'
import { closeBrowser, openBrowser } from './browser.ts'
import { StandInEvent } from './event.ts'
import { InstanceLock } from './instance-lock.ts'
import type { Knock } from './instance-lock.ts'
import { notBuilt, strict, strictEmitter } from './not-built.ts'
import { setup } from './setup.ts'
import { onlyBeforeReady, onlyWhenReady, phase, windows } from './state.ts'

type Built = Pick<
  App,
  | ('enableSandbox' | 'setPath' | 'getPath' | 'getName' | 'setName' | 'getVersion' | 'getAppPath' | 'isReady')
  | ('whenReady' | 'quit' | 'exit' | 'relaunch' | 'focus' | 'hide' | 'show' | 'getLocale' | 'getSystemLocale')
  | 'getLocaleCountryCode'
  | ('requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'isPackaged')
  | ('setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient' | 'isDefaultProtocolClient')
  | ('setAppUserModelId' | 'disableHardwareAcceleration' | 'getPreferredSystemLanguages' | 'commandLine' | 'dock')
  | ('setBadgeCount' | 'getBadgeCount' | 'setAboutPanelOptions' | 'showAboutPanel' | 'isInApplicationsFolder')
  | ('setAppLogsPath' | 'setDesktopName' | 'name')
>

/**
 * Electron's `app` (docs/api/app.md).
 *
 * 1. The order of a quit: `before-quit`, each window's `close` and `closed`, `will-quit`, `quit`. Whoever prevents one of
 *    the first three ends it, and the app goes on.
 * 2. Windows that close by themselves are followed by `window-all-closed`; without a listener for it the app quits. In a
 *    quit that event is not emitted.
 * 3. `exit` asks nobody: windows are destroyed, `before-quit` and `will-quit` are left out.
 */
class StandInApp extends strictEmitter('app') implements Built {
  readonly isPackaged = setup.isPackaged
  // Only macOS has one.
  readonly dock = undefined
  readonly protocols = new Set<string>()
  readonly relaunches: RelaunchOptions[] = []
  readonly commandLine = createCommandLine()
  sandboxed = false
  /** Settled once the last try to quit has ended the app, or was prevented. */
  attempt = Promise.resolve()
  aboutShown = 0
  name = 'Hudson'
  userModelId = ''
  readonly #paths = new Map(Object.entries(setup.paths))
  #badge = 0
  #lock: InstanceLock | null = null

  enableSandbox(): void {
    onlyBeforeReady('app.enableSandbox')
    this.sandboxed = true
  }

  disableHardwareAcceleration(): void {
    onlyBeforeReady('app.disableHardwareAcceleration')
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    if (!existsSync(path)) mkdirSync(path, { recursive: true })
    this.#paths.set(name, path)
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    const own = this.#paths.get(name)
    if (own !== undefined) return own
    const home = this.#paths.get('home') ?? homedir()
    const folders: Readonly<Record<string, () => string>> = {
      home: () => home,
      appData: () => join(home, '.config'),
      userData: () => join(this.getPath('appData'), this.name),
      sessionData: () => this.getPath('userData'),
      logs: () => join(this.getPath('userData'), 'logs'),
      crashDumps: () => join(this.getPath('userData'), 'Crashpad'),
      temp: tmpdir,
      exe: () => process.execPath,
      desktop: () => join(home, 'Desktop'),
      documents: () => join(home, 'Documents'),
      downloads: () => join(home, 'Downloads'),
      pictures: () => join(home, 'Pictures'),
    }
    return (folders[name] ?? notBuilt(`app.getPath('${name}')`))()
  }

  setAppLogsPath(path?: string): void {
    this.#paths.set('logs', path ?? join(this.getPath('userData'), 'logs'))
  }

  getName(): string {
    return this.name
  }

  setName(name: string): void {
    this.name = name
  }

  getVersion(): string {
    return setup.version
  }

  getAppPath(): string {
    return process.cwd()
  }

  getLocale(): string {
    // docs/api/app.md#appgetlocale: empty before the app is ready.
    return phase.ready ? setup.locale : ''
  }

  getLocaleCountryCode(): string {
    onlyWhenReady('app.getLocaleCountryCode')
    return setup.locale.split('-')[1] ?? ''
  }

  getSystemLocale(): string {
    onlyWhenReady('app.getSystemLocale')
    return setup.locale
  }

  getPreferredSystemLanguages(): string[] {
    return [setup.locale]
  }

  isReady(): boolean {
    return phase.ready
  }

  async whenReady(): Promise<void> {
    this.#starting ??= this.#start()
    await this.#starting
  }

  requestSingleInstanceLock(additionalData: object = {}): boolean {
    this.#lock ??= new InstanceLock(this.getPath('userData'))
    const knock: Knock = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    return this.#lock.take(knock, (heard) => this.secondInstance(heard))
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.held ?? false
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release()
  }

  /** It is emitted only after `ready` (docs/api/app.md#event-second-instance). */
  secondInstance({ argv, workingDirectory, additionalData }: Knock): void {
    void this.whenReady().then(() =>
      this.emit('second-instance', new StandInEvent(), argv, workingDirectory, additionalData),
    )
  }

  setAsDefaultProtocolClient(protocol: string): boolean {
    this.protocols.add(protocol)
    return true
  }

  removeAsDefaultProtocolClient(protocol: string): boolean {
    return this.protocols.delete(protocol)
  }

  isDefaultProtocolClient(protocol: string): boolean {
    return this.protocols.has(protocol)
  }

  setAppUserModelId(id: string): void {
    this.userModelId = id
  }

  setDesktopName(): void {}

  setBadgeCount(count = 0): boolean {
    this.#badge = count
    return true
  }

  getBadgeCount(): number {
    return this.#badge
  }

  setAboutPanelOptions(): void {}

  showAboutPanel(): void {
    this.aboutShown += 1
  }

  isInApplicationsFolder(): boolean {
    return process.platform === 'darwin' ? true : notBuilt('app.isInApplicationsFolder outside macOS')
  }

  focus(): void {
    windows.find((window) => window.isVisible())?.focus()
  }

  hide(): void {
    notBuilt('app.hide outside macOS')
  }

  show(): void {
    notBuilt('app.show outside macOS')
  }

  /** Nothing happens until the app ends (docs/api/app.md#apprelaunchoptions). */
  relaunch(options: RelaunchOptions = {}): void {
    this.relaunches.push(options)
  }

  quit(): void {
    if (phase.quitting || phase.ended) return
    const event = new StandInEvent()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    phase.quitting = true
    this.attempt = this.#closeAll().then((closed) => {
      phase.quitting = false
      if (closed) this.#willQuit()
    })
  }

  exit(code = 0): void {
    if (phase.ended) return
    phase.quitting = true
    for (const window of windows.toReversed()) window.destroy()
    this.#end(code)
  }

  /** A window is gone. */
  windowClosed(): void {
    if (windows.length > 0 || phase.quitting || phase.ended) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  #starting: Promise<void> | null = null

  async #start(): Promise<void> {
    const userData = this.getPath('userData')
    mkdirSync(userData, { recursive: true })
    openBrowser(userData)
    this.emit('will-finish-launching')
    phase.ready = true
    this.emit('ready', new StandInEvent(), {})
  }

  async #closeAll(): Promise<boolean> {
    for (const window of windows.toReversed()) if (!(await window.tryClose())) return false
    return true
  }

  #willQuit(): void {
    const event = new StandInEvent()
    this.emit('will-quit', event)
    if (!event.defaultPrevented) this.#end(0)
  }

  #end(code: number): void {
    phase.ended = true
    this.emit('quit', new StandInEvent(), code)
    this.#lock?.release()
    for (const options of this.relaunches) relaunchNow(options)
    void closeBrowser()
      .catch(() => {})
      .finally(() => process.exit(code))
  }
}

/** The new instance has the arguments of this one, unless others were given. */
function relaunchNow({ args, execPath }: RelaunchOptions): void {
  const given = args ?? process.argv.slice(1)
  const child = spawn(execPath ?? process.execPath, [...process.execArgv, ...given], {
    detached: true,
    stdio: 'ignore',
  })
  child.unref()
}

function createCommandLine(): CommandLine {
  const switches = new Map<string, string>()
  return strict('app.commandLine', {
    appendSwitch: (name: string, value = ''): void => void switches.set(name, value),
    hasSwitch: (name: string): boolean => switches.has(name),
    getSwitchValue: (name: string): string => switches.get(name) ?? '',
    removeSwitch: (name: string): void => void switches.delete(name),
    appendArgument: (): never => notBuilt('app.commandLine.appendArgument'),
  })
}

export const app = new StandInApp()

// Electron sets it before anything runs.
Object.assign(process, { resourcesPath: setup.resources })

// Electron becomes ready by itself, whether somebody waits for it or not; never before the main script has run once.
setImmediate(() => {
  if (!phase.ended) void app.whenReady()
})
