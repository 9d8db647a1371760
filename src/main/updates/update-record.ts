import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import * as z from 'zod'
import { UpdateChannel } from '#shared/updates.ts'
import { readRecord, writeRecord } from '../db/record-file.ts'
import { PackageKind } from './package-kind.ts'

/** A package on this disk, and what it must still be when it is installed. */
const KeptPackage = z.object({
  version: z.string(),
  kind: PackageKind,
  path: z.string(),
  size: z.int(),
  sha512: z.string(),
  /** The version of the database that it works with. */
  dbSchema: z.int(),
})
export type KeptPackage = z.infer<typeof KeptPackage>

const Stored = z.object({
  version: z.literal(1),
  channel: UpdateChannel,
  /** Random; for the rollout. */
  copyId: z.guid(),
  /** The highest sequence seen on each channel. */
  sequences: z.partialRecord(UpdateChannel, z.int()),
  checkedAt: z.string().nullable(),
  /** Downloaded and checked. `rollbackAllowed`: what its manifest says. */
  ready: KeptPackage.extend({
    rollbackAllowed: z.array(z.string()),
    direction: z.enum(['up', 'down']),
    notes: z.string(),
    issuedAt: z.string(),
  }).nullable(),
  /** Whether `ready` is installed when Hudson closes. */
  onQuit: z.boolean(),
  /** What was put in place last, until it has started well; `tries` counts its starts. */
  boot: z.object({ version: z.string(), tries: z.int() }).nullable(),
  /** The version that is installed, where it came by an update, and what its manifest lets it go back to. */
  installed: KeptPackage.extend({ rollbackAllowed: z.array(z.string()) }).nullable(),
  /** This version, and a backup of now: what `previous` becomes when another one is put in place. */
  prepared: KeptPackage.extend({ backup: z.string().nullable() }).nullable(),
  /** The one before, and the backup of the database from then. */
  previous: KeptPackage.extend({ backup: z.string().nullable() }).nullable(),
  /** Why the last one was not installed, for a person. */
  failure: z.string().nullable(),
})
export type UpdateRecordState = z.infer<typeof Stored>

/** What is remembered of updates from one start to the next: `updates/state.json`. Each change is on the disk when it returns. */
export class UpdateRecord {
  readonly #path: string
  #stored: UpdateRecordState

  /** One that cannot be read is put aside; the sequences begin anew then, and a manifest's expiry is what still counts. */
  constructor(path: string) {
    this.#path = path
    this.#stored = readRecord(path, Stored) ?? {
      version: 1,
      channel: 'stable',
      copyId: randomUUID(),
      sequences: {},
      checkedAt: null,
      ready: null,
      onQuit: false,
      boot: null,
      installed: null,
      prepared: null,
      previous: null,
      failure: null,
    }
  }

  get state(): Readonly<UpdateRecordState> {
    return this.#stored
  }

  /** Beside it lie the packages. */
  get folder(): string {
    return dirname(this.#path)
  }

  /** A start of that version. Answers how often it has begun, and not come to a window, since it was put in place. */
  noteStart(version: string): number {
    const { boot } = this.#stored
    if (boot?.version !== version) return 0
    this.change({ boot: { ...boot, tries: boot.tries + 1 } })
    return boot.tries
  }

  change(patch: Partial<UpdateRecordState>): void {
    const next = { ...this.#stored, ...patch }
    writeRecord(this.#path, next)
    this.#stored = next
  }
}
