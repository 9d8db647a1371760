import type { LogEntry } from '#shared/conflicts.ts'
import type { Db } from '../db/database.ts'
import { lineupRows } from '../db/lineup-places.ts'
import type { ConflictLogRow, ConflictRow } from '../db/schema.ts'
import { fieldOf, toContract } from './fields.ts'
import { liveFields } from './live-fields.ts'
import { placeOfKey } from './order-lists.ts'
import { isRestorable } from './restore-plan.ts'
import { fieldFrom, sideOf } from './sides.ts'
import type { Disputed, View, Viewer } from './sides.ts'
import { decidedConflict, imageOf, localRow, logFieldsOf, parksDeletion, resolutionOf } from './stored.ts'
import type { Columns, StoredLogField } from './stored.ts'
import { logText } from './texts.ts'
import type { Told } from './texts.ts'
import { sessionName, titleOf } from './titles.ts'

type Kept = 'parked' | 'standing' | { readonly value: unknown }
type LogField = LogEntry['fields'][number]

/** An entry of the log, as far as a search looks at it. */
export interface Summary {
  readonly row: ConflictLogRow
  readonly view: View
  readonly stored: readonly StoredLogField[]
  readonly deletion: Deletion | null
  readonly title: string
  readonly sessionName: string | null
  readonly told: Omit<Told, 'restorable'>
}

export function logSummary(db: Db, viewer: Viewer, row: ConflictLogRow): Summary {
  const view = viewer.entry(row)
  const stored = logFieldsOf(row)
  const conflict = decidedConflict(db, row)
  const { title, inText } = titleOf(db, {
    entity: row.entity,
    id: row.entity_id,
    sessionId: row.session_id,
    known: { ...Object.fromEntries(stored.map(({ name, base }) => [name, base])), ...imageOf(row) },
  })
  const deletion = conflict?.kind === 'delete' ? deletionOf(conflict) : null
  const resolver = conflict?.resolved_by ?? null
  const told = {
    row,
    view,
    inText,
    columns: stored.map(({ name }) => name),
    kept: keptOf(stored[0]?.kept ?? 'theirs'),
    outcome: deletion && (deletion[deletion.kept] === true ? ('delete' as const) : ('keep' as const)),
    resolver: resolver !== null && viewer.isMe(resolver) ? 'you' : resolver,
  }
  return { row, view, stored, deletion, title, sessionName: sessionName(db, row.session_id), told }
}

/** An entry of the log as this desktop sees it. */
export function logEntry(db: Db, summary: Summary): LogEntry {
  const { row, view, title, told } = summary
  const restorable = isRestorable(db, row)
  return {
    id: row.id,
    at: row.created_at,
    entity: row.entity,
    entityId: row.entity_id,
    title,
    sessionId: row.session_id,
    sessionName: summary.sessionName,
    decision: row.decision,
    detail: detailOf(row),
    text: logText({ ...told, restorable }),
    fields: entryFields(db, summary),
    mine: view.mine,
    theirs: view.theirs,
    mineIsMe: view.mineIsMe,
    restorable,
  }
}

interface Deletion extends Disputed {
  readonly kept: 'parked' | 'standing'
}

function deletionOf(conflict: ConflictRow): Deletion {
  const parked = parksDeletion(conflict)
  const kept = resolutionOf(conflict)['deleted'] === 'parked' ? 'parked' : 'standing'
  return { name: 'deleted', base: false, parked, standing: !parked, kept }
}

function entryFields(db: Db, { row, view, stored, deletion }: Summary): LogField[] {
  const local = localRow(db, row.entity, row.entity_id)
  if (row.entity === 'session_states') {
    const kept = stored[0]?.kept ?? 'theirs'
    const fields = liveFields(db, {
      base: side(stored, 'base'),
      parked: side(stored, 'mine'),
      standing: side(stored, 'theirs'),
    })
    return fields.map((one) => ({ ...fieldFrom(one, view), ...shownKept(keptOf(kept), view), now: null }))
  }
  const fields = stored.map((one): LogField => {
    const { name: column, kept } = one
    const value = valueOf(db, row, column)
    const three = {
      name: fieldOf(row.entity, column).name,
      base: value(one.base),
      parked: value(one.mine),
      standing: value(one.theirs),
    }
    const third = typeof kept === 'object' ? { value: value(kept.value) } : keptOf(kept)
    return { ...fieldFrom(three, view), ...shownKept(third, view), now: local ? value(local[column]) : null }
  })
  if (!deletion) return fields
  return [{ ...fieldFrom(deletion, view), ...shownKept(deletion.kept, view), now: local === undefined }, ...fields]
}

/** How a column's values read: places instead of keys. */
function valueOf(db: Db, row: ConflictLogRow, column: string): (stored: unknown) => unknown {
  if (column !== 'order_key') return (stored) => toContract(fieldOf(row.entity, column), stored)
  const rows =
    row.entity === 'session_products' && row.session_id !== null
      ? lineupRows(db, row.session_id)
      : db.all(db.build.selectFrom('message_presets').select(['id', 'order_key']))
  return (stored) => placeOfKey(rows, row.entity_id, stored)
}

function side(fields: readonly StoredLogField[], name: 'base' | 'mine' | 'theirs'): Columns {
  return Object.fromEntries(fields.map((field) => [field.name, field[name]]))
}

function keptOf(kept: StoredLogField['kept']): 'parked' | 'standing' | 'other' {
  if (typeof kept === 'object') return 'other'
  return kept === 'mine' || kept === 'parked' ? 'parked' : 'standing'
}

function shownKept(kept: Kept | 'other', view: View): Pick<LogField, 'kept' | 'value'> {
  if (typeof kept === 'object') return { kept: 'other', value: kept.value }
  if (kept === 'other') return { kept, value: null }
  return { kept: sideOf('mine', view) === kept ? 'mine' : 'theirs', value: null }
}

/** What the database itself said of a refusal is for the log file, not for people. */
function detailOf({ decision, detail }: ConflictLogRow): string | null {
  if (detail === null) return null
  if (decision === 'rejected') return "The team's database does not take these values."
  return details.get(detail) ?? detail
}

const details: ReadonlyMap<string, string> = new Map([
  ['in use', 'A line-up uses it.'],
  ['exists', 'It was there already.'],
  ['product', 'Its product was deleted.'],
  ['revived', 'It had been deleted and was put back.'],
  ['parked', 'It waited for a decision.'],
  ['revived', 'It had been deleted, and came back.'],
  ['parked', 'It waited for a decision.'],
])
