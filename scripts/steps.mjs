/** The steps that `npm run check` and `npm test` are made of. Each prints what it does and tells whether it passed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectNode, root } from './build-if-needed.mjs'

const tool = (path, ...args) => [projectNode(), join(root, 'node_modules', path), ...args]

/** Everything but the tests. */
export const staticChecks = [
  { name: 'types', command: tool('typescript/bin/tsc', '-b') },
  { name: 'lint', command: tool('oxlint/bin/oxlint', '--type-aware', '.') },
  { name: 'format', command: tool('oxfmt/bin/oxfmt', '--check', '.') },
  { name: 'dead code', command: tool('knip/bin/knip.js', '--no-progress') },
]

/** Runs a step; its output is shown as it comes. */
export function runStep({ name, command: [program, ...args] }) {
  heading(name)
  const started = performance.now()
  const { status } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  const passed = status === 0
  console.log(`${passed ? 'ok' : 'FAILED'}: ${name} (${seconds(started)} s)`)
  return passed
}

/** Runs one of vitest's projects and counts what came of it. What never got as far as a result counts as failed. */
export function runTests(project, env = {}, options = []) {
  heading(`${project} tests`)
  const folder = mkdtempSync(join(tmpdir(), 'hudson-tests-'))
  const report = join(folder, 'report.json')
  try {
    const [program, ...args] = tool('vitest/vitest.mjs', 'run', '--project', project, '--passWithNoTests')
    const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'count-reporter.mjs')}`]
    const { status } = spawnSync(program, [...args, ...options, ...reporters], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, HUDSON_TEST_REPORT: report },
    })
    const counted = existsSync(report)
      ? JSON.parse(readFileSync(report, 'utf8'))
      : { passed: 0, failed: 0, skipped: [] }
    return status === 0 || counted.failed > 0 ? counted : { ...counted, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function heading(text) {
  console.log(`\n--- ${text}`)
}

export function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(1)
}
