/**
 * `npm run simulate -- [--seeds N] [--from SEED] [--ops N] [--steps N] [--plant NAME|all]`: builds the simulation of the sync
 * engine and runs it, seeds shared out among the processor's cores. Ends with 1 where a seed failed, or a planted fault was
 * not caught.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { projectNode, root } from './build-if-needed.mjs'

process.chdir(root)
// A folder of its own for each run; inside the project, so that native modules are found.
const out = join(root, 'out-simulation', String(process.pid))
process.env.HUDSON_SIMULATION_OUT = out
await build({ configFile: join(root, 'tests', 'sync', 'simulation', 'vite.config.ts') })
const shares = process.argv.includes('--plant') ? 1 : Math.min(8, availableParallelism())
const ends = await Promise.all(Array.from({ length: shares }, (_none, share) => runShare(`${share}/${shares}`)))
rmSync(out, { recursive: true, force: true })
process.exit(Math.max(...ends))

async function runShare(share) {
  const args = ['--enable-source-maps', join(out, 'main.js'), ...process.argv.slice(2), '--share', share]
  const [code] = await once(spawn(projectNode(), args, { cwd: root, stdio: 'inherit' }), 'exit')
  return code ?? 1
}
