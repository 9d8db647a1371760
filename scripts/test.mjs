/**
 * `npm test`: everything that can run on this machine. Builds once, runs the checks and all tests, says what was skipped
 * and why, and ends with the plain line `N passed, N failed, N skipped`. The checks (types, lint, format, dead code, the
 * build) count as one each.
 */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { findOrInstallBrowser } from './browser.mjs'
import { buildIfNeeded, root } from './build-if-needed.mjs'
import { installKeyring } from './keyring.mjs'
import { installPdfTools } from './pdf-tools.mjs'
import { heading, runStep, runTests, seconds, staticChecks } from './steps.mjs'

const started = performance.now()
/** @type {{ passed: number, failed: number, skipped: { name: string, file: string, note?: string }[] }} */
const total = { passed: 0, failed: 0, skipped: [] }

const count = (passed) => {
  if (passed) total.passed += 1
  else total.failed += 1
  return passed
}

for (const step of staticChecks) count(runStep(step))

heading('build')
const built = count(tryBuild())
heading('browser')
const browser = await findOrInstallBrowser()
console.log(browser ?? 'none')
await installKeyring()
await installPdfTools()

add(runTests('unit'))
// These wait for servers, sockets and real time for a third of theirs: half as many again use what is free meanwhile.
const more = [`--maxWorkers=${Math.ceil(availableParallelism() * 1.5)}`]
add(runTests('team', {}, more))
// The seeded teams compute while the processes of the system tests wait for one another.
const together = built ? ['--project', 'system', ...more] : []
add(runTests('simulation', browser ? { CHROME_PATH: browser } : {}, together))
// Within twenty minutes on two slow cores; `npm test -- --all` has time for these too.
const long = process.argv.includes('--all') ? [] : ['show-looks', 'line-up-files', 'updates', 'failures-team']
const without = long.flatMap((name) => ['--exclude', `tests/e2e/${name}.test.ts`])
if (built && browser) add(runTests('e2e', { CHROME_PATH: browser }, without))
if (built && browser) add(runTests('desktop', { CHROME_PATH: browser }))

heading(`skipped (all took ${seconds(started)} s)`)
if (!built) console.log('- system and e2e tests: the build failed')
if (!browser) console.log('- e2e tests: no Chromium found and none could be installed (CHROME_PATH names one)')
if (long.length > 0) console.log(`- browser specs that take long (${long.join(', ')}): npm test -- --all runs them`)
for (const reason of missingHere()) console.log(`- ${reason}`)
for (const { name, file, note } of total.skipped) console.log(`- ${file}: ${name}${note ? `: ${note}` : ''}`)

const skipped = total.skipped.length
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = total.failed > 0 ? 1 : 0

function add({ passed, failed, skipped: list }) {
  total.passed += passed
  total.failed += failed
  total.skipped.push(...list)
}

function tryBuild() {
  try {
    console.log(buildIfNeeded() ? 'built' : 'up to date')
    return true
  } catch (error) {
    console.error(error.message)
    return false
  }
}

function missingHere() {
  const reasons = []
  if (!existsSync(join(root, '..', 'shared', 'fixtures'))) {
    reasons.push('tests on the catalogue files of ../shared/fixtures: that folder is not here')
  }
  if (!existsSync(join(root, 'node_modules', 'electron', 'dist')) && !process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    reasons.push('the desktop app on a real Electron: its runtime is not installed; it ran on a stand-in instead')
  }
  return reasons
}
