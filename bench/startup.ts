import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { percentile } from './support.ts'
import type { BenchRow } from './support.ts'

const RUNS = 15

/** What evaluating the whole main bundle adds to the start of a bare Node. Loading it is all that `--version` does. */
export async function run(): Promise<BenchRow[]> {
  spawnSync(process.execPath, [join('bin', 'hudson.cjs'), '--version'], { stdio: 'inherit' })
  const bundle = join(resolve(process.env['HUDSON_OUT'] ?? 'out'), 'main', 'headless.js')
  const bare: number[] = []
  const whole: number[] = []
  // In turns, so that both see the same machine.
  for (let n = 0; n < RUNS; n++) {
    bare.push(timeOf(['-e', '0']))
    whole.push(timeOf([bundle, '--version']))
  }
  const raw = percentile(bare, 0.5)
  const median = percentile(whole, 0.5)
  return [
    { name: 'start of the main bundle, median', value: median, unit: 'ms', raw, ratio: median / raw },
    { name: 'evaluation of the main bundle above node -e 0', value: median - raw, unit: 'ms', limit: 120 },
  ]
}

function timeOf(args: readonly string[]): number {
  const begun = performance.now()
  const { status } = spawnSync(process.execPath, args)
  if (status !== 0) throw new Error(`ended with ${status}: node ${args.join(' ')}`)
  return performance.now() - begun
}
