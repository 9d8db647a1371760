import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { syncFile } from '../db/durable-files.ts'
import { localSchema, migrateTo } from '../db/open.ts'
import { fillFromBackup } from './fill-from-backup.ts'
import { PageFile, readIfThere } from './page-file.ts'
import { readRows, versionIn } from './read-rows.ts'
import type { Source } from './read-rows.ts'
import { SAVED, soundRow } from './tables.ts'
import type { Fields, Saved, Table } from './tables.ts'
import type { Value } from './records.ts'
import { readWal, writeWal } from './wal-file.ts'

export interface RebuildOptions {
  /** The folder that the damaged database was moved to. */
  readonly folder: string
  /** The damaged file's name there. */
  readonly name: string
  /** Where the new database is to be made. */
  readonly target: string
  readonly backupsDir: string
  readonly now: string
  /** Whether the damaged database is read at all: it may be what ended the process before. */
  readonly trusted: boolean
}

/** What a new database was made of, and what of the old one is not rows. */
export interface Rebuilt {
  /** Rows that the damaged database still had. */
  readonly kept: number
  /** Of these, in how many a value was damaged and replaced. */
  readonly mended: number
  readonly fromBackup: number
  /** The file name of the backup that was used. */
  readonly backup: string | null
  /** Tables of which something may be missing. */
  readonly lost: readonly Saved[]
  readonly state: ReadonlyMap<string, unknown>
  readonly outbox: readonly Fields[]
  /** By entity and id; null = the server has no such row. */
  readonly bases: ReadonlyMap<string, Record<string, Value> | null>
}

/**
 * Makes a new database from whatever can be read of a damaged one, and from the newest good backup what cannot. The queue and
 * what belongs to it are only read here. Can be repeated from the start at any time: what an earlier try left is thrown away.
 */
export function rebuildRows(options: RebuildOptions): Rebuilt {
  const { folder, target, now } = options
  const work = join(folder, 'work')
  rmSync(work, { recursive: true, force: true })
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true })
  writeFileSync(target, '', { mode: 0o600 })
  const db = new Database(target)
  try {
    // Nothing of it counts before it is whole.
    for (const pragma of ['journal_mode = MEMORY', 'synchronous = OFF', 'foreign_keys = OFF']) db.pragma(pragma)
    const sources = options.trusted ? copies(options, work) : []
    migrateTo(db, sources[0] ? versionOf(sources[0]) : localSchema)
    const harvest = new Harvest(db, now)
    const lost = db.transaction(() => harvest.readAll(sources))()
    migrateTo(db, localSchema)
    const filled = lost.size > 0 ? fillFromBackup(db, { lost, backupsDir: options.backupsDir, work }) : NOTHING
    for (const [name, value] of filled.state) if (!harvest.state.has(name)) harvest.state.set(name, value)
    return { ...harvest.found(), fromBackup: filled.rows, backup: filled.backup, lost: [...lost] }
  } finally {
    db.close()
    syncFile(target)
    rmSync(work, { recursive: true, force: true })
  }
}

const NOTHING = { rows: 0, backup: null, state: new Map<string, unknown>() }

function versionOf({ path, wal }: Source): number {
  using file = new PageFile(path, { wal })
  return versionIn(file)
}

/** Copies to read from: with the log as far as its content goes, then as SQLite sees it. */
function copies({ folder, name }: RebuildOptions, work: string): Source[] {
  const original = join(folder, name)
  const log = readIfThere(`${original}-wal`)
  if (!existsSync(original) && !log) return []
  const wal = log && readWal(log)
  const copy = (as: string, bytes: Buffer | null): Source => {
    const path = join(work, as, basename(name))
    mkdirSync(join(work, as), { recursive: true, mode: 0o700 })
    if (existsSync(original)) copyFileSync(original, path)
    else writeFileSync(path, '')
    if (bytes) writeFileSync(`${path}-wal`, bytes)
    return { path, wal: bytes !== null }
  }
  const plain = copy('plain', log)
  if (!log || !wal || wal.lost.length === 0) return [plain]
  // A number that is damaged itself would put a page where none is.
  const end = wal.lost.at(-1)?.commit ?? 0
  const frames = [...wal.frames, ...wal.lost].filter(
    ({ page, commit }) => page >= 1 && page <= end && commit <= end * 2,
  )
  return [copy('mended', writeWal(log, wal.pageSize, frames)), plain]
}

/** Collects rows: those of tables go to the new database, the rest is kept. */
class Harvest {
  readonly state = new Map<string, unknown>()
  readonly #db: Database.Database
  readonly #now: string
  readonly #outbox: Fields[] = []
  readonly #bases = new Map<string, Record<string, Value> | null>()
  readonly #statements = new Map<Saved, Database.Statement>()
  #kept = 0
  #mended = 0

  constructor(db: Database.Database, now: string) {
    this.#db = db
    this.#now = now
  }

  /** Answers the tables of which something may be missing. */
  readAll(sources: readonly Source[]): ReadonlySet<Saved> {
    let lost: ReadonlySet<Saved> = new Set(SAVED)
    for (const source of sources) {
      lost = readRows(source, lost, (table, row, certain) => this.#take(table, row, certain))
      if (lost.size === 0) break
    }
    return lost
  }

  found(): Pick<Rebuilt, 'kept' | 'mended' | 'state' | 'outbox' | 'bases'> {
    return { kept: this.#kept, mended: this.#mended, state: this.state, outbox: this.#outbox, bases: this.#bases }
  }

  #take(table: Table, found: Fields, certain: boolean): boolean {
    // They carry a checksum of their own.
    if (table.name === 'sync_outbox') return this.#outbox.push(found) > 0
    const sound = soundRow(table, found, this.#now)
    if (!sound || (sound.mended && !certain)) return false
    const { row, mended } = sound
    if (table.name === 'sync_state') this.#note(this.state, String(row['name']), JSON.parse(String(row['value'])))
    else if (table.name === 'sync_base')
      this.#note(this.#bases, [row['entity'], row['row_id']].join(' '), parsed(row['row']))
    else {
      const { changes } = this.#insert(table).run(Object.values(row))
      this.#kept += changes
      if (mended) this.#mended += changes
    }
    return true
  }

  /** What was found first is the newer one. */
  #note<V>(map: Map<string, V>, key: string, value: V): void {
    if (!map.has(key)) map.set(key, value)
  }

  #insert({ name, columns }: Table): Database.Statement {
    let statement = this.#statements.get(name)
    if (!statement) {
      const names = columns.map((column) => column.name)
      statement = this.#db.prepare(
        `INSERT OR IGNORE INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      )
      this.#statements.set(name, statement)
    }
    return statement
  }
}

function parsed(row: Value | undefined): Record<string, Value> | null {
  return row === null || row === undefined ? null : (JSON.parse(String(row)) as Record<string, Value>)
}
