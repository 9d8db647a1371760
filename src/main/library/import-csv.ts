import { AppError } from '#shared/app-error.ts'
import type { Parsed } from '#shared/contract.ts'
import type { ImportReport } from '#shared/library.ts'
import { setImmediate } from 'node:timers/promises'
import type { Db } from '../db/database.ts'
import type { Writer } from '../db/write.ts'
import { brandKey } from './brands.ts'
import { decodeCsv, readCsvFile } from '../sheets/csv-file.ts'
import type { CsvText } from '../sheets/csv-file.ts'
import { readHeader } from './csv-header.ts'
import { CsvProducts } from './csv-products.ts'
import type { CsvProduct } from './csv-products.ts'
import { createIds } from './id-source.ts'
import { planBrands } from './import-brands.ts'
import { ImportMatcher } from './import-match.ts'
import { planProduct } from './import-plan.ts'
import type { BrandRef, ProductPlan } from './import-plan.ts'
import { applyWrites, imported } from './import-write.ts'
import type { Write } from './import-write.ts'

export interface ImportDeps {
  readonly db: Db
  readonly writer: Writer
  /** Where an upload lies; throws `not-found` where there is none. */
  readonly pathOf: (uploadId: string) => string
}

/** How many products a report shows. */
const SHOWN = 20

/** So many products are planned at once; in between, others have their turn. */
const SLICE = 100
/** How often a plan is made anew because the catalogue changed meanwhile, before it is made without pauses. */
const TRIES = 3

/**
 * library.importCsv.
 *
 * 1. The file is read and the import planned with pauses for others: a show goes on beside it. Then all is written at once,
 *    in one transaction.
 * 2. A plan is only written where the catalogue still is what it was made from.
 * 3. A dry run is the same plan, not written. What would change nothing is not written either.
 */
export function createImport({
  db,
  writer,
  pathOf,
}: ImportDeps): (input: Parsed<'library.importCsv'>) => Promise<ImportReport> {
  const catalogue = { version: 0 }
  writer.observe({
    afterCommit: (changes) => {
      if (changes.some(({ entity }) => imported.has(entity))) catalogue.version += 1
    },
  })
  return async (input) => {
    const { bytes, warning } = await textOf(pathOf, input)
    const read = await readProducts(bytes)
    const dryRun = input.dryRun ?? false
    for (let tried = 1; ; tried += 1) {
      const { version } = catalogue
      const { brands, added } = planBrands(db, [...read.products.values()])
      const plans: Planned[] = []
      for (const slice of planSlices(db, read, brands)) {
        plans.push(...slice)
        if (tried <= TRIES) await setImmediate()
      }
      if (version !== catalogue.version) continue
      if (!dryRun) write(writer, [...added, ...plans.flatMap(({ plan }) => plan.writes)])
      const report = reportOf(read, plans)
      const warnings = warning === null ? report.warnings : [{ line: 1, reason: warning }, ...report.warnings]
      return { ...report, warnings, dryRun }
    }
  }
}

async function textOf(
  pathOf: ImportDeps['pathOf'],
  { path, uploadId, content }: Parsed<'library.importCsv'>,
): Promise<CsvText> {
  const given = [path, uploadId, content].filter((source) => source !== undefined)
  if (given.length !== 1) {
    throw new AppError('bad-call', 'Name one CSV file: by its path, by an upload, or by its content.', {
      fields: { path: 'give exactly one of path, uploadId and content' },
    })
  }
  if (content !== undefined) return decodeCsv(Buffer.from(content))
  return readCsvFile(path ?? pathOf(uploadId ?? ''))
}

async function readProducts(bytes: Buffer): Promise<CsvProducts> {
  const header = readHeader(bytes)
  const products = new CsvProducts(header)
  let isHeader = true
  // The parser is loaded with the first file.
  const { readRecords } = await import('../sheets/csv-records.ts')
  await readRecords(bytes, header.delimiter, {
    record: (record) => {
      if (isHeader) isHeader = false
      else products.add(record)
    },
    broken: (line, reason) => products.skipped.push({ line, reason }),
  })
  products.skipped.sort((a, b) => a.line - b.line)
  return products
}

interface Planned {
  readonly product: CsvProduct
  readonly plan: ProductPlan
}

function* planSlices(
  db: Db,
  { products }: CsvProducts,
  brands: ReadonlyMap<string, BrandRef>,
): Generator<readonly Planned[]> {
  const newId = createIds()
  const matcher = new ImportMatcher(db, new Set(products.keys()))
  const all = [...products.values()]
  for (let start = 0; start < all.length; start += SLICE) {
    const slice = all.slice(start, start + SLICE)
    matcher.load(slice)
    yield slice.flatMap((product) => {
      const brand = brands.get(brandKey(product.vendor))
      if (!brand) return []
      const existing = matcher.find(product, brand.id)
      return [{ product, plan: planProduct(product, { brand, existing, newId }) }]
    })
  }
}

function write(writer: Writer, writes: readonly Write[]): void {
  if (writes.length > 0) writer.transact((tx) => applyWrites(tx, writes))
}

function reportOf(read: CsvProducts, plans: readonly Planned[]): Omit<ImportReport, 'dryRun'> {
  const count = (action: ProductPlan['action']) => plans.filter(({ plan }) => plan.action === action).length
  const sum = (of: (product: CsvProduct) => number) => plans.reduce((total, { product }) => total + of(product), 0)
  return {
    created: count('create'),
    updated: count('update'),
    unchanged: count('unchanged'),
    found: {
      products: plans.length,
      variants: sum(({ variants }) => variants.length),
      images: sum(({ images }) => images.length),
      brands: new Set(plans.map(({ plan }) => plan.values.brand)).size,
    },
    skipped: read.skipped,
    warnings: read.warnings,
    sample: plans.slice(0, SHOWN).map(({ product, plan }) => ({
      name: product.name,
      handle: product.handle,
      action: plan.action === 'held' ? 'unchanged' : plan.action,
      priceCents: plan.values.priceCents,
      compareAtPriceCents: plan.values.compareAtPriceCents,
      variants: product.variants.length,
      images: product.images.length,
      changes: plan.changes.map(({ name }) => name),
    })),
  }
}
