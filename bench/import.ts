import { parse } from 'csv-parse/sync'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { systemClock } from '../src/main/clock.ts'
import { History } from '../src/main/db/history.ts'
import { openDb } from '../src/main/db/open.ts'
import type { Db } from '../src/main/db/database.ts'
import { Writer } from '../src/main/db/write.ts'
import { createLibrary } from '../src/main/library/library.ts'
import { inTempDir, percentile, seeded } from './support.ts'
import type { BenchRow } from './support.ts'

const PRODUCTS = 10_000
const ROUNDS = 7

/**
 * A whole import into an empty database, search index and all, against the least that it could be: the same parser over the
 * same file, and plain prepared inserts of the very rows that the import makes, in the file's order and in one transaction.
 *
 * The raw side has the same pragmas, tables, indexes and foreign keys, and the rows lie ready: it makes no ids, checks
 * nothing, and has no triggers, no search index and no list of changes. Both take turns in one process, and the fastest
 * round of each counts: what other programs take of the machine is no part of the ratio. The processor's time stands
 * beside it, for machines on which even the fastest round was disturbed.
 */
export async function run(): Promise<BenchRow[]> {
  return inTempDir(async (dir) => {
    const file = join(dir, 'products.csv')
    writeFileSync(file, catalogueCsv(PRODUCTS))
    // Warms up our side, and shows the rows that the raw side is to insert.
    const { rows } = await ourImport(join(dir, 'first.db'), file)
    const ours: Imported[] = []
    const raw: Spent[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(await rawImport(join(dir, `raw-${round}.db`), file, rows))
      ours.push(await ourImport(join(dir, `ours-${round}.db`), file))
    }
    return rowsOf(ours, raw)
  })
}

function rowsOf(ours: readonly Imported[], raw: readonly Spent[]): BenchRow[] {
  const first = ours.map((one) => one.first)
  const again = ours.map((one) => one.again)
  const name = `import of ${PRODUCTS.toLocaleString('en-US')} products`
  const fastest = (of: readonly Spent[]) => Math.min(...of.map(({ ms }) => ms))
  const rate = (of: readonly Spent[]) => (PRODUCTS / fastest(of)) * 1000
  const cpu = (of: readonly Spent[]) => Math.min(...of.map((one) => one.cpu))
  const [value, limit] = [rate(first), rate(raw)]
  const p50 = (of: readonly number[]) => percentile(of, 0.5)
  return [
    { name: `${name}, p50`, value: p50(first.map(({ ms }) => ms)), unit: 'ms', raw: p50(raw.map(({ ms }) => ms)) },
    {
      name: `${name}, p95`,
      value: percentile(
        first.map(({ ms }) => ms),
        0.95,
      ),
      unit: 'ms',
    },
    { name: 'products a second, fastest round', value, unit: '/s', raw: limit, ratio: value / limit },
    { name: 'share of the raw rate', value: value / limit, unit: '', limit: 0.5, atLeast: true },
    { name: "share by the processor's time", value: cpu(raw) / cpu(first), unit: '' },
    {
      name: `${name}, longest time without a turn for others, p50`,
      value: p50(first.map((one) => one.block)),
      unit: 'ms',
    },
    { name: 'the same file again, p50', value: p50(again.map(({ ms }) => ms)), unit: 'ms' },
    {
      name: 'the same file again, longest time without a turn, p50',
      value: p50(again.map((one) => one.block)),
      unit: 'ms',
    },
  ]
}

/** What some work took, of the clock and of the processor, and how long it kept everything else waiting at a stretch. */
interface Spent {
  readonly ms: number
  readonly cpu: number
  readonly block: number
}

async function spent(work: () => unknown): Promise<Spent> {
  globalThis.gc?.()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const cpu = process.cpuUsage()
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  const { user, system } = process.cpuUsage(cpu)
  // A turn of the loop, so that a block at the end is seen as well.
  await new Promise((resolve) => setTimeout(resolve, 5))
  delay.disable()
  return { ms, cpu: (user + system) / 1000, block: delay.max / 1e6 }
}

/** A row as its table takes it. */
interface Row {
  readonly table: string
  readonly values: unknown[]
}

interface Imported {
  readonly first: Spent
  readonly again: Spent
  readonly rows: readonly Row[]
}

async function ourImport(path: string, file: string): Promise<Imported> {
  using db = openDb(path)
  const writer = new Writer(db, systemClock)
  const library = createLibrary({ db, writer, history: new History(writer), author: 'You', pathOf: () => '' })
  const importFile = () => library['library.importCsv']({ path: file })
  const first = await spent(importFile)
  const again = await spent(importFile)
  return { first, again, rows: path.endsWith('first.db') ? rowsInOrder(db) : [] }
}

/** All that was imported: each product, its variants and its pictures, as they follow each other in the file. */
function rowsInOrder(db: Db): Row[] {
  const all = (table: string, order: string) =>
    db.sqlite.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).all() as Record<string, unknown>[]
  const partsBy = (table: string) => Map.groupBy(all(table, 'position'), (row) => row['product_id'])
  const [variants, images] = [partsBy('product_variants'), partsBy('product_images')]
  const row =
    (table: string) =>
    (values: Record<string, unknown>): Row => ({ table, values: Object.values(values) })
  return [
    ...all('brands', 'id').map(row('brands')),
    ...all('products', 'key').flatMap((product) => [
      row('products')(product),
      ...(variants.get(product['id']) ?? []).map(row('product_variants')),
      ...(images.get(product['id']) ?? []).map(row('product_images')),
    ]),
  ]
}

async function rawImport(path: string, file: string, rows: readonly Row[]): Promise<Spent> {
  using db = openDb(path)
  const triggers = db.sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[]
  for (const trigger of triggers) db.sqlite.exec(`DROP TRIGGER ${trigger}`)
  const widths = new Map(rows.map(({ table, values }) => [table, values.length]))
  const inserts = new Map(
    [...widths].map(([name, width]) => {
      const places = Array.from({ length: width }, () => '?').join(', ')
      return [name, db.sqlite.prepare(`INSERT INTO ${name} VALUES (${places})`)]
    }),
  )
  return await spent(() => {
    parse(readFileSync(file), { relax_column_count: true, from_line: 2 })
    db.sqlite.transaction(() => {
      for (const { table, values } of rows) inserts.get(table)?.run(values)
    })()
  })
}

/** A catalogue in Shopify's format, the same in every run: one to four variants and pictures each. */
function catalogueCsv(count: number): string {
  const random = seeded(11)
  const words = 'gold silver hoop ring pearl opal stone chain leather velvet linen cedar moss ember coral dune'.split(
    ' ',
  )
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
      lines.push(
        `${handle},${first},Size ${line},SKU-${index}-${line},${price}.90,${price + 10}.00,${picture},${line === 0 ? 'Size' : ''},5`,
      )
    }
  }
  return lines.join('\n')
}
