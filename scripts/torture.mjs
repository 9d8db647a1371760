/**
 * `npm run torture [-- NAME …]`: the long fault runs in their full numbers, one after the other, with a table at the end. With
 * names, only those. The tests read their counts from `tests/support/torture.ts`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfNeeded, projectNode, root } from './build-if-needed.mjs'
import { heading } from './steps.mjs'

/** What is run. `runs`: how many faults it makes. */
const parts = [
  {
    name: 'corruption',
    runs: 200,
    what: 'byte flips, garbage, holes and cuts in the database, its log and the journal; with and without a team',
    project: 'team',
    files: ['tests/recovery/corruption.test.ts'],
  },
  {
    name: 'recovery',
    runs: 60,
    what: 'a kill at every step of a recovery',
    project: 'team',
    files: ['tests/recovery/kill.test.ts'],
  },
  {
    name: 'restore',
    runs: 40,
    what: 'backups restored over random edits, and undone',
    project: 'team',
    files: ['tests/backups/restore.test.ts'],
  },
  {
    name: 'kill',
    runs: 500,
    what: 'kill -9 at random moments under load',
    project: 'system',
    files: ['tests/system/sync-kill.test.ts'],
  },
  {
    name: 'partition',
    runs: 100,
    what: 'networks that are cut, half open or hang',
    project: 'system',
    files: ['tests/system/sync-partition.test.ts'],
  },
]

const named = process.argv.slice(2)
const unknown = named.filter((name) => !parts.some((part) => part.name === name))
if (unknown.length > 0) {
  console.error(`There is no run ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
buildIfNeeded()
const rows = parts.filter(({ name }) => named.length === 0 || named.includes(name)).map(run)

heading('torture')
console.log('run          faults  tests  failed  minutes')
for (const { name, runs, passed, failed, seconds, what } of rows) {
  const minutes = (seconds / 60).toFixed(1)
  const cells = [
    String(runs).padStart(6),
    String(passed + failed).padStart(5),
    String(failed).padStart(6),
    minutes.padStart(7),
  ]
  console.log(`${name.padEnd(11)}  ${cells.join('  ')}  ${what}`)
}
process.exitCode = rows.some(({ failed }) => failed > 0) ? 1 : 0

function run(part) {
  heading(`${part.name}: ${part.runs} × ${part.what}`)
  const folder = mkdtempSync(join(tmpdir(), 'hudson-torture-'))
  const report = join(folder, 'report.json')
  const started = performance.now()
  const { status } = spawnSync(
    projectNode(),
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      part.project,
      // One test may make all the faults.
      '--testTimeout=14400000',
      '--reporter=default',
      `--reporter=${join(root, 'scripts', 'count-reporter.mjs')}`,
      ...part.files,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, HUDSON_TORTURE: '1', HUDSON_TEST_REPORT: report },
    },
  )
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { passed: 0, failed: 0 }
  rmSync(folder, { recursive: true, force: true })
  const failed = status === 0 ? counted.failed : Math.max(counted.failed, 1)
  return { ...part, passed: counted.passed, failed, seconds: (performance.now() - started) / 1000 }
}
