import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { UpdatePlatform } from './engine.ts'
import { sha512Of } from './package-file.ts'
import type { KeptPackage, UpdateRecord } from './update-record.ts'

/** Keeps packages beside the record, so that there is a way back. */
export class UpdateStore {
  readonly #record: UpdateRecord

  constructor(record: UpdateRecord) {
    this.#record = record
  }

  /** Takes a package that was downloaded into our own folder, out of the reach of the downloader. */
  async take<T extends KeptPackage>(found: T): Promise<T> {
    return { ...found, path: await this.#copy(found.path, found.version) }
  }

  /** The package of the version that runs: as it was downloaded, or as it runs. Null where there is none to be had. */
  async keepRunning(platform: UpdatePlatform, version: string, dbSchema: number): Promise<KeptPackage | null> {
    const { installed } = this.#record.state
    if (installed?.version === version && existsSync(installed.path)) return installed
    const { runningPackage, kind } = platform
    if (runningPackage === null || !existsSync(runningPackage)) return null
    const path = await this.#copy(runningPackage, version)
    return { version, kind, path, size: (await stat(path)).size, sha512: await sha512Of(path), dbSchema }
  }

  /** Removes the packages that nothing refers to any more. */
  async sweep(): Promise<void> {
    const { ready, installed, prepared, previous } = this.#record.state
    const kept = new Set([ready, installed, prepared, previous].flatMap((one) => (one ? [one.path] : [])))
    const folder = join(this.#record.folder, 'packages')
    if (!existsSync(folder)) return
    for (const version of await readdir(folder)) {
      const isKept = [...kept].some((path) => dirname(path) === join(folder, version))
      if (!isKept) await rm(join(folder, version), { recursive: true, force: true })
    }
  }

  async #copy(from: string, version: string): Promise<string> {
    const folder = join(this.#record.folder, 'packages', version)
    const to = join(folder, basename(from))
    if (from === to) return to
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await copyFile(from, to)
    return to
  }
}
