import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { BenchRow } from './support.ts'

const RUNS = 3

interface Measured {
  readonly paintMs: number
  readonly rssMiB: number
  readonly hostMs: number
}

/**
 * The desktop app on the stand-in for Electron's runtime: from the spawn to the first painted window, what the main process
 * holds then, and how long after `kill -9` in a live show the host is on its screen again. The start of a whole Chromium is in
 * both times.
 */
export async function run(): Promise<BenchRow[]> {
  const runs = Array.from({ length: RUNS }, measure)
  const median = (of: (one: Measured) => number): number =>
    runs.map(of).toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN
  return [
    {
      name: 'desktop app: spawn to first painted window, median of 3',
      value: median(({ paintMs }) => paintMs),
      unit: 'ms',
    },
    { name: 'desktop app: memory of the main process then', value: median(({ rssMiB }) => rssMiB), unit: 'MiB' },
    {
      name: 'desktop app: kill -9 while live, until the host is on its screen again',
      value: median(({ hostMs }) => hostMs),
      unit: 'ms',
      limit: 5_000,
    },
  ]
}

function measure(): Measured {
  const script = join('tests', 'support', 'electron-runtime', 'measure.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 120_000 })
  if (status !== 0) throw new Error(`The desktop app could not be measured: ${stderr}`)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured
}
