import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { legal, lintPlants, typePlants } from './support/boundary-plants.ts'

// A fence that was never seen to hold is not known to be one: here every rule meets a file that breaks it. The configs are
// the real ones, copied beside the planted files.

const root = resolve(import.meta.dirname, '..')
const configs = [
  '.oxlintrc.json',
  'package.json',
  'electron.vite.config.ts',
  'vitest.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.shared.json',
  'tsconfig.node.json',
  'tsconfig.preload.json',
  'tsconfig.web.json',
  'tsconfig.tests.json',
]

/** Path of a file to what is wrong with it. */
type Findings = ReadonlyMap<string, readonly string[]>

const copy: { dir: string; types: Findings; lint: Findings } = { dir: '', types: new Map(), lint: new Map() }

beforeAll(() => {
  copy.dir = mkdtempSync(join(tmpdir(), 'hudson-boundaries-'))
  for (const config of configs) cpSync(join(root, config), join(copy.dir, config))
  symlinkSync(join(root, 'node_modules'), join(copy.dir, 'node_modules'), 'junction')
  for (const { path, text } of [...legal, ...typePlants, ...lintPlants]) {
    mkdirSync(dirname(join(copy.dir, path)), { recursive: true })
    writeFileSync(join(copy.dir, path), text)
  }
  copy.types = checkTypes()
  copy.lint = lint()
}, 60_000)

afterAll(() => rmSync(copy.dir, { recursive: true, force: true }))

describe('the compiler', () => {
  it.each(typePlants)('refuses $why', ({ path, code }) => {
    expect(copy.types.get(path)).toContain(code)
  })

  it.each(legal)('lets $path pass', ({ path }) => {
    expect(copy.types.get(path)).toBeUndefined()
  })
})

describe('the linter', () => {
  it.each(lintPlants)('refuses $why', ({ path, code }) => {
    expect(copy.lint.get(path)).toContain(code)
  })

  it.each(legal)('lets $path pass', ({ path }) => {
    expect(copy.lint.get(path)).toBeUndefined()
  })
})

function run(tool: string, ...args: readonly string[]): string {
  const done = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: copy.dir,
    encoding: 'utf8',
  })
  expect(done.status, done.stderr).not.toBe(0)
  return done.stdout
}

function checkTypes(): Findings {
  const found = run('typescript/bin/tsc', '-b', '--pretty', 'false').matchAll(/^(.+?)\(\d+,\d+\): error (TS\d+)/gm)
  return group([...found].map(([, path = '', code = '']) => ({ path, code })))
}

function lint(): Findings {
  const report = JSON.parse(run('oxlint/bin/oxlint', '--type-aware', '-f', 'json', 'src')) as {
    diagnostics: { filename: string; code?: string; message: string }[]
  }
  return group(report.diagnostics.map(({ filename, code, message }) => ({ path: filename, code: code ?? message })))
}

function group(findings: readonly { path: string; code: string }[]): Findings {
  const byPath = Map.groupBy(findings, ({ path }) => path.replaceAll('\\', '/'))
  return new Map([...byPath].map(([path, list]) => [path, list.map(({ code }) => code)]))
}
