import { Protection, SecretName } from '#shared/secrets.ts'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { moveDurably, writeDurably } from '../db/durable-files.ts'

const Place = Protection.exclude(['memory', 'environment'])
const Stored = z.strictObject({
  version: z.literal(1),
  owner: z.guid(),
  kept: z.partialRecord(SecretName, Place),
})
type Stored = z.infer<typeof Stored>
export type Place = z.infer<typeof Place>

/** Which secrets of a data folder are kept, and where. Holds none itself. */
export class SecretRecord {
  readonly #path: string
  #stored: Stored

  /** A record that cannot be read is put aside, never removed. */
  constructor(path: string) {
    this.#path = path
    this.#stored = read(path) ?? { version: 1, owner: randomUUID(), kept: {} }
  }

  /** Tells this data folder's entries from another's, where several share one keychain. */
  get owner(): string {
    return this.#stored.owner
  }

  placeOf(name: SecretName): Place | undefined {
    return this.#stored.kept[name]
  }

  get names(): SecretName[] {
    return SecretName.options.filter((name) => this.placeOf(name) !== undefined)
  }

  keep(name: SecretName, place: Place): void {
    this.#save({ ...this.#stored, kept: { ...this.#stored.kept, [name]: place } })
  }

  drop(name: SecretName): void {
    const { [name]: _gone, ...kept } = this.#stored.kept
    this.#save({ ...this.#stored, kept })
  }

  #save(stored: Stored): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    writeDurably(this.#path, JSON.stringify(stored, null, 2))
    this.#stored = stored
  }
}

function read(path: string): Stored | null {
  if (!existsSync(path)) return null
  try {
    return Stored.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    moveDurably(path, `${path}.damaged`)
    return null
  }
}
