import { parse } from 'csv-parse/sync'
import { v7 as uuid } from 'uuid'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../src/main/clock.ts'
import { History } from '../src/main/db/history.ts'
import { openDb } from '../src/main/db/open.ts'
import { Writer } from '../src/main/db/write.ts'
import { createLibrary } from '../src/main/library/library.ts'
import { inTempDir, percentile, seeded } from './support.ts'
import type { BenchRow } from './support.ts'

const PRODUCTS = 10_000
const RUNS = 5

/**
 * A whole import into an empty database, against the same parser over the same file and plain inserts of as many rows of
 * the same tables, in one transaction. The raw side has neither our search index nor its triggers.
 */
export async function run(): Promise<BenchRow[]> {
  return inTempDir(async (dir) => {
    const file = join(dir, 'products.csv')
    writeFileSync(file, catalogueCsv(PRODUCTS))
    const ours: number[] = []
    const raw: number[] = []
    const again: number[] = []
    for (let index = 0; index < RUNS; index += 1) {
      raw.push(rawImport(join(dir, `raw-${index}.db`), file))
      const [first, second] = await ourImport(join(dir, `ours-${index}.db`), file)
      ours.push(first)
      again.push(second)
    }
    const rate = (ms: number) => (PRODUCTS / ms) * 1000
    // The fastest run of each: what other programs take of the machine is no part of the ratio.
    const value = rate(Math.min(...ours))
    const limit = rate(Math.min(...raw))
    return [
      { name: `import of ${PRODUCTS.toLocaleString('en-US')} products, p50`, value: percentile(ours, 0.5), unit: 'ms' },
      { name: `import of ${PRODUCTS.toLocaleString('en-US')} products, p95`, value: percentile(ours, 0.95), unit: 'ms' },
      { name: 'products a second, fastest run', value, unit: '/s', raw: limit, ratio: value / limit },
      { name: 'share of the raw rate', value: value / limit, unit: '', limit: 0.5, atLeast: true },
      { name: 'the same file again, p50', value: percentile(again, 0.5), unit: 'ms' },
    ]
  })
}

async function ourImport(path: string, file: string): Promise<[number, number]> {
  using db = openDb(path)
  const writer = new Writer(db, systemClock)
  const library = createLibrary({ db, writer, history: new History(writer), author: 'You', pathOf: () => '' })
  const times: number[] = []
  for (let index = 0; index < 2; index += 1) {
    const from = performance.now()
    await library['library.importCsv']({ path: file })
    times.push(performance.now() - from)
  }
  return [times[0] ?? 0, times[1] ?? 0]
}

function rawImport(path: string, file: string): number {
  using db = openDb(path)
  const triggers = db.sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[]
  for (const trigger of triggers) db.sqlite.exec(`DROP TRIGGER ${trigger}`)
  const now = new Date().toISOString()
  const from = performance.now()
  const rows = parse(readFileSync(file), { relax_column_count: true, from_line: 2 })
  const brand = uuid()
  const product = db.sqlite.prepare(
    `INSERT INTO products (id, brand_id, handle, name, description_html, status, price_cents, sku, tags, source, shopify_values,
      created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'active', ?, ?, ?, 'shopify', ?, ?, ?)`,
  )
  const variant = db.sqlite.prepare(
    `INSERT INTO product_variants (id, product_id, title, sku, price_cents, options, position, stock, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const image = db.sqlite.prepare(
    `INSERT INTO product_images (id, product_id, source_url, origin, alt, position, is_primary, created_at, updated_at)
      VALUES (?, ?, ?, 'shopify', ?, ?, 0, ?, ?)`,
  )
  db.sqlite.transaction(() => {
    db.sqlite.prepare("INSERT INTO brands (id, name, slug, created_at, updated_at) VALUES (?, 'B', 'b', ?, ?)").run(brand, now, now)
    let id = ''
    for (const row of rows) {
      const cell = (index: number) => row[index] ?? ''
      if (cell(1) !== '') {
        id = uuid()
        product.run(id, brand, cell(0), cell(1), cell(2), Math.round(Number(cell(9)) * 100), cell(8), cell(5), cell(2), now, now)
      }
      if (cell(9) !== '') variant.run(uuid(), id, cell(7), cell(8), Math.round(Number(cell(9)) * 100), cell(7), 1, 1, now, now)
      if (cell(11) !== '') image.run(uuid(), id, cell(11), cell(13), 1, now, now)
    }
  })()
  return performance.now() - from
}

/** A catalogue in Shopify's format, the same in every run: one to four variants and pictures each. */
function catalogueCsv(count: number): string {
  const random = seeded(11)
  const words = 'gold silver hoop ring pearl opal stone chain leather velvet linen cedar moss ember coral dune'.split(' ')
  const any = () => words[Math.floor(random() * words.length)] ?? ''
  const lines = [
    'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,' +
      'Image Src,Image Position,Image Alt Text,Option1 Name,Variant Inventory Qty',
  ]
  for (let index = 0; index < count; index += 1) {
    const handle = `${any()}-${any()}-${index}`
    const name = `${any()} ${any()} ${any()} ${index}`
    const body = `"<p>${Array.from({ length: 40 }, any).join(' ')}, ""fine"".</p>"`
    const size = 1 + Math.floor(random() * 4)
    for (let line = 0; line < size; line += 1) {
      const first = line === 0 ? `${name},${body},Vendor ${index % 12},Jewelry,"${any()}, ${any()}",true` : ',,,,,'
      const price = 10 + Math.floor(random() * 90)
      const picture = `https://pictures.example/${handle}-${line}.jpg,${line + 1},${any()} ${any()}`
      lines.push(`${handle},${first},Size ${line},SKU-${index}-${line},${price}.90,${price + 10}.00,${picture},${line === 0 ? 'Size' : ''},5`)
    }
  }
  return lines.join('\n')
}
