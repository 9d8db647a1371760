import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { unsynced, UnsyncedFormat } from '#shared/unsynced.ts'
import { rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { DocumentsPort } from '../documents.ts'
import { csvFile } from '../sheets/write-csv.ts'
import { fieldWord, kindWord, unsyncedEdits, valueText } from './edit-words.ts'
import type { UnsyncedEdit } from './edit-words.ts'

interface UnsyncedDeps {
  readonly db: Db
  readonly clock: Clock
  readonly documents: Pick<DocumentsPort, 'save'>
}

/** sync.exportUnsynced and sync.saveUnsynced: what waits, for whoever needs it before the team can have it. */
export function createUnsynced({ db, clock, documents }: UnsyncedDeps): Handlers<typeof unsynced> {
  const fileOf = (format: UnsyncedFormat) => {
    const edits = unsyncedEdits(db)
    const fileName = `hudson-edits-${clock.now().slice(0, 16).replaceAll(':', '-')}.${format}`
    const count = new Set(edits.map(({ tx }) => tx)).size
    return { fileName, edits: count, bytes: format === 'csv' ? csvFile(table(edits)) : jsonFile(edits) }
  }
  return {
    'sync.exportUnsynced': ({ format }) => {
      const { bytes, ...about } = fileOf(format)
      return { ...about, base64: bytes.toString('base64') }
    },
    'sync.saveUnsynced': async ({ format, path }) => {
      const { edits, ...file } = fileOf(format)
      return { savedAs: path === undefined ? await documents.save(file) : await writeNew(path, file.bytes), edits }
    },
  }
}

const titles = ['When (UTC)', 'What', 'Name', 'Change', 'Field', 'Before', 'Now', 'Edit', 'Id']
const changes = { insert: 'new', update: 'changed', delete: 'deleted' } as const
/** What only Hudson needs. */
const hidden: ReadonlySet<string> = new Set(['id', 'created_at', 'updated_at', 'order_key'])

/** A row for each field; of an edit without one (a deletion) a single row. */
function table(edits: readonly UnsyncedEdit[]): string[][] {
  return [titles, ...edits.flatMap(rowsOf)]
}

function rowsOf({ tx, at, entity, rowId, name, op, before, now }: UnsyncedEdit): string[][] {
  const row = (field: string, was: string, is: string): string[] => {
    const when = at.slice(0, 19).replace('T', ' ')
    return [when, kindWord(entity), name, changes[op], field, was, is, String(tx), rowId]
  }
  if (now === null || before === null) return [row('(cannot be read)', '', '')]
  const columns = Object.keys(now).filter((column) => !hidden.has(column) && (op !== 'insert' || now[column] !== null))
  if (columns.length === 0) return [row(op === 'update' ? 'Place' : '', '', '')]
  return columns.map((column) =>
    row(fieldWord(column), valueText(column, before[column]), valueText(column, now[column])),
  )
}

function jsonFile(edits: readonly UnsyncedEdit[]): Buffer {
  return Buffer.from(`${JSON.stringify({ edits }, null, 2)}\n`)
}

/** Answers the name of the file; it is there whole or not at all, and replaces none. */
async function writeNew(path: string, bytes: Buffer): Promise<string> {
  if (!isAbsolute(path)) {
    throw new AppError('bad-call', 'The file needs a whole path.', { fields: { path: 'is not a whole path' } })
  }
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST'
    if (!exists) rmSync(path, { force: true })
    const why = exists ? 'There is a file of this name already' : 'The file could not be written there'
    throw new AppError('conflict', `${why}. Nothing was changed; choose another place.`, { cause: error })
  }
  return basename(path)
}
