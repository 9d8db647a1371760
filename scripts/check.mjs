/** `npm run check`: types, lint, format, dead code, unit tests. Runs all of them, and fails if any fails. */
import { heading, runStep, runTests, seconds, staticChecks } from './steps.mjs'

const started = performance.now()
const broken = staticChecks.filter((step) => !runStep(step)).map(({ name }) => name)
const { passed, failed, skipped } = runTests('unit')
if (failed > 0) broken.push('unit tests')

heading(`check, ${seconds(started)} s`)
console.log(`unit tests: ${passed} passed, ${failed} failed, ${skipped.length} skipped`)
console.log(broken.length === 0 ? 'Everything is in order.' : `Not in order: ${broken.join(', ')}.`)
process.exitCode = broken.length === 0 ? 0 : 1
