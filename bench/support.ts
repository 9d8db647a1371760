import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from 'pg'

/** One line of the table. */
export interface BenchRow {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it must not exceed (a time) or fall below (a ratio or a rate: `atLeast`). */
  readonly limit?: number
  readonly atLeast?: boolean
  /** The same on the raw limit, in the same unit, measured in the same run. */
  readonly raw?: number
  /** value / raw. */
  readonly ratio?: number
}

/** What each file of this folder that is named after a benchmark exports. */
export interface Bench {
  run(): Promise<BenchRow[]>
}

/** The yardstick's functions; the last three on a Postgres of which `client` may drop and make the schema `raw`. */
export interface RawLimits {
  write(dir: string, n?: number): { opsPerSecond: number; p95: number }
  search(dir: string, n?: number): { p50: number; p95: number; buildMs: number }
  sync(dir: string, client: Client, n?: number, page?: number): Promise<{ rowsPerSecond: number }>
  push(dir: string, client: Client, n?: number, batch?: number): Promise<{ opsPerSecond: number }>
  live(dir: string, client: Client, url: string, n?: number): Promise<{ p50: number; p95: number; p99: number }>
}

/**
 * The least work that each path can cost, measured beside ours. It stands outside the project; null, with a line that says
 * so, where it is missing: the table then holds absolute figures only.
 */
export async function loadRawLimits(): Promise<RawLimits | null> {
  const file = resolve('../shared/bench/raw-limits.mjs')
  if (!existsSync(file)) {
    console.log(`No raw limits: ${file} is missing. Absolute figures only.`)
    return null
  }
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as RawLimits
}

/** The value below which the share `p` of the samples lies. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN
}

/** p50 and p95 of samples in milliseconds, the limit on p95. */
export function timeRows(
  name: string,
  samples: readonly number[],
  { limit, raw }: { limit?: number; raw?: number } = {},
): BenchRow[] {
  const p95 = percentile(samples, 0.95)
  return [
    { name: `${name}, p50`, value: percentile(samples, 0.5), unit: 'ms' },
    {
      name: `${name}, p95`,
      value: p95,
      unit: 'ms',
      ...(limit !== undefined && { limit }),
      ...(raw !== undefined && { raw, ratio: p95 / raw }),
    },
  ]
}

/** A folder that is gone afterwards. */
export async function inTempDir<T>(work: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-bench-'))
  try {
    return await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Numbers in [0, 1) that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Whether a row keeps its limit; a row without one does. */
export function holds({ value, limit, atLeast }: BenchRow): boolean {
  if (limit === undefined) return true
  return atLeast ? value >= limit : value <= limit
}

/** Prints the rows as a table. */
export function printTable(rows: readonly BenchRow[]): void {
  const cells = rows.map((row) => [
    row.name,
    `${number(row.value)} ${row.unit}`,
    row.limit === undefined ? '' : `${row.atLeast ? '>=' : '<='} ${number(row.limit)}`,
    row.raw === undefined ? '' : number(row.raw),
    row.ratio === undefined ? '' : `${number(row.ratio)}x`,
    row.limit === undefined ? '' : holds(row) ? 'ok' : 'TOO SLOW',
  ])
  const lines = [['what', 'measured', 'limit', 'raw', 'ratio', ''], ...cells]
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
  }
}

function number(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}
