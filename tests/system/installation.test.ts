import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { runApp } from '../support/electron-runtime/run-app.ts'
import { hudson, serve, tempDir } from './hudson.ts'

// What is installed is not whole, or the computer has no port to give.

/** A copy of the built main process that has a native database of its own: `harm` breaks it. */
function copyOf(root: string, harm: (module: string) => void): string {
  const main = join(root, 'out', 'main')
  cpSync(resolve(process.env['HUDSON_OUT'] ?? 'out', 'main'), main, {
    recursive: true,
    filter: (from) => !from.endsWith('.map'),
  })
  const module = join(root, 'node_modules', 'better-sqlite3')
  cpSync(resolve('node_modules', 'better-sqlite3'), module, {
    recursive: true,
    filter: (from) => !/[/\\](deps|src)$/.test(from),
  })
  // What else the bundles load by name is not theirs to break.
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  harm(module)
  return main
}

const binaries = (module: string): string[] =>
  readdirSync(join(module, 'prebuilds')).map((name) => join(module, 'prebuilds', name))

const harms: [string, (module: string) => void][] = [
  ['is missing', (module) => rmSync(module, { recursive: true })],
  ['has lost its binary', (module) => rmSync(join(module, 'prebuilds'), { recursive: true })],
  ['has a binary of another system', (module) => binaries(module).forEach((path) => writeFileSync(path, 'MZ\u0000'))],
]

async function command(main: string, args: readonly string[]) {
  const child = spawn(process.execPath, [join(main, 'headless.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { out, err, code: code as number }
}

describe.each(harms)('a native database that %s', (_what, harm) => {
  test('the command says so, names the log, and opens nothing', async () => {
    using dir = tempDir()
    const main = copyOf(dir.path, harm)
    const dataDir = join(dir.path, 'data')
    for (const args of [['serve'], ['call', 'app.info']]) {
      const { code, out, err } = await command(main, [...args, '--data-dir', dataDir])
      expect([code, out], err).toEqual([1, ''])
      const words = err.split('\n').filter((line) => line !== '' && !line.startsWith('{'))
      expect(words).toEqual([expect.stringMatching(/^The installation of Hudson is corrupted: .*Install Hudson again/)])
      expect(words[0]).toContain(join(dataDir, 'logs', 'hudson.log'))
    }
    const doctor = await command(main, ['doctor', '--json', '--data-dir', dataDir])
    const detail = expect.stringMatching(/^The installation of Hudson is corrupted: /)
    expect(JSON.parse(doctor.out)).toEqual({ checks: [{ name: 'version', state: 'error', detail, ms: 0 }] })
    expect(doctor.code).toBe(1)
    expect(readdirSync(dataDir)).toEqual(['logs'])
    expect(readFileSync(join(dataDir, 'logs', 'hudson.log'), 'utf8')).toContain('the native database cannot be loaded')
    // What needs no database works.
    expect((await command(main, ['--version'])).code).toBe(0)
  })
})

test('a native database that is missing: the desktop app says so in a box of the system, and ends', async () => {
  using dir = tempDir()
  const main = copyOf(dir.path, (module) => rmSync(module, { recursive: true }))
  const dataDir = join(dir.path, 'data')
  const app = runApp(dataDir, { main: join(main, 'index.js') })
  expect(await app.ended, app.said()).toBe(1)
  expect(app.said()).toContain('Installation corrupted')
  expect(app.said()).toContain(join(dataDir, 'logs', 'hudson.log'))
  // Chromium's memory images have their folder from the first moment; it holds none.
  expect(readdirSync(dataDir).toSorted()).toEqual(['crashes', 'electron', 'logs'])
  expect(readdirSync(join(dataDir, 'crashes')).filter((name) => name.endsWith('.json'))).toEqual([])
})

describe('a port that another program has', () => {
  test('is told after three tries, with what to do; nothing is left behind', async () => {
    using dir = tempDir()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, out, err } = await hudson(['serve', '--data-dir', dir.path, '--port', String(port)])
    other.close()
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(
      `Port ${port} could not be had on this machine: another program uses it. Leave out --port to take any free one.`,
    )
    expect(existsSync(join(dir.path, 'studio.json'))).toBe(false)
    await using server = await serve(dir.path)
    expect(await server.call('app.info')).toMatchObject({ ok: true })
  })
})

test('a second server on a data folder says which one runs, and leaves it alone', async () => {
  using dir = tempDir()
  await using first = await serve(dir.path)
  const { code, err } = await hudson(['serve', '--data-dir', dir.path])
  expect(code).toBe(1)
  expect(err).toContain(
    `Hudson already runs on this data folder (process ${first.ready.pid}, port ${first.ready.port}). Use that one, or end it first.`,
  )
  expect(await first.call('app.info')).toMatchObject({ ok: true })
})
