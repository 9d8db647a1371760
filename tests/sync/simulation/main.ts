import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Disk } from './disk.ts'
import { simulate } from './run.ts'
import { SimServer } from './server.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '100' }, from: { type: 'string', default: '1' }, ops: { type: 'string', default: '300' }, verbose: { type: 'boolean', default: false } },
})
const root = mkdtempSync(join(process.env['HUDSON_SIMULATION_ROOT'] ?? tmpdir(), 'hudson-simulation-'))
// Not bundled: it starts a file that stands beside it.
const path = pathToFileURL(join(process.cwd(), 'tests/support/postgres.ts')).href
const { startPostgres } = (await import(/* @vite-ignore */ path)) as typeof import('../../support/postgres.ts')
const postgres = await startPostgres()
const server = await SimServer.start(postgres.url)
const disk = new Disk()
const from = Number(values.from)
const failed: number[] = []
const started = performance.now()
for (let seed = from; seed < from + Number(values.seeds) && failed.length < 20; seed++) {
  const { problems, trace } = await simulate({ seed, ops: Number(values.ops), server, disk, root, plant: {} })
  if (values.verbose && problems.length === 0) console.log(trace.join('\n'))
  if (problems.length > 0) {
    failed.push(seed)
    console.log(`seed ${seed} FAILED`)
    console.log(trace.slice(values.verbose ? 0 : -40).join('\n'))
    console.log(problems.slice(0, 12).join('\n').slice(0, 6000))
  }
}
console.log(`${values.seeds} seeds in ${((performance.now() - started) / 1000).toFixed(1)} s, failed: ${failed.join(' ') || 'none'}`)
await server[Symbol.asyncDispose]()
await postgres.stop()
rmSync(root, { recursive: true, force: true })
process.exit(failed.length > 0 ? 1 : 0)
