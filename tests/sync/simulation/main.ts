import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Campaign, report, seedsFrom } from './campaign.ts'
import { plants } from './plants.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    ops: { type: 'string', default: '300' },
    plant: { type: 'string' },
    /** Steps of the trace that are shown of a seed that failed. */
    steps: { type: 'string', default: '40' },
    /** One of several processes: which, and how many there are. */
    share: { type: 'string', default: '0/1' },
    twice: { type: 'boolean', default: false },
  },
})

// Not bundled: it starts a file that stands beside it.
const path = pathToFileURL(join(process.cwd(), 'tests/support/postgres.ts')).href
const { startPostgres } = (await import(/* @vite-ignore */ path)) as typeof import('../../support/postgres.ts')
await using postgres = await startPostgres()
const wrong = values.plant === undefined ? await runAll() : await runPlant(values.plant)
process.exitCode = wrong ? 1 : 0

async function runAll(): Promise<boolean> {
  const [share = 0, shares = 1] = values.share.split('/').map(Number)
  const seeds = seedsFrom(Number(values.from) + share, Math.ceil((Number(values.seeds) - share) / shares), shares)
  if (seeds.length === 0) return false
  await using campaign = await Campaign.start(postgres.url)
  const failed: number[] = []
  const started = performance.now()
  for (const [done, seed] of seeds.entries()) {
    const result = await campaign.run(seed, Number(values.ops))
    if (values.twice) {
      const again = await campaign.run(seed, Number(values.ops))
      const at = result.trace.findIndex((line, index) => line !== again.trace[index])
      if (at >= 0)
        console.log(
          `seed ${seed} differs at ${at}:\n${result.trace.slice(at - 3, at + 2).join('\n')}\n--\n${again.trace.slice(at - 3, at + 2).join('\n')}`,
        )
    }
    if (result.problems.length > 0) {
      failed.push(seed)
      console.log(`FAILED ${report(result, Number(values.steps))}\n`)
    }
    if ((done + 1) % 50 === 0)
      console.log(`${done + 1} of ${seeds.length} seeds, ${failed.length} failed, ${took(started)}`)
  }
  console.log(
    `${seeds.length} seeds in ${took(started)}, ${failed.length === 0 ? 'none failed' : `failed: ${failed.join(' ')}`}`,
  )
  return failed.length > 0
}

/** A planted fault is to be caught. */
async function runPlant(name: string): Promise<boolean> {
  const chosen = name === 'all' ? Object.keys(plants) : [name]
  let missed = false
  for (const one of chosen) {
    const plant = plants[one]
    if (!plant) throw new Error(`No plant named ${one}. There are: ${Object.keys(plants).join(', ')}, or all`)
    await using campaign = await Campaign.start(postgres.url, plant)
    const started = performance.now()
    const seed = await campaign.firstCaught(seedsFrom(Number(values.from), Number(values.seeds)))
    console.log(
      `${one}: ${seed === undefined ? `NOT caught in ${values.seeds} seeds` : `caught by seed ${seed}`}, ${took(started)}`,
    )
    missed ||= seed === undefined
  }
  return missed
}

function took(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
