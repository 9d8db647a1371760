import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { silentLog } from '../../src/main/log.ts'
import { UpdaterEngine } from '../../src/main/updates/updater-engine.ts'
import { tempDir } from '../support/temp-dir.ts'
import { adapter, sha512 } from './update-rig.ts'

// A package of the system: electron-updater hands it to `dpkg`, whose place a script takes here.

afterEach(() => vi.unstubAllEnvs())

function rig() {
  const dir = tempDir()
  const [bin, resources] = [join(dir, 'bin'), join(dir, 'resources')]
  mkdirSync(bin)
  const program = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  program('dpkg', `echo "$1" > '${dir}/asked'; cp "$2" '${dir}/installed'`)
  // For who runs this without being root.
  program('pkexec', '[ "$1" = --disable-internal-agent ] && shift; exec "$@"')
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`)
  const relaunched: number[] = []
  const engine = new UpdaterEngine({
    kind: 'deb',
    fetch: () => Promise.reject(new Error('nothing is fetched')),
    log: silentLog,
    appImage: null,
    start: () => {},
    app: adapter({ dir, resources, version: '1.1.0', relaunch: () => relaunched.push(1) }),
  })
  const text = 'a package of 1.2.0'
  const path = join(dir, 'hudson_1.2.0.deb')
  writeFileSync(path, text)
  const found = { version: '1.2.0', path, size: text.length, sha512: sha512(Buffer.from(text)) }
  return { dir, engine, found, relaunched }
}

test.skipIf(process.platform !== 'linux')(
  'a deb that was measured is what dpkg gets, also in a run after the download',
  async () => {
    const { dir, engine, found, relaunched } = rig()
    await engine.install(found, { restart: true })
    expect(readFileSync(join(dir, 'asked'), 'utf8').trim()).toBe('-i')
    expect(readFileSync(join(dir, 'installed'), 'utf8')).toBe('a package of 1.2.0')
    expect(relaunched).toEqual([1])
  },
)

test.skipIf(process.platform !== 'linux')('one that is not what it was is not handed over', async () => {
  const { dir, engine, found } = rig()
  copyFileSync(found.path, `${found.path}.good`)
  writeFileSync(found.path, 'a package of 6.6.6')
  await expect(engine.install(found, { restart: false })).rejects.toThrow(/changed on its way/)
  expect(readdirSync(dir)).not.toContain('installed')
})
