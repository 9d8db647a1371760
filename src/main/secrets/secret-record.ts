import { Protection, SecretName } from '#shared/secrets.ts'
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { readRecord, writeRecord } from '../db/record-file.ts'

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
    this.#stored = readRecord(path, Stored) ?? { version: 1, owner: randomUUID(), kept: {} }
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
    writeRecord(this.#path, stored)
    this.#stored = stored
  }
}
