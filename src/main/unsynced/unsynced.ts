import type { Handlers } from '#shared/contract.ts'
import type { unsynced, UnsyncedFormat } from '#shared/unsynced.ts'
import { basename } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { writeNewFile } from '../db/write-new-file.ts'
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
      if (path === undefined) return { savedAs: await documents.save(file), edits }
      writeNewFile(path, file.bytes)
      return { savedAs: basename(path), edits }
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
