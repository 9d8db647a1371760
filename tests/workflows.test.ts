import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { validate } from '@actions/languageservice'
import { describe, expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'

// By GitHub's own language service: the schema, the expressions, and which job needs which.

const root = resolve(import.meta.dirname, '..')
const folder = join(root, '.github', 'workflows')
const files = readdirSync(folder)
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')

async function problemsOf(text: string): Promise<string[]> {
  // A name of its own each time: what was read under one is not read again.
  const document = TextDocument.create(`file:///${randomUUID()}/.github/workflows/one.yml`, 'yaml', 1, text)
  return (await validate(document)).map(
    ({ message, range }) => `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  )
}

describe.each(files)('%s', (name) => {
  test('is a workflow that GitHub understands', async () => {
    expect(await problemsOf(textOf(name))).toEqual([])
  })
  test('gives no job more than it says, and keeps no credentials', () => {
    const text = textOf(name)
    expect(text).toMatch(/^permissions:/m)
    const checkouts = text.split('uses: actions/checkout@').slice(1)
    for (const one of checkouts) expect(one.slice(0, 200)).toContain('persist-credentials: false')
  })
  test('pins every action', () => {
    const uses = [...textOf(name).matchAll(/uses: (\S+)/g)].map(([, action = '']) => action)
    expect(uses.filter((action) => !/@([0-9a-f]{40}|v\d+\.\d+\.\d+)$/.test(action))).toEqual([])
  })
  test('puts nothing of an event into a script', () => {
    // A title or a branch with shell in it would run there; variables of the environment do not.
    const scripts = [...textOf(name).matchAll(/run: (\|[\s\S]*?(?=\n {6}- |\n {2}\w|$)|.*)/g)].map(
      ([, script = '']) => script,
    )
    expect(scripts.filter((script) => /\$\{\{\s*(github|inputs|secrets|needs)\./.test(script))).toEqual([])
  })
})

test('the check sees what is wrong', async () => {
  const broken = textOf('release.yml')
    .replace('needs: [version, package]', 'needs: [version, pakage]')
    .replace('runs-on: ubuntu-latest', 'runs_on: ubuntu-latest')
  const problems = await problemsOf(broken)
  expect(problems.join('\n')).toMatch(/pakage/)
  expect(problems.join('\n')).toMatch(/runs_on|runs-on/)
  expect(
    await problemsOf(textOf('release.yml').replace('needs.version.outputs.channel', 'needs.version.outputs.')),
  ).not.toEqual([])
})

test('the smoke test of native libraries runs here', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts', 'smoke-native.mjs')], {
    encoding: 'utf8',
  })
  expect(status, stdout).toBe(0)
  expect(stdout).toContain('database: good')
})
