import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod'
import { copyDurably, moveDurably, removeDurably, syncFolder, writeDurably } from '../db/durable-files.ts'

/** Where everything of a data dir lies. */
export interface DataFiles {
  readonly dataDir: string
  readonly dbPath: string
  readonly journalPath: string
}

/** A recovery under way. */
export interface Recovery {
  /** Name of its folder in `quarantine`. */
  readonly folder: string
  readonly reason: string
  /** `moving`: what lies in the data dir is the damaged database. `rebuilding`: it is, or will be, the new one. */
  readonly phase: 'moving' | 'rebuilding'
  /** How often a rebuild was begun. */
  readonly tries: number
}

const Recovery = z.object({
  folder: z.string().regex(/^[\w-]+$/),
  reason: z.string(),
  phase: z.enum(['moving', 'rebuilding']),
  tries: z.int(),
})

/** The file that says that a recovery is under way, from its first step to its last. */
const markerOf = ({ dataDir }: DataFiles): string => join(dataDir, 'recovery.json')
/** The file that says that damage was met while the database was in use. */
const suspicionOf = ({ dataDir }: DataFiles): string => join(dataDir, 'damage-seen.txt')

export function quarantineDir({ dataDir }: DataFiles, folder: string): string {
  return join(dataDir, 'quarantine', folder)
}

/** null where none is under way. */
export function recoveryUnderWay(files: DataFiles): Recovery | null {
  const path = markerOf(files)
  const marker = existsSync(path) ? Recovery.safeParse(parsed(readFileSync(path, 'utf8'))) : null
  // One that cannot be read says nothing: what lies in the data dir is looked at anew.
  return marker?.data ?? null
}

export function beginRecovery(files: DataFiles, { reason, at }: { reason: string; at: string }): Recovery {
  return note(files, { folder: freeFolder(files, at), reason, phase: 'moving', tries: 0 })
}

function freeFolder(files: DataFiles, at: string): string {
  for (let ms = Date.parse(at); ; ms += 1) {
    const folder = new Date(ms).toISOString().replaceAll(/[:.]/g, '-')
    if (!existsSync(quarantineDir(files, folder))) return folder
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Damage like any other: it fits no schema.
    return undefined
  }
}

/**
 * Takes the damaged database out of the way; nothing of it is ever deleted. Each step can be repeated after a kill at any
 * moment. The log goes before the file: beside another database it would be written over that one.
 */
export function quarantine(files: DataFiles, recovery: Recovery): Recovery {
  if (recovery.phase === 'rebuilding') return recovery
  const { dbPath, journalPath } = files
  const folder = quarantineDir(files, recovery.folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  syncFolder(join(folder, '..'))
  syncFolder(files.dataDir)
  for (const path of [`${dbPath}-wal`, `${dbPath}-shm`, dbPath]) {
    if (existsSync(path)) moveDurably(path, join(folder, basename(path)))
  }
  const copy = join(folder, basename(journalPath))
  if (existsSync(journalPath) && !existsSync(copy)) copyDurably(journalPath, copy)
  return note(files, { ...recovery, phase: 'rebuilding' })
}

/** Counts a try before it is made: one that ends the process must not be made for ever. */
export function noteTry(files: DataFiles, recovery: Recovery): Recovery {
  return note(files, { ...recovery, tries: recovery.tries + 1 })
}

export function endRecovery(files: DataFiles): void {
  clearSuspicion(files)
  removeDurably(markerOf(files))
}

function note(files: DataFiles, recovery: Recovery): Recovery {
  writeDurably(markerOf(files), JSON.stringify(recovery))
  return recovery
}

/** Damage was met: the next start looks at everything. */
export function noteSuspicion(files: DataFiles, reason: string): void {
  writeDurably(suspicionOf(files), reason)
}

export function isSuspect(files: DataFiles): boolean {
  return existsSync(suspicionOf(files))
}

export function clearSuspicion(files: DataFiles): void {
  removeDurably(suspicionOf(files))
}
