import type { LineupField, LineupImportReport, LineupItem } from '#shared/sessions.ts'
import type { LineupRow, ProductRow } from '../db/schema.ts'
import type { Unstamped } from '../db/write.ts'
import { isRounded, roundedId } from '../sheets/rounded-id.ts'
import type { ImportProblem, ImportRow, RowValues } from './import-rows.ts'
import type { Finder, Match } from './product-match.ts'

/** What a line-up's item says now, and what it would say without overrides. */
export type Present = Pick<
  LineupItem,
  'name' | 'priceCents' | 'compareAtPriceCents' | 'talkingPointsMd' | 'section' | 'skip' | 'notes'
> & {
  readonly catalogue: Pick<LineupItem['catalogue'], 'name' | 'priceCents' | 'compareAtPriceCents' | 'talkingPointsMd'>
}

type Columns = Partial<Unstamped<LineupRow>>

export interface PlannedUpdate {
  readonly row: ImportRow
  readonly item: LineupItem
  readonly columns: Columns
  readonly changes: readonly LineupField[]
}

export interface PlannedAdd {
  readonly row: ImportRow
  readonly product: Match
}

/** What an import does to a line-up, before anything is written. */
export interface ImportPlan extends Pick<LineupImportReport, 'missing' | 'duplicates' | 'unchanged'> {
  readonly adds: readonly PlannedAdd[]
  readonly updates: readonly PlannedUpdate[]
  readonly problems: readonly ImportProblem[]
}

interface Given {
  readonly items: readonly LineupItem[]
  readonly find: Finder
  readonly mode: 'update' | 'append'
}

/** Finds the item or the product of each row. Of several rows that mean the same, the first one counts. */
export function planImport(rows: readonly ImportRow[], { items, find, mode }: Given): ImportPlan {
  const byId = new Map(items.map((item) => [item.id, item]))
  const byProduct = new Map(items.map((item) => [item.productId, item]))
  const plan = {
    adds: [] as PlannedAdd[],
    updates: [] as PlannedUpdate[],
    unchanged: 0,
    missing: [] as LineupImportReport['missing'],
    duplicates: [] as LineupImportReport['duplicates'],
    problems: [] as ImportProblem[],
  }
  const taken = new Set<string>()
  for (const given of rows) {
    const { line, text, keys } = given
    const own = byId.get(keys.itemId?.toLowerCase() ?? '')
    const found = own ? undefined : findByIds(given, find)
    const named = own || found || keys.name === undefined ? undefined : find('name', keys.name)
    // A name that led to the product says nothing new of it, however it is written.
    const row = named ? { ...given, values: { ...given.values, name: undefined } } : given
    const product = own ?? found ?? named
    const item = own ?? byProduct.get(product?.productId ?? '')
    if (!product) {
      if (isRounded(keys.pid ?? '')) plan.problems.push({ line, field: 'pid', reason: roundedId })
      else plan.missing.push({ line, text })
    } else if (taken.has(product.productId) || (item && mode === 'append')) plan.duplicates.push({ line, text })
    else if (item) {
      const change = planUpdate(row, item, own !== undefined)
      if (change.changes.length > 0) plan.updates.push(change)
      else plan.unchanged += 1
    } else plan.adds.push({ row, product })
    if (product) taken.add(product.productId)
  }
  return { ...plan, adds: plan.adds.toSorted(byNumber) }
}

function findByIds({ keys }: ImportRow, find: Finder): Match | undefined {
  const { sku, pid, productId } = keys
  return (
    (sku === undefined ? undefined : find('sku', sku)) ??
    (pid === undefined ? undefined : find('pid', pid)) ??
    (productId === undefined ? undefined : find('id', productId))
  )
}

/** Those that have numbers stand in their order; the others behind them, in the order of the file. */
function byNumber({ row: a }: PlannedAdd, { row: b }: PlannedAdd): number {
  if (a.number === null || b.number === null) return Number(a.number === null) - Number(b.number === null)
  return a.number - b.number
}

/** In a row with our id, what is empty was emptied by whoever edited the export. */
function planUpdate(row: ImportRow, item: LineupItem, own: boolean): PlannedUpdate {
  const { columns, changes } = planChanges(row.values, item)
  if (own && row.empty.includes('section') && item.section !== null) {
    columns.section = null
    changes.push('section')
  }
  if (own && row.empty.includes('notes') && item.notes.trim() !== '') {
    columns.notes = ''
    changes.push('notes')
  }
  return { row, item, columns, changes }
}

/** What has to be written so that an item says that. What the catalogue says is no override. */
export function planChanges(values: RowValues, now: Present): { columns: Columns; changes: LineupField[] } {
  const columns: Columns = {}
  const changes: LineupField[] = []
  const set = (field: LineupField, change: Columns): void => {
    Object.assign(columns, change)
    changes.push(field)
  }
  const { section, skip, notes, name, priceCents, wasCents, points } = values
  const { catalogue } = now
  if (section !== undefined && section !== now.section) set('section', { section })
  if (skip !== undefined && skip !== now.skip) set('skip', { skip: skip ? 1 : 0 })
  if (name !== undefined && !isSame(name, now.name)) {
    set('name', { override_name: isSame(name, catalogue.name) ? null : name })
  }
  if (priceCents !== undefined && priceCents !== now.priceCents) {
    set('price', { override_price_cents: priceCents === catalogue.priceCents ? null : priceCents })
  }
  if (wasCents !== undefined && wasCents !== (now.compareAtPriceCents ?? 0)) {
    const usual = catalogue.compareAtPriceCents ?? 0
    set('was', { override_compare_at_price_cents: wasCents === usual ? null : wasCents })
  }
  if (points !== undefined && !isSame(points, now.talkingPointsMd)) {
    set('points', { override_talking_points_md: isSame(points, catalogue.talkingPointsMd) ? null : points })
  }
  if (notes !== undefined && !isSame(notes, now.notes)) set('notes', { notes })
  return { columns, changes }
}

/** What an item says that was just added. */
export function presentOf(
  product: Pick<ProductRow, 'name' | 'price_cents' | 'compare_at_price_cents' | 'talking_points_md'>,
  { section }: Pick<LineupRow, 'section'>,
): Present {
  const catalogue = {
    name: product.name,
    priceCents: product.price_cents,
    compareAtPriceCents: product.compare_at_price_cents,
    talkingPointsMd: product.talking_points_md,
  }
  return { ...catalogue, section, skip: false, notes: '', catalogue }
}

/** Line breaks and what is around a text do not survive every spreadsheet. */
function isSame(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[ \t]+\n/g, '\n')
    .trim()
    .normalize('NFC')
}
