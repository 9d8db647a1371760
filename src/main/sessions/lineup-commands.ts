import { AppError } from '#shared/app-error.ts'
import type { Handlers, Output, Parsed } from '#shared/contract.ts'
import type { LineupPatch, sessions } from '#shared/sessions.ts'
import { lineupRows, placeBehind, placeOf, settleNumbers } from '../db/lineup-places.ts'
import { readLineup } from '../db/lineup.ts'
import type { LineupRow } from '../db/schema.ts'
import type { Tx, Unstamped } from '../db/write.ts'
import { exportLineUp, saveExport } from './export-line-up.ts'
import type { SaveDeps } from './export-line-up.ts'
import { refuseWhileGuarded } from './guard.ts'
import { importFile, readFile } from './import-line-up.ts'
import type { ImportDeps } from './import-line-up.ts'
import { itemsLabel, updateLabel } from './labels.ts'
import { editLineup, insertProducts, namedItems } from './lineup-edit.ts'
import type { SessionDeps } from './lineup-edit.ts'
import { planPaste } from './paste.ts'
import { productMatcher } from './product-match.ts'
import { productNames } from './product-names.ts'
import { sessionRow } from './session-read.ts'

type LineupHandlers = Pick<Handlers<typeof sessions>, Extract<keyof typeof sessions, `lineup.${string}`>>

/** With what reads and writes files. */
export type LineupDeps = ImportDeps & SaveDeps

/** Every edit of a line-up: one step of the session's history each. */
export function createLineupCommands(deps: LineupDeps): LineupHandlers {
  return {
    'lineup.add': (input) => add(deps, input),
    'lineup.paste': (input) => paste(deps, input),
    'lineup.move': (input) => move(deps, input),
    'lineup.update': (input) => update(deps, input),
    'lineup.remove': (input) => remove(deps, input),
    'lineup.renumber': ({ sessionId }) => renumber(deps, sessionId),
    'lineup.export': (input) => exportLineUp(deps.db, input),
    'lineup.saveExport': (input) => saveExport(deps, input),
    'lineup.readFile': (input) => readFile(deps, input),
    'lineup.importFile': (input) => importFile(deps, input),
  }
}

function add(deps: SessionDeps, { sessionId, productIds, after }: Parsed<'lineup.add'>): Output<'lineup.add'> {
  const { db } = deps
  sessionRow(db, sessionId)
  const names = productNames(db, productIds)
  const taken = new Set(lineupRows(db, sessionId).map((row) => row.product_id))
  const wanted: string[] = []
  const duplicates: string[] = []
  for (const id of productIds) {
    ;(taken.has(id) ? duplicates : wanted).push(id)
    taken.add(id)
  }
  const label = `Add ${itemsLabel(
    wanted.map((id) => names.get(id) ?? ''),
    'product',
  )}`
  const { value: added } = editLineup(deps, { sessionId, label }, (tx) => ({
    value: insertProducts(tx, deps, { sessionId, productIds: wanted, after: after ?? undefined }),
    changed: wanted.length > 0,
  }))
  return { added, duplicates }
}

function paste(deps: SessionDeps, { sessionId, text, dryRun }: Parsed<'lineup.paste'>): Output<'lineup.paste'> {
  const { db } = deps
  const session = sessionRow(db, sessionId)
  const present = new Set(lineupRows(db, sessionId).map((row) => row.product_id))
  const plan = planPaste(text, productMatcher(db, session.brand_id), present)
  if (dryRun || plan.found.length === 0) return { added: [], ...plan }
  const label = `Paste ${itemsLabel(
    plan.found.map((one) => one.name),
    'product',
  )}`
  const { value: added } = editLineup(deps, { sessionId, label }, (tx) => ({
    value: insertProducts(tx, deps, { sessionId, productIds: plan.found.map((one) => one.productId) }),
    changed: true,
  }))
  return { added, ...plan }
}

function move(deps: SessionDeps, { after, section, ...named }: Parsed<'lineup.move'>): Output<'lineup.move'> {
  const { sessionId, rows, chosen } = namedItems(deps.db, named)
  const ids = new Set(chosen.map((row) => row.id))
  const rest = rows.filter((row) => !ids.has(row.id))
  const anchor = stayingAnchor(rows, ids, after)
  const at = placeOf(rest, anchor)
  const stays = rest.toSpliced(at, 0, ...chosen).every((row, index) => row.id === rows[index]?.id)
  const { value: moved } = editLineup(deps, { sessionId, label: `Move ${labelOf(deps, chosen)}` }, (tx) => {
    let changed = false
    if (!stays) {
      settleNumbers(tx, deps.db, sessionId)
      const keys = placeBehind(tx, rest, { after: anchor, count: chosen.length, random: deps.random })
      chosen.forEach((row, index) => {
        changed = tx.update('session_products', row.id, { order_key: keys[index] ?? row.order_key }) || changed
      })
    }
    if (section !== undefined) {
      for (const row of chosen) changed = tx.update('session_products', row.id, { section }) || changed
    }
    return { value: chosen.map((row) => row.id), changed }
  })
  return { moved }
}

/** Behind an item that moves itself means: behind what stands before it and stays. */
function stayingAnchor(rows: readonly LineupRow[], moving: ReadonlySet<string>, after: string | null): string | null {
  const upTo = rows.slice(0, placeOf(rows, after))
  return upTo.findLast((row) => !moving.has(row.id))?.id ?? null
}

function update(deps: SessionDeps, { patch, ...named }: Parsed<'lineup.update'>): Output<'lineup.update'> {
  const { sessionId, chosen } = namedItems(deps.db, named)
  const label = updateLabel(patch, labelOf(deps, chosen))
  const columns = columnsOf(patch)
  editLineup(deps, { sessionId, label }, (tx) => {
    const changed = chosen.filter((row) => tx.update('session_products', row.id, columns))
    return { value: null, changed: changed.length > 0 }
  })
  const ids = new Set(chosen.map((row) => row.id))
  return { items: readLineup(deps.db, sessionId).filter((item) => ids.has(item.id)) }
}

/** The writer leaves out what is undefined. */
function columnsOf({ section, skip, notes, overrides }: LineupPatch): Partial<Unstamped<LineupRow>> {
  const columns = {
    section,
    skip: skip === undefined ? undefined : Number(skip),
    notes,
    override_name: overrides?.name,
    override_talking_points_md: overrides?.talkingPointsMd,
    override_price_cents: overrides?.priceCents,
    override_compare_at_price_cents: overrides?.compareAtPriceCents,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

function remove(deps: SessionDeps, named: Parsed<'lineup.remove'>): Output<'lineup.remove'> {
  const { sessionId, chosen } = namedItems(deps.db, named)
  if (chosen.length > 1) refuseWhileGuarded(deps.db, sessionId, 'removing several items at once')
  const label = `Remove ${labelOf(deps, chosen)}`
  const { undoId } = editLineup(deps, { sessionId, label }, (tx) => {
    settleNumbers(tx, deps.db, sessionId)
    for (const row of chosen) tx.remove('session_products', row.id)
    return { value: null, changed: true }
  })
  return { undoId }
}

function renumber(deps: SessionDeps, sessionId: string): Output<'lineup.renumber'> {
  const session = sessionRow(deps.db, sessionId)
  refuseWhileGuarded(deps.db, sessionId, 'renumbering')
  if (session.status === 'live') {
    throw new AppError(
      'conflict',
      `"${session.name}" is live: viewers know the numbers as they are. Renumber after the show.`,
    )
  }
  const { undoId } = editLineup(deps, { sessionId, label: 'Renumber' }, (tx) => ({
    value: null,
    changed: session.numbers_frozen_at !== null && writeNumbers(tx, sessionId, lineupRows(deps.db, sessionId)),
  }))
  return { undoId }
}

function writeNumbers(tx: Tx, sessionId: string, rows: readonly LineupRow[]): boolean {
  tx.update('sessions', sessionId, { highest_number: rows.length })
  const changed = rows.filter((row, index) => tx.update('session_products', row.id, { number: index + 1 }))
  return changed.length > 0
}

function labelOf({ db }: SessionDeps, rows: readonly LineupRow[]): string {
  const [only] = rows
  if (rows.length !== 1 || !only) return itemsLabel(rows.map((row) => row.id))
  return itemsLabel([only.override_name ?? productNames(db, [only.product_id]).get(only.product_id) ?? ''])
}
