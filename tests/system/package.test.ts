import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fusesFor } from '../../build/fuses.mjs'
import { tempDir } from './hudson.ts'

// The package as it is made, but for Electron itself: its binary cannot be had where these tests run, so a file takes its place
// that has nothing but the switches in it. What is packed, unpacked, left out and switched is the real thing.

const root = resolve(import.meta.dirname, '..', '..')
const folder = tempDir()
const out = join(folder.path, 'dist')
const app = join(out, 'linux-unpacked')
const resources = join(app, 'resources')
const asar = join(resources, 'app.asar')
const canRun = process.platform === 'linux'

/** An Electron of nothing but its fuses, all of them the other way round. */
function makeStub(): string {
  const stub = join(folder.path, 'electron')
  mkdirSync(join(stub, 'resources'), { recursive: true })
  mkdirSync(join(stub, 'locales'))
  const wanted = fusesFor('linux') as Readonly<Record<string, unknown>>
  const wire = Array.from({ length: 9 }, (_, fuse) => (wanted[String(fuse)] === true ? '0' : '1')).join('')
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const binary = [Buffer.from(`a stub ${sentinel}`), Buffer.from([1, 9]), Buffer.from(`${wire} its end`)]
  writeFileSync(join(stub, 'electron'), Buffer.concat(binary), { mode: 0o755 })
  const other = {
    version: '45.4.1',
    LICENSE: 'x',
    'LICENSES.chromium.html': 'x',
    'locales/en-US.pak': 'x',
    'locales/de.pak': 'x',
  }
  for (const [name, text] of Object.entries(other)) writeFileSync(join(stub, name), text)
  return stub
}

const packed = (): string[] =>
  listPackage(asar, { isPack: false }).filter((path) => /\.[a-z]+$/i.test(path) || path.endsWith('LICENSE'))

describe.skipIf(!canRun)('the package', () => {
  beforeAll(() => {
    const config = [
      '--config',
      'build/electron-builder.config.mjs',
      '--linux',
      `--${process.arch}`,
      '--dir',
      '--publish',
      'never',
    ]
    const overrides = [`-c.electronDist=${makeStub()}`, `-c.directories.output=${out}`]
    const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...config, ...overrides], {
      cwd: root,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stdout + stderr)
  })
  afterAll(() => folder[Symbol.dispose]())

  test('holds the built app, what cannot be bundled, and nothing else', () => {
    const allowed = [
      /^\/package\.json$/,
      /^\/out\/main\/(chunks\/)?[\w.-]+\.js$/,
      /^\/out\/preload\/index\.cjs$/,
      /^\/out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|svg|woff2|png))$/,
      /^\/node_modules\/(better-sqlite3|keytar)\/(package\.json|LICENSE|lib\/[\w./-]+\.js)$/,
      new RegExp(`^/node_modules/better-sqlite3/prebuilds/linux-${process.arch}\\.node$`),
      new RegExp(`^/node_modules/keytar/prebuilds/linux-${process.arch}/keytar\\.node$`),
    ]
    const files = packed()
    expect(files.filter((file) => !allowed.some((one) => one.test(file)))).toEqual([])
    for (const file of [
      '/out/main/index.js',
      '/out/main/bulk-worker.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ])
      expect(files).toContain(file)
    // The key files, the fixtures, the sources and their maps would be among them, were they packed.
    expect(files.filter((file) => /\.(map|ts|tsx|md|pem|csv)$/.test(file))).toEqual([])
  })
  test('starts where Electron looks', () => {
    expect(JSON.parse(extractFile(asar, 'package.json').toString('utf8'))).toMatchObject({
      name: 'hudson-desktop',
      main: 'out/main/index.js',
      type: 'module',
    })
  })
  test('has its libraries outside of the archive, for this system alone', () => {
    const unpacked = readdirSync(`${asar}.unpacked`, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.node'),
    )
    expect(unpacked.toSorted()).toEqual([
      `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
      `node_modules/keytar/prebuilds/linux-${process.arch}/keytar.node`,
    ])
  })
  test('its database opens, writes and reads; its keychain loads', () => {
    const load = createRequire(join(`${asar}.unpacked`, 'out', 'main', 'index.js'))
    const Database = load('better-sqlite3') as typeof import('better-sqlite3')
    const path = join(folder.path, 'smoke.db')
    const db = new Database(path)
    db.exec('CREATE TABLE words (word TEXT) STRICT')
    db.prepare('INSERT INTO words VALUES (?)').run('hello')
    db.close()
    const again = new Database(path, { readonly: true })
    expect(again.prepare('SELECT word FROM words').pluck().get()).toBe('hello')
    again.close()
    expect(load.resolve('better-sqlite3')).toContain('app.asar.unpacked')
    const keychain = load('keytar') as object
    expect(Object.keys(keychain)).toContain('setPassword')
  })
  test('has all nine fuses set', async () => {
    const wire = await getCurrentFuseWire(join(app, 'hudson-desktop'))
    const read = Object.fromEntries(
      Object.entries(wire).flatMap(([fuse, state]) =>
        /^\d+$/.test(fuse) ? [[FuseV1Options[Number(fuse)], state === FuseState.ENABLE]] : [],
      ),
    )
    expect(read).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      // Linux has no such check.
      EnableEmbeddedAsarIntegrityValidation: false,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    })
    const { EnableEmbeddedAsarIntegrityValidation: integrity } = FuseV1Options
    expect(
      ['darwin', 'win32'].map((platform) => (fusesFor(platform) as Readonly<Record<number, unknown>>)[integrity]),
    ).toEqual([true, true])
  })
  test('knows where its updates are kept, and brings what stands beside the clock', () => {
    expect(readFileSync(join(resources, 'app-update.yml'), 'utf8')).toContain(
      'updaterCacheDirName: hudson-desktop-updater',
    )
    for (const state of ['idle', 'rehearsal', 'live'])
      for (const name of [`${state}.png`, `${state}@2x.png`, `${state}Template.png`])
        expect(existsSync(join(resources, 'tray', name)), name).toBe(true)
  })
  test('is small', () => {
    const sizes = new Map<string, number>()
    for (const path of packed()) {
      const part = /^\/(out\/\w+|node_modules\/[\w-]+)/.exec(path)?.[1] ?? 'other'
      const inside = join(`${asar}.unpacked`, path)
      const size = existsSync(inside) ? statSync(inside).size : extractFile(asar, path.slice(1)).length
      sizes.set(part, (sizes.get(part) ?? 0) + size)
    }
    const rows = [...sizes].map(
      ([part, bytes]) => `${part.padEnd(28)} ${(bytes / 1_000_000).toFixed(2).padStart(6)} MB`,
    )
    console.log(['What is packed, without Electron:', ...rows].join('\n'))
    const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
    // Sources, maps or the libraries of other systems would be several times as much.
    expect(total).toBeLessThan(12_000_000)
  })
})
