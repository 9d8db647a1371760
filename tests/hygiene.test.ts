import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

// What the linter has no rule for.

const root = resolve(import.meta.dirname, '..')
const sources = ['src', 'tests', 'bench', 'scripts']
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,mjs}`, { cwd: root }))
  .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n') }))

/** Every line that matches, as `path:line`. */
function find(pattern: RegExp, folder = ''): string[] {
  return sources
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ path, lines }) => lines.flatMap((line, n) => (pattern.test(line) ? [`${path}:${n + 1}`] : [])))
}

describe('the sources', () => {
  it('are found', () => {
    expect(sources.length).toBeGreaterThan(50)
  })

  it('switch off a check only with its reason on the line', () => {
    const withoutReason = /(\/\/|\/\*)\s*(ox|es)lint-disable(?!.* -- \S)/
    expect(find(withoutReason)).toEqual([])
  })

  it('keep no state in a module', () => {
    expect(find(/^(export )?let /, 'src')).toEqual([])
  })

  it('have no unfinished places', () => {
    const unfinished = /\b(TO[D]O|FIX[M]E)\b/
    expect(find(unfinished)).toEqual([])
  })
})
