import { AppError } from '#shared/app-error.ts'
import type { FieldErrors } from '#shared/app-error.ts'
import type { FieldChoice } from '#shared/conflicts.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import { lineupRows } from '../db/lineup-places.ts'
import { planPlaces } from '../db/order-key.ts'
import type { ConflictRow } from '../db/schema.ts'
import { canKeepBoth } from './conflict-view.ts'
import { isGone } from './disputed.ts'
import { addVersion, edit, storable, touchSession } from './edits.ts'
import type { EditDeps } from './edits.ts'
import { fieldOf, toContract, toLocal } from './fields.ts'
import { sideOf } from './sides.ts'
import type { View } from './sides.ts'
import { settleStatus, statusProblem } from './show-status.ts'
import { fieldsOf, localRow, parksDeletion } from './stored.ts'
import type { Choice, Choices, Columns } from './stored.ts'
import { titleOf } from './titles.ts'

/** A decision as the server takes it, by column. */
export interface Decision {
  readonly choices: Choices
  /** What this desktop shows as standing. */
  readonly shown: Columns
}

export interface Plan extends Decision {
  /** What is left to do here once the server has taken it: ordinary edits. */
  readonly afterwards?: () => void
}

interface Asked {
  readonly row: ConflictRow
  readonly view: View
}

/** A decision for all of it. Throws `bad-call` where there are no two versions to keep. */
export function planKeep(deps: EditDeps, { row, view }: Asked, keep: 'mine' | 'theirs' | 'both'): Plan {
  if (keep === 'both') return planBoth(deps, row)
  return planSide(deps, row, sideOf(keep, view))
}

function planSide(deps: EditDeps, row: ConflictRow, side: 'parked' | 'standing'): Plan {
  if (row.kind === 'delete') return planDeletion(deps, row, { side })
  const choices = Object.fromEntries(fieldsOf(row).map(({ name }) => [name, side]))
  if (row.kind === 'live') return planLive(deps, row, choices)
  refuseUnfit(deps.db, row, choices)
  return { choices, shown: shownOf(deps.db, row) }
}

function planBoth(deps: EditDeps, row: ConflictRow): Plan {
  const { db } = deps
  if (!canKeepBoth(row)) {
    throw badChoice({ keep: noBoth[row.kind] })
  }
  if (row.kind === 'delete' && parksDeletion(row)) return planDeletion(deps, row, { side: 'standing' })
  if (row.kind === 'delete' && isGone(db, row)) return planDeletion(deps, row, { side: 'parked' })
  const itemId = row.entity_id
  const newId = uuid()
  const columns = toLocal(Object.fromEntries(fieldsOf(row).map(({ name, parked }) => [name, parked])))
  const standing: Choices = Object.fromEntries(fieldsOf(row).map(({ name }) => [name, 'standing']))
  return {
    // So that no two decisions are the same: the server takes the first one, and only its desktop makes the copy.
    choices: { ...(row.kind === 'delete' ? { deleted: 'standing' } : standing), copy: { value: newId } },
    shown: row.kind === 'delete' ? { deleted: false } : shownOf(db, row),
    afterwards: () => void addVersion(deps, { itemId, newId, columns: storable(db, 'session_products', columns) }),
  }
}

const noBoth: Readonly<Record<ConflictRow['kind'], string>> = {
  field: 'A session has one value for each of its fields: choose for each',
  delete: 'A session is deleted or it is not: choose one of the two',
  order: 'An item has one place: choose one of the two',
  live: 'A show stands at one place: choose one of the two',
}

/** A decision field by field. Throws `bad-call` with what is wrong with it. */
export function planChoices(deps: EditDeps, { row, view }: Asked, given: Readonly<Record<string, FieldChoice>>): Plan {
  const asked = new Map(Object.entries(given))
  if (row.kind === 'live') return planSide(deps, row, sideOf(oneSide(asked), view))
  const names = new Map(fieldsOf(row).map((field) => [fieldOf(row.entity, field.name).name, field.name]))
  const known = new Set([...names.keys(), ...(row.kind === 'delete' ? ['deleted'] : [])])
  const problems = new Map<string, string>()
  for (const name of asked.keys()) if (!known.has(name)) problems.set(name, 'is no field of this conflict')
  const chosen: Record<string, Choice> = {}
  for (const [name, column] of names) {
    const choice = asked.get(name)
    if (choice === undefined) {
      if (row.kind !== 'delete') problems.set(name, 'Choose for this field too')
    } else if (typeof choice === 'string') chosen[column] = sideOf(choice, view)
    else {
      const value = checkedValue(deps, row, { column, value: choice.value })
      if ('problem' in value) problems.set(name, value.problem)
      else chosen[column] = value
    }
  }
  if (row.kind === 'delete') return planDeletion(deps, row, { side: deletionSide(asked, { view, problems }), chosen })
  refuse(problems)
  refuseUnfit(deps.db, row, chosen)
  return { choices: chosen, shown: shownOf(deps.db, row) }
}

function deletionSide(
  asked: ReadonlyMap<string, FieldChoice>,
  { view, problems }: { readonly view: View; readonly problems: Map<string, string> },
): 'parked' | 'standing' {
  const choice = asked.get('deleted')
  if (choice === undefined) problems.set('deleted', 'Choose whether it stays')
  else if (typeof choice !== 'string') problems.set('deleted', 'Choose mine or theirs')
  refuse(problems)
  return sideOf(choice as 'mine' | 'theirs', view)
}

/** A place in a show is one thing: fields may be named, but all for one side. */
function oneSide(asked: ReadonlyMap<string, FieldChoice>): 'mine' | 'theirs' {
  const sides = new Set(asked.values())
  const [side] = sides
  if (sides.size === 1 && (side === 'mine' || side === 'theirs')) return side
  throw badChoice({ choices: 'A show stands at one place: choose mine or theirs for all of it' })
}

/**
 * Where a deletion waits the server does it or not. Where edits wait it brings the row back with all of them; values that are
 * wanted otherwise are written afterwards.
 */
function planDeletion(
  deps: EditDeps,
  row: ConflictRow,
  { side, chosen = {} }: { readonly side: 'parked' | 'standing'; readonly chosen?: Choices },
): Plan {
  const { db } = deps
  const gone = isGone(db, row)
  const shown = gone ? { deleted: true } : { ...shownOf(db, row), deleted: false }
  // For the log: which of the edits came back.
  const each = fieldsOf(row).map(({ name }): [string, Choice] => [
    name,
    side === 'standing' ? side : (chosen[name] ?? side),
  ])
  const choices = { ...Object.fromEntries(each), deleted: side }
  const corrections = side === 'standing' ? {} : correctionsOf(row, { chosen, standing: gone ? null : shown })
  if (Object.keys(corrections).length === 0) return { choices, shown }
  return { choices, shown, afterwards: () => correct(deps, row, corrections) }
}

/** Columns that are to say something else than the edits that waited: what stands, or stood before the deletion, or a third. */
function correctionsOf(
  row: ConflictRow,
  { chosen, standing }: { readonly chosen: Choices; readonly standing: Columns | null },
): Columns {
  return Object.fromEntries(
    fieldsOf(row).flatMap(({ name, base }) => {
      const choice = chosen[name] ?? 'parked'
      if (choice === 'parked') return []
      return [[name, choice === 'standing' ? (standing ? standing[name] : base) : choice.value]]
    }),
  )
}

function correct(deps: EditDeps, { entity, entity_id: id }: ConflictRow, corrections: Columns): void {
  const { db } = deps
  const row = localRow(db, entity, id)
  if (!row || (entity !== 'sessions' && entity !== 'session_products')) return
  const sessionId = entity === 'sessions' ? id : String(row['session_id'])
  const label = `Bring back ${titleOf(db, { entity, id }).inText}`
  edit(deps, { scope: `session:${sessionId}`, label }, (tx) => {
    tx.update(entity, id, storable(db, entity, corrections))
    touchSession(tx, entity, row)
  })
}

/** Which of two desktops drives is decided, not from which item: the other one goes on meanwhile. */
function planLive(deps: EditDeps, row: ConflictRow, choices: Choices): Plan {
  return { choices, shown: {}, afterwards: () => settleStatus(deps, row.entity_id) }
}

/** What this desktop shows as standing, as Postgres wants it. */
function shownOf(db: Db, row: ConflictRow): Columns {
  const local = localRow(db, row.entity, row.entity_id)
  if (!local) return {}
  const known = fieldsOf(row).filter(({ name }) => name in local)
  return Object.fromEntries(known.map(({ name }) => [name, toContract(fieldOf(row.entity, name), local[name])]))
}

function checkedValue(
  deps: EditDeps,
  row: ConflictRow,
  { column, value }: { readonly column: string; readonly value: unknown },
): { readonly value: unknown } | { readonly problem: string } {
  if (column === 'order_key') return keyAt(deps, row, value)
  const schema = fieldOf(row.entity, column).value
  if (!schema) return { problem: 'Choose mine or theirs' }
  const parsed = schema.safeParse(value)
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message ?? 'does not fit' }
  if (column === 'brand_id' && typeof parsed.data === 'string' && !localRow(deps.db, 'brands', parsed.data)) {
    return { problem: 'This brand is not there any more' }
  }
  return { value: parsed.data }
}

/** A third place, given as a number from 1. */
function keyAt(
  { db, random }: EditDeps,
  row: ConflictRow,
  place: unknown,
): { readonly value: unknown } | { readonly problem: string } {
  const others = lineupRows(db, String(row.session_id)).filter(({ id }) => id !== row.entity_id)
  if (typeof place !== 'number' || !Number.isInteger(place) || place < 1 || place > others.length + 1) {
    return { problem: `Give a place from 1 to ${others.length + 1}` }
  }
  const { keys, rewritten } = planPlaces(others, { at: place - 1, count: 1, random })
  const [key] = keys
  if (key !== undefined && rewritten.size === 0) return { value: key }
  return { problem: 'There is no room at that place: choose mine or theirs, and move it afterwards' }
}

/** What the parked side wanted may not be possible any more. */
function refuseUnfit(db: Db, row: ConflictRow, choices: Choices): void {
  if (row.entity !== 'sessions') return
  for (const { name, parked } of fieldsOf(row)) {
    const choice = choices[name] ?? 'standing'
    if (choice === 'standing') continue
    const value = choice === 'parked' ? parked : choice.value
    const problem = typeof value === 'string' ? unfit(db, row.entity_id, { name, value }) : null
    if (problem !== null) throw new AppError('conflict', problem)
  }
}

function unfit(db: Db, sessionId: string, { name, value }: { name: string; value: string }): string | null {
  if (name === 'status') return statusProblem(db, sessionId, value)
  if (name !== 'brand_id' || localRow(db, 'brands', value)) return null
  return 'The brand that was chosen is not there any more. Keep the other one, then choose a brand.'
}

function refuse(problems: ReadonlyMap<string, string>): void {
  if (problems.size === 0) return
  throw badChoice(Object.fromEntries([...problems].map(([name, problem]) => [`choices.${name}`, problem])))
}

function badChoice(fields: FieldErrors): AppError {
  const named = Object.entries(fields).map(([field, problem]) => `${field}: ${problem}`)
  return new AppError('bad-call', `This decision does not fit. ${named.slice(0, 3).join('; ')}`, { fields })
}
