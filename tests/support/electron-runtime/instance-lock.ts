import { existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { join } from 'node:path'

/** What the second instance tells the first. */
export interface Knock {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

const knockName = 'stand-in.knock'

/**
 * One instance per `userData` folder (docs/api/app.md#apprequestsingleinstancelockadditionaldata). A lock whose owner is
 * gone is taken over.
 */
export class InstanceLock {
  readonly #file: string
  readonly #folder: string
  #watcher: FSWatcher | null = null

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, 'stand-in.lock')
  }

  get held(): boolean {
    return this.#watcher !== null
  }

  take(knock: Knock, onKnock: (knock: Knock) => void): boolean {
    if (this.held) return true
    if (existsSync(this.#file) && isAlive(Number(readFileSync(this.#file, 'utf8')))) {
      writeFileSync(join(this.#folder, `${knockName}.${process.pid}`), JSON.stringify(knock))
      return false
    }
    writeFileSync(this.#file, String(process.pid))
    this.#watcher = watch(this.#folder, { persistent: false }, () => this.#hear(onKnock))
    return true
  }

  release(): void {
    if (!this.held) return
    this.#watcher?.close()
    this.#watcher = null
    rmSync(this.#file, { force: true })
  }

  #hear(onKnock: (knock: Knock) => void): void {
    if (!existsSync(this.#folder)) return
    for (const name of readdirSync(this.#folder).filter((one) => one.startsWith(`${knockName}.`))) {
      const text = readFileSync(join(this.#folder, name), 'utf8')
      // It is being written: the watcher calls again.
      if (!text.endsWith('}')) continue
      rmSync(join(this.#folder, name), { force: true })
      onKnock(JSON.parse(text) as Knock)
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // There is no such process.
    return false
  }
}
