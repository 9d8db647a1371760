import type { ConflictLogRow, ConflictRow } from '../db/schema.ts'
import { fieldOf } from './fields.ts'
import { nameOfSide } from './sides.ts'
import type { View } from './sides.ts'
import { fieldsOf, parksDeletion } from './stored.ts'
import { capitalised } from './titles.ts'

interface OfConflict {
  readonly row: ConflictRow
  readonly view: View
  readonly inText: string
}

/** "You and Anna changed the price of …". */
export function conflictText({ row, view, inText }: OfConflict): string {
  const mine = nameOfSide(view, 'mine')
  const theirs = nameOfSide(view, 'theirs')
  const [parked, standing] = view.parkedIsMine ? [mine, theirs] : [theirs, mine]
  const both = capitalised(`${mine} and ${theirs}`)
  switch (row.kind) {
    case 'field':
      return `${both} changed the ${wordsOf(
        row.entity,
        fieldsOf(row).map(({ name }) => name),
      )} of ${inText}.`
    case 'order':
      return `${both} moved ${inText} to different places.`
    case 'live':
      return `${both} took the show ${inText} to different places while apart.`
    case 'delete': {
      const verb = row.entity === 'session_products' ? 'removed' : 'deleted'
      const [deleter, editor] = parksDeletion(row) ? [parked, standing] : [standing, parked]
      return capitalised(`${deleter} ${verb} ${inText} while ${editor} changed it.`)
    }
    default:
      return `${both} changed ${inText}.`
  }
}

export interface Told {
  readonly row: ConflictLogRow
  readonly view: View
  readonly inText: string
  /** Names of columns that were not bookkeeping. */
  readonly columns: readonly string[]
  /** Which side's values were kept. */
  readonly kept: 'parked' | 'standing' | 'other'
  readonly restorable: boolean
  /** Who decided, where a person did, as a name within a sentence; and whether it was to delete or to keep a row. */
  readonly resolver: string | null
  readonly outcome: 'delete' | 'keep' | null
}

/** "Anna's price of … was replaced by yours; the old one can be restored." */
export function logText(told: Told): string {
  const { row, restorable } = told
  const text = capitalised((sentences.get(row.decision) ?? put)(told))
  return restorable ? `${text}; ${restWords(told)} can be restored.` : `${text}.`
}

const sentences: ReadonlyMap<string, (told: Told) => string> = new Map([
  ['overwrote', replaced],
  [
    'kept',
    (told) =>
      told.row.detail === 'in use' ? `${told.inText} was not deleted, because a line-up uses it` : stayed(told),
  ],
  ['merged', (told) => (told.row.detail === 'exists' ? stayed(told) : merged(told))],
  ['deleted', deleted],
  [
    'deleted changed',
    (told) => `${parkedName(told)} deleted ${told.inText}, which ${standingName(told)} had just changed`,
  ],
  ['duplicate', (told) => `${own(parkedName(told))} talking points were there already and were not added again`],
  ['renumbered', (told) => `${told.inText} got another number, because the one it had was taken`],
  [
    'rejected',
    (told) => `${own(parkedName(told))} change of ${told.inText} does not fit the team's data and was not taken`,
  ],
  ['resolved', resolved],
])

function replaced(told: Told): string {
  const what = wordsOf(told.row.entity, told.columns)
  const verb = told.columns.length > 1 ? 'were' : 'was'
  if (told.row.detail === 'parked') {
    return `${own(parkedName(told))} first ${what} of ${told.inText} ${verb} replaced by a later wish, before anybody decided`
  }
  return `${own(standingName(told))} ${what} of ${told.inText} ${verb} replaced by ${ownAlone(parkedName(told))}`
}

function stayed(told: Told): string {
  const what = wordsOf(told.row.entity, told.columns)
  const verb = told.columns.length > 1 ? 'were' : 'was'
  return `${own(parkedName(told))} ${what} of ${told.inText} ${verb} not taken, because ${ownAlone(standingName(told))} came first`
}

function merged(told: Told): string {
  return `${parkedName(told)} and ${standingName(told)} changed different things of ${told.inText}, and both are kept`
}

function deleted(told: Told): string {
  if (told.row.detail === 'product')
    return `${told.inText} was not added, because ${standingName(told)} had deleted its product`
  return `${standingName(told)} had deleted ${told.inText} when ${own(parkedName(told))} change of it came`
}

function resolved(told: Told): string {
  const { kept, columns, row, inText, outcome } = told
  if (outcome !== null) return `${told.resolver ?? 'Somebody'} decided to ${outcome} ${inText}`
  const decided = `${told.resolver ?? 'Somebody'} decided about the ${wordsOf(row.entity, columns)} of ${inText}`
  if (kept === 'other') return decided
  return `${decided}: ${ownAlone(kept === 'parked' ? parkedName(told) : standingName(told))} stays`
}

function put({ inText }: Told): string {
  return `Something was decided about ${inText}`
}

/** What can be restored, after a semicolon. */
function restWords({ row, columns, outcome }: Told): string {
  if (row.decision === 'overwrote') return columns.length > 1 ? 'the old ones' : 'the old one'
  if (row.decision === 'deleted' && columns.length > 0) return 'the change'
  if (row.decision === 'merged' && row.detail !== 'exists') return 'what was there before'
  return columns.length === 1 && row.decision === 'resolved' && outcome === null ? 'the other one' : 'it'
}

/** "name, price and notes". */
function wordsOf(entity: string, columns: readonly string[]): string {
  if (entity === 'session_states') return 'place'
  const words = [...new Set(columns.map((column) => fieldOf(entity, column).words))]
  const last = words.pop() ?? 'content'
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`
}

function parkedName({ view }: Told): string {
  return nameOfSide(view, view.parkedIsMine ? 'mine' : 'theirs')
}

function standingName({ view }: Told): string {
  return nameOfSide(view, view.parkedIsMine ? 'theirs' : 'mine')
}

/** Before what it owns: "your price". */
function own(name: string): string {
  return name === 'you' ? 'your' : `${name}'s`
}

/** By itself: "replaced by yours". */
function ownAlone(name: string): string {
  return name === 'you' ? 'yours' : `${name}'s`
}
