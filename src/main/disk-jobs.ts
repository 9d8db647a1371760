import Database from 'better-sqlite3'
import { planRestore, previewRestore } from './backups/compare.ts'
import type { CompareOptions } from './backups/compare.ts'
import { copyDatabase } from './db/backup-files.ts'
import { readXlsx } from './sheets/xlsx-sheet.ts'

// Work with whole files, databases above all: seconds for a large catalogue, so it runs in a thread of its own.

const jobs = {
  /** A verified copy of the database. */
  copy: ({ dbPath, to }: { readonly dbPath: string; readonly to: string }): null => {
    onDatabase(dbPath, (db) => copyDatabase(db, to))
    return null
  },
  /** Brings the log into the database, as far as nobody is in the way. */
  checkpoint: ({ dbPath }: { readonly dbPath: string }): null => {
    const db = new Database(dbPath, { timeout: 10_000 })
    try {
      db.pragma('wal_checkpoint(PASSIVE)')
    } finally {
      db.close()
    }
    return null
  },
  /** Looks at everything. Answers what is wrong. */
  check: ({ dbPath }: { readonly dbPath: string }): string[] =>
    onDatabase(dbPath, (db) => {
      const rows = db.pragma('integrity_check(3)') as { integrity_check: string }[]
      return rows.map(({ integrity_check: problem }) => problem).filter((problem) => problem !== 'ok')
    }),
  preview: (options: CompareOptions) => previewRestore(options),
  plan: (options: CompareOptions) => planRestore(options),
  /** The first sheet of a workbook. */
  sheet: ({ path }: { readonly path: string }) => readXlsx(path),
}

type Jobs = typeof jobs
export type DiskJob = { [K in keyof Jobs]: { readonly kind: K; readonly input: Parameters<Jobs[K]>[0] } }[keyof Jobs]

/** Runs a job somewhere; rejects with its error, or as soon as the signal says that nobody wants it any more. */
export type RunDiskJob = <K extends keyof Jobs>(
  kind: K,
  input: Parameters<Jobs[K]>[0],
  signal: AbortSignal,
) => Promise<Awaited<ReturnType<Jobs[K]>>>

export async function runDiskJob({ kind, input }: DiskJob): Promise<unknown> {
  return await jobs[kind](input as never)
}

function onDatabase<T>(path: string, work: (db: Database.Database) => T): T {
  const db = new Database(path, { readonly: true, timeout: 10_000 })
  try {
    return work(db)
  } finally {
    db.close()
  }
}
