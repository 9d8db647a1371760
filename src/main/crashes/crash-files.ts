import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { writeDurably } from '../db/durable-files.ts'
import { StoredCrash } from './crash-report.ts'
import { planPrune } from './plan-prune.ts'
import type { KeptFile } from './plan-prune.ts'

const DAY_MS = 24 * 60 * 60_000
const reportLimits = { most: 20, maxAgeMs: 30 * DAY_MS, maxBytes: 1_000_000 }
/** A memory image has megabytes. */
const dumpLimits = { most: 5, maxAgeMs: 30 * DAY_MS, maxBytes: 100_000_000 }

/**
 * The folder of crashes: `ID.json` for each report, and `dumps/` for the memory images that Electron's crash reporter makes.
 *
 * 1. Only the user may read any of it.
 * 2. At most 20 reports and 5 images, none older than 30 days.
 * 3. Nothing here throws: it is called when something else has broken already.
 */
export class CrashFiles {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Newest first. A file that is no report is left out. */
  list(): StoredCrash[] {
    return this.#reports()
      .flatMap(({ name }) => this.#read(name) ?? [])
      .toSorted((a, b) => (a.report.at < b.report.at ? 1 : -1))
  }

  read(id: string): StoredCrash | null {
    return this.#read(`${id}.json`)
  }

  /** Answers whether it lies there now. */
  write(stored: StoredCrash): boolean {
    const name = `${stored.report.id}.json`
    return this.#tried(false, () => {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
      chmodSync(this.#dir, 0o700)
      writeDurably(join(this.#dir, name), `${JSON.stringify(stored, null, 2)}\n`)
      return true
    })
  }

  remove(id: string): void {
    this.#remove(`${id}.json`)
  }

  dumps(): { count: number; bytes: number } {
    const files = this.#dumps()
    return { count: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
  }

  /** Removes what is too old or too much; `keep` is the id of the report that was just written. */
  prune(now: number, keep?: string): void {
    const kept = keep === undefined ? {} : { keep: `${keep}.json` }
    for (const name of planPrune(this.#reports(), { ...reportLimits, now, ...kept })) this.#remove(name)
    for (const name of planPrune(this.#dumps(), { ...dumpLimits, now })) this.#remove(name)
    // Whoever makes the images does not ask who may read them.
    for (const { name } of this.#dumps()) this.#tried(undefined, () => chmodSync(join(this.#dir, name), 0o600))
  }

  /** Removes everything. Answers how many reports and images that were. */
  clear(): number {
    const all = [...this.#reports(), ...this.#dumps()]
    for (const { name } of all) this.#remove(name)
    return all.length
  }

  #reports(): KeptFile[] {
    return this.#files('').filter(({ name }) => name.endsWith('.json'))
  }

  #dumps(): KeptFile[] {
    return this.#files('dumps').filter(({ name }) => name.endsWith('.dmp'))
  }

  /** Files of a folder in here and what is below it, by their path from here. */
  #files(folder: string): KeptFile[] {
    return this.#tried([], () =>
      readdirSync(join(this.#dir, folder), { recursive: folder !== '', encoding: 'utf8' }).flatMap((one) => {
        const name = join(folder, one)
        const found = statSync(join(this.#dir, name), { throwIfNoEntry: false })
        return found?.isFile() === true ? [{ name, at: found.mtimeMs, bytes: found.size }] : []
      }),
    )
  }

  #read(name: string): StoredCrash | null {
    return this.#tried(null, () => {
      const text = readFileSync(join(this.#dir, basename(name)), 'utf8')
      return StoredCrash.safeParse(JSON.parse(text)).data ?? null
    })
  }

  #remove(name: string): void {
    this.#tried(undefined, () => rmSync(join(this.#dir, name), { force: true }))
  }

  #tried<T>(otherwise: T, act: () => T): T {
    try {
      return act()
    } catch {
      // A full or broken disk. What broke first is in the log, or cannot be written down at all.
      return otherwise
    }
  }
}
