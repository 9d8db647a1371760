/** `npm run simulate -- --seeds N`: builds the simulation of the sync engine and runs it. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { projectNode, root } from './build-if-needed.mjs'

process.chdir(root)
const out = join(root, 'out-simulation', String(process.pid))
process.env.HUDSON_SIMULATION_OUT = out
await build({ configFile: join(root, 'tests', 'sync', 'simulation', 'vite.config.ts') })
const { status } = spawnSync(projectNode(), ['--enable-source-maps', join(out, 'main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...(existsSync('/dev/shm') && { HUDSON_SIMULATION_ROOT: '/dev/shm' }) },
})
rmSync(out, { recursive: true, force: true })
process.exit(status ?? 1)
