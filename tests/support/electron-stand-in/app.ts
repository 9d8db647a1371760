import { EventEmitter } from 'node:events'
import { existsSync, readFileSync, rmSync, watchFile, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { closeBrowser, openBrowser } from './browser.ts'
import { onlyBeforeReady, phase, windows } from './state.ts'

/** An event whose default can be prevented, as Electron hands them out. */
export class StandInEvent {
  defaultPrevented = false

  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** Electron's `app`, as far as Hudson uses it, with the order of its calls checked. */
class StandInApp extends EventEmitter {
  readonly isPackaged = false
  sandboxed = false
  readonly #paths = new Map<string, string>()
  readonly #held: string[] = []

  enableSandbox(): void {
    onlyBeforeReady('app.enableSandbox')
    this.sandboxed = true
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`app.setPath: ${path} does not exist`)
    this.#paths.set(name, path)
  }

  /** One per `userData` folder. The first instance hears of the second. */
  requestSingleInstanceLock(): boolean {
    const folder = this.#paths.get('userData')
    if (folder === undefined) throw new Error('The lock belongs to userData; set that first')
    const lock = join(folder, 'stand-in.lock')
    const knock = join(folder, 'stand-in.second')
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      writeFileSync(knock, String(process.pid))
      return false
    }
    writeFileSync(lock, String(process.pid))
    this.#held.push(lock, knock)
    watchFile(knock, { interval: 50, persistent: false }, () => this.emit('second-instance', new StandInEvent(), []))
    return true
  }

  async whenReady(): Promise<void> {
    await openBrowser()
    phase.ready = true
  }

  quit(): void {
    const event = new StandInEvent()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    for (const window of windows.toReversed()) window.forget()
    this.exit(0)
  }

  exit(code: number): void {
    for (const path of this.#held) rmSync(path, { force: true })
    void closeBrowser().finally(() => process.exit(code))
  }
}

export const app = new StandInApp()

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // There is no such process.
    return false
  }
}
