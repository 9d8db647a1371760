import type { Handlers, Parsed } from '#shared/contract.ts'
import type { TiktokReport, library } from '#shared/library.ts'
import type { History } from '../db/history.ts'
import type { Db } from '../db/database.ts'
import type { SheetFiles } from '../sheets/sheet-files.ts'
import { readTiktok } from './tiktok-rows.ts'
import type { TiktokRow } from './tiktok-rows.ts'

export interface TiktokDeps {
  readonly db: Db
  readonly history: History
  readonly sheets: Pick<SheetFiles, 'read'>
}

interface Found {
  readonly id: string
  readonly name: string
  readonly pid: string | null
}

/** A product and the TikTok product that its SKUs lead to. */
interface Link extends TiktokRow {
  readonly product: Found
}

type Left = TiktokReport['ambiguous'][number]

interface Plan extends Pick<TiktokReport, 'unknown' | 'ambiguous'> {
  readonly links: readonly Link[]
}

/** How many products a report shows. */
const SHOWN = 50

/** library.importTiktok: gives products the ids that TikTok Shop has for them, by SKU. One step that can be undone. */
export function createTiktokImport(deps: TiktokDeps): Handlers<Pick<typeof library, 'library.importTiktok'>> {
  return { 'library.importTiktok': (input) => importTiktok(deps, input) }
}

async function importTiktok(
  { db, history, sheets }: TiktokDeps,
  { dryRun = false, ...source }: Parsed<'library.importTiktok'>,
): Promise<TiktokReport> {
  const { rows, problems } = readTiktok(await sheets.read(source))
  const { links, unknown, ambiguous } = plan(db, rows)
  const changed = links.filter(({ product, pid }) => product.pid !== pid)
  const write = (): string => {
    const label = `Set the TikTok id of ${changed.length === 1 ? '1 product' : `${changed.length} products`}`
    const { undoId } = history.transact('products', label, (tx) => {
      for (const { product, pid } of changed) tx.update('products', product.id, { pid })
    })
    return undoId
  }
  return {
    dryRun,
    matched: changed.length,
    unchanged: links.length - changed.length,
    unknown,
    ambiguous,
    problems: [...problems],
    sample: changed
      .slice(0, SHOWN)
      .map(({ product, sku, pid }) => ({ name: product.name, sku, before: product.pid, pid })),
    undoId: dryRun || changed.length === 0 ? null : write(),
  }
}

/** A product is linked where all of its SKUs in the file lead to one TikTok product, and they lead to no other product of ours. */
function plan(db: Db, rows: readonly TiktokRow[]): Plan {
  const links = new Map<string, Link>()
  const unknown: Plan['unknown'] = []
  const ambiguous: Left[] = []
  const torn = new Set<string>()
  for (const row of rows) {
    const { line, sku, pid } = row
    const found = productsWith(db, sku)
    const [product] = found
    const earlier = product && links.get(product.id)
    if (!product) unknown.push({ line, sku, name: row.name })
    else if (found.length > 1) {
      const names = found.map(({ name }) => name)
      ambiguous.push({ line, sku, products: names, reason: `${found.length} products have this SKU.` })
    } else if (earlier && earlier.pid !== pid) {
      torn.add(product.id)
      const reason = `In TikTok this is product ${pid}, but line ${earlier.line} says ${earlier.pid}.`
      ambiguous.push({ line, sku, products: [product.name], reason })
    } else if (!earlier) links.set(product.id, { ...row, product })
  }
  return { links: [...links.values()].filter(({ product }) => !torn.has(product.id)), unknown, ambiguous }
}

/** Archived ones only where there are no others. */
function productsWith(db: Db, sku: string): Found[] {
  const all = db
    .statement(
      `SELECT p.id, p.name, p.pid, p.status FROM products p
       WHERE p.id IN (SELECT id FROM products WHERE sku = @sku COLLATE NOCASE
                      UNION SELECT product_id FROM product_variants WHERE sku = @sku COLLATE NOCASE)
       ORDER BY p.created_at, p.id`,
    )
    .all({ sku }) as (Found & { readonly status: string })[]
  const current = all.filter(({ status }) => status !== 'archived')
  return current.length > 0 ? current : all
}
