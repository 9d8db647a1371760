import { join } from 'node:path'
import { History } from '../src/main/db/history.ts'
import { openDb } from '../src/main/db/open.ts'
import type { Db } from '../src/main/db/database.ts'
import { Writer } from '../src/main/db/write.ts'
import { systemClock } from '../src/main/clock.ts'
import { createLibrary } from '../src/main/library/library.ts'
import { fillCatalogue } from './catalogue.ts'
import { inTempDir, loadRawLimits, percentile, seeded, timeRows } from './support.ts'
import type { BenchRow } from './support.ts'

const QUERIES = 600
const ROUNDS = 3

/**
 * products.list as a picker calls it: the first 50 of a query of one to six characters, mapped to whole products. All
 * queries run in several rounds, and the calmest round counts: what other programs take of the machine is no part of it.
 */
export async function run(): Promise<BenchRow[]> {
  const raw = await loadRawLimits()
  const rows: BenchRow[] = []
  for (const { count, limit } of [
    { count: 10_000, limit: 3 },
    { count: 100_000, limit: 10 },
  ]) {
    rows.push(...(await inTempDir((dir) => measure(dir, count, { limit, raw: raw?.search(dir, count) ?? null }))))
  }
  return rows
}

async function measure(
  dir: string,
  count: number,
  { limit, raw }: { limit: number; raw: { p95: number; buildMs: number } | null },
): Promise<BenchRow[]> {
  using db = openDb(join(dir, 'hudson.db'))
  const writer = new Writer(db, systemClock)
  const library = createLibrary({ db, writer, history: new History(writer), author: 'You', pathOf: () => '' })
  fillCatalogue(db, count)
  const began = performance.now()
  await library['products.list']({ limit: 1 })
  const indexed = performance.now() - began
  const asked = queries(db)
  const rounds: number[][] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    globalThis.gc?.()
    const samples: number[] = []
    for (const search of asked) {
      const from = performance.now()
      await library['products.list']({ search, limit: 50 })
      samples.push(performance.now() - from)
    }
    rounds.push(samples)
  }
  const all = rounds.toSorted((a, b) => percentile(a, 0.95) - percentile(b, 0.95))[0] ?? []
  const byLength = Map.groupBy(all.keys(), (index) => Math.min(6, Array.from(asked[index] ?? '').length))
  const name = `first 50 of ${count.toLocaleString('en-US')}`
  return [
    ...timeRows(name, all, { limit, ...(raw && { raw: raw.p95 }) }),
    ...[...byLength]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([length, indexes]) =>
        timeRows(
          `${name}, ${length} characters`,
          indexes.map((index) => all[index] ?? Number.NaN),
        ).slice(1),
      ),
    {
      name: `index of ${count.toLocaleString('en-US')}`,
      value: indexed,
      unit: 'ms',
      ...(raw && { raw: raw.buildMs, ratio: indexed / raw.buildMs }),
    },
  ]
}

/** Pieces of what is there, from a start, from within and from SKUs, and letters that hardly ever meet. */
function queries(db: Db): string[] {
  const random = seeded(7)
  const rows = db.sqlite.prepare('SELECT name, sku FROM products LIMIT 5000').all() as { name: string; sku: string }[]
  return Array.from({ length: QUERIES }, (_, index) => {
    const length = 1 + (index % 6)
    const { name, sku } = rows[Math.floor(random() * rows.length)] ?? { name: '', sku: '' }
    const kind = random()
    if (kind < 0.35) return name.slice(0, length)
    const source = kind < 0.65 ? name : kind < 0.85 ? sku : 'qzjxvwkyß7%_"*é'.repeat(2)
    const start = Math.floor(random() * Math.max(1, source.length - length))
    return source.slice(start, start + length)
  }).filter((query) => query.trim() !== '')
}
