/** `npm run bench [-- NAME …]`: builds the benchmarks and runs those that are named, or all. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { findOrInstallBrowser } from './browser.mjs'
import { projectNode, root } from './build-if-needed.mjs'

process.chdir(root)
// A folder of its own for each run, so that two runs do not build into each other; inside the project, so that native
// modules are found.
const out = join(root, 'out-bench', String(process.pid))
process.env.HUDSON_BENCH_OUT = out
// Those about paint run in it; without one they say so.
process.env.CHROME_PATH ??= (await findOrInstallBrowser()) ?? ''
await build({ configFile: join(root, 'bench', 'vite.config.ts') })
const run = spawnSync(projectNode(), ['--expose-gc', join(out, 'main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
rmSync(out, { recursive: true, force: true })
process.exit(run.status ?? 1)
