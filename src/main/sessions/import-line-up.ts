import { AppError } from '#shared/app-error.ts'
import type { Output, Parsed } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import { readLineup } from '../db/lineup.ts'
import type { Tx } from '../db/write.ts'
import type { Sheet, SheetRow } from '../sheets/sheet.ts'
import type { SheetFiles } from '../sheets/sheet-files.ts'
import { suggestMapping } from './import-columns.ts'
import { planChanges, planImport, presentOf } from './import-plan.ts'
import type { ImportPlan, PlannedAdd } from './import-plan.ts'
import { readRow } from './import-rows.ts'
import type { ImportProblem, ImportRow } from './import-rows.ts'
import { itemsLabel } from './labels.ts'
import { editLineup, insertProducts } from './lineup-edit.ts'
import type { SessionDeps } from './lineup-edit.ts'
import { productFinder } from './product-match.ts'
import { sessionRow } from './session-read.ts'

export interface ImportDeps extends SessionDeps {
  readonly sheets: Pick<SheetFiles, 'read'>
}

/** How many rows of a file are shown before it is imported. */
const SHOWN = 20
/** How many of the items that change a report names. */
const NAMED = 50
/** No show has so many items; a file that does is another one. */
const MOST_ROWS = 10_000

/** lineup.readFile */
export async function readFile(
  { db, sheets }: ImportDeps,
  { sessionId, ...source }: Parsed<'lineup.readFile'>,
): Promise<Output<'lineup.readFile'>> {
  sessionRow(db, sessionId)
  const { header, body, sheet } = await tableOf(sheets, source)
  const columns = header.cells.map((title) => title.trim())
  const rows = body.slice(0, SHOWN).map(({ cells }) => [...cells])
  const { name, warning } = sheet
  return { columns, suggested: suggestMapping(columns, rows), rows, total: body.length, sheet: name, warning }
}

/**
 * lineup.importFile: the file is read first; then all is planned and written at once, as one step of the session's history. A
 * dry run is the same plan, not written.
 */
export async function importFile(
  deps: ImportDeps,
  { sessionId, mapping, mode, dryRun = false, ...source }: Parsed<'lineup.importFile'>,
): Promise<Output<'lineup.importFile'>> {
  sessionRow(deps.db, sessionId)
  const { body, sheet } = await tableOf(deps.sheets, source)
  const rows: ImportRow[] = []
  const problems: ImportProblem[] = sheet.broken.map((one) => ({ ...one, field: null }))
  for (const row of body) {
    const read = readRow(row, mapping)
    if ('line' in read) rows.push(read)
    else problems.push(...read)
  }
  // The session may have gone while the file was read.
  const session = sessionRow(deps.db, sessionId)
  const items = readLineup(deps.db, sessionId)
  const plan = planImport(rows, { items, find: productFinder(deps.db, session.brand_id), mode })
  const undoId = dryRun ? null : write(deps, sessionId, plan)
  const all = [...problems, ...plan.problems].toSorted((a, b) => a.line - b.line)
  return { ...reportOf(deps, plan), problems: all, dryRun, undoId }
}

async function tableOf(
  sheets: ImportDeps['sheets'],
  source: Parameters<SheetFiles['read']>[0],
): Promise<{ header: SheetRow; body: readonly SheetRow[]; sheet: Sheet }> {
  const sheet = await sheets.read(source)
  const [header, ...body] = sheet.rows
  if (!header) throw new AppError('bad-call', 'There are no rows in this file. Choose another one.')
  if (body.length > MOST_ROWS) {
    throw new AppError(
      'bad-call',
      `This file has ${body.length} rows, and a line-up takes at most ${MOST_ROWS}. Is it the right one?`,
    )
  }
  return { header, body, sheet }
}

function write(deps: ImportDeps, sessionId: string, { adds, updates }: ImportPlan): string | null {
  if (adds.length + updates.length === 0) return null
  const label = `Import ${itemsLabel([...updates.map(({ item }) => item.name), ...adds.map(({ product }) => product.name)])}`
  const { undoId } = editLineup(deps, { sessionId, label }, (tx) => {
    for (const { item, columns } of updates) tx.update('session_products', item.id, columns)
    if (adds.length > 0) writeAdds(tx, deps, { sessionId, adds })
    return { value: null, changed: true }
  })
  return undoId
}

function writeAdds(
  tx: Tx,
  deps: ImportDeps,
  { sessionId, adds }: { readonly sessionId: string; readonly adds: readonly PlannedAdd[] },
): void {
  const productIds = adds.map(({ product }) => product.productId)
  insertProducts(tx, deps, { sessionId, productIds }).forEach((id, index) => {
    const { row, product } = must(adds[index], 'an item for each product')
    const added = must(tx.row('session_products', id), 'the item that was just added')
    const catalogue = must(tx.row('products', product.productId), 'the product that was just found')
    // Where the file has sections, a row without one stands under none.
    const section = row.empty.includes('section') ? null : added.section
    const { columns } = planChanges(row.values, presentOf(catalogue, { section }))
    tx.update('session_products', id, { section, ...columns })
  })
}

function reportOf(
  { db }: Pick<ImportDeps, 'db'>,
  { adds, updates, unchanged, missing, duplicates }: ImportPlan,
): Omit<Output<'lineup.importFile'>, 'problems' | 'dryRun' | 'undoId'> {
  const sample = [
    ...updates.map(({ row, item, changes }) => {
      return { line: row.line, name: item.name, action: 'update' as const, changes: [...changes] }
    }),
    ...adds.slice(0, NAMED).map(({ row, product }) => {
      const catalogue = db.get(db.build.selectFrom('products').selectAll().where('id', '=', product.productId))
      const changes = catalogue ? planChanges(row.values, presentOf(catalogue, { section: null })).changes : []
      return { line: row.line, name: product.name, action: 'add' as const, changes }
    }),
  ]
  const counts = { added: adds.length, updated: updates.length, unchanged }
  return { ...counts, missing, duplicates, sample: sample.slice(0, NAMED) }
}
