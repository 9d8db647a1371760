import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { Id } from '#shared/fields.ts'
import type { Log } from '../log.ts'
import { Places } from './window-place.ts'

/** The host view on a screen, as it was asked for. */
const HostWish = z.object({ screenId: z.string(), name: z.string(), sessionId: Id })
export type HostWish = z.infer<typeof HostWish>

const Stored = z.object({
  version: z.literal(1),
  windows: z.partialRecord(z.enum(['main', 'producer', 'host']), Places),
  hosts: z.array(HostWish),
})
type Stored = z.infer<typeof Stored>
export type WindowKind = keyof Stored['windows']

export interface RecordDeps {
  readonly path: string
  readonly log: Log
  /** Writes a file that is there whole or not at all. */
  readonly write: (path: string, text: string) => void
}

/**
 * Where windows stand on this computer, kept from one start to the next. Losing it costs comfort only: what cannot be read
 * counts as nothing, and what cannot be written is logged.
 */
export class WindowRecord {
  readonly #deps: RecordDeps
  #stored: Stored

  constructor(deps: RecordDeps) {
    this.#deps = deps
    this.#stored = this.#read()
  }

  placesOf(kind: WindowKind): Places | undefined {
    return this.#stored.windows[kind]
  }

  get hosts(): readonly HostWish[] {
    return this.#stored.hosts
  }

  keepPlaces(kind: WindowKind, places: Places): void {
    this.#save({ ...this.#stored, windows: { ...this.#stored.windows, [kind]: places } })
  }

  keepHosts(hosts: readonly HostWish[]): void {
    this.#save({ ...this.#stored, hosts: [...hosts] })
  }

  #save(stored: Stored): void {
    if (JSON.stringify(stored) === JSON.stringify(this.#stored)) return
    this.#stored = stored
    const { path, write, log } = this.#deps
    try {
      write(path, JSON.stringify(stored, null, 2))
    } catch (error) {
      log.warn('where the windows stand could not be kept', { error })
    }
  }

  #read(): Stored {
    const none: Stored = { version: 1, windows: {}, hosts: [] }
    const { path, log } = this.#deps
    if (!existsSync(path)) return none
    try {
      return Stored.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch (error) {
      log.warn('where the windows stood could not be read', { error })
      return none
    }
  }
}
