import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openEnvelope, publicKeyFrom } from '../../src/main/updates/envelope.ts'
import { tempDir } from '../support/temp-dir.ts'

const root = resolve(import.meta.dirname, '..', '..')

function release(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'release.ts'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { status, out: stdout.trim(), error: stderr.trim() }
}

function folder() {
  const dir = tempDir()
  mkdirSync(join(dir, 'packages'))
  const packages = join(dir, 'packages')
  writeFileSync(join(packages, 'Hudson-1.2.0.AppImage'), 'an AppImage')
  writeFileSync(join(packages, 'hudson_1.2.0.deb'), 'a package')
  writeFileSync(join(packages, 'latest-linux.yml'), 'not ours')
  const key = join(dir, 'key.pem')
  const trust = join(dir, 'public.pem')
  writeFileSync(trust, `${release(['keygen', key]).out}\n`)
  return { packages, key, trust }
}

const about = ['--version', '1.2.0', '--channel', 'stable', '--platform', 'linux', '--arch', 'x64', '--sequence', '7']
const which = ['--channel', 'stable', '--platform', 'linux', '--arch', 'x64']

describe('hudson-release', () => {
  test('signs a folder, and finds it good', () => {
    const { packages, key, trust } = folder()
    expect(statSync(key).mode & 0o777).toBe(0o600)
    const signed = release(['sign', packages, ...about, '--key', key, '--rollback', '1.1.0', '--rollout', '25'])
    expect(signed, signed.error).toMatchObject({ status: 0 })
    const manifest = openEnvelope(readFileSync(join(packages, 'linux-x64.release')), [
      publicKeyFrom(readFileSync(trust, 'utf8')),
    ])
    expect(manifest).toMatchObject({
      version: '1.2.0',
      sequence: 7,
      rollbackAllowed: ['1.1.0'],
      rollout: { percent: 25 },
      files: [
        { name: 'Hudson-1.2.0.AppImage', kind: 'AppImage', size: 11 },
        { name: 'hudson_1.2.0.deb', kind: 'deb', size: 9 },
      ],
    })
    expect(release(['check', packages, ...which, '--trust', trust])).toMatchObject({ status: 0 })
  })
  test('sees a file that is not the one that was signed', () => {
    const { packages, key, trust } = folder()
    release(['sign', packages, ...about, '--key', key])
    writeFileSync(join(packages, 'hudson_1.2.0.deb'), 'a packagf')
    expect(release(['check', packages, ...which, '--trust', trust])).toMatchObject({
      status: 1,
      error: 'hudson_1.2.0.deb is not the file that was signed.',
    })
  })
  test('believes only the keys that the app believes', () => {
    const { packages, key } = folder()
    release(['sign', packages, ...about, '--key', key])
    expect(release(['check', packages, ...which]).error).toContain('not signed')
  })
  test('takes the key from the environment, and never shows it', () => {
    const { packages, key } = folder()
    const secret = readFileSync(key, 'utf8')
    expect(release(['sign', packages, ...about], { HUDSON_RELEASE_KEY: secret }).status).toBe(0)
    const broken = secret.replaceAll('-----', '---')
    const { status, error } = release(['sign', packages, ...about], { HUDSON_RELEASE_KEY: broken })
    expect({ status, error }).toEqual({
      status: 1,
      error: expect.stringContaining('no private key of Ed25519') as string,
    })
    expect(error).not.toContain(secret.split('\n')[1])
  })
  test('says what is wrong, by its option', () => {
    const { packages, key } = folder()
    const sign = (...args: string[]): string => release(['sign', packages, '--key', key, ...args]).error
    expect(sign(...about.slice(0, -2))).toBe('--sequence needs a number.')
    expect(sign(...about, '--rollout', 'NaN')).toBe('--rollout needs a number.')
    expect(sign(...about, '--rollout', '120')).toBe('--rollout is a number from 0 to 100.')
    expect(sign(...about.with(1, 'latest'))).toContain('--version: is not a version such as 1.2.0')
    expect(release(['sign', packages, ...about]).error).toContain('No key was given')
    expect(release(['sign', join(packages, 'nothing'), ...about, '--key', key]).error).toContain('is not there')
    expect(release(['keygen', key]).error).toContain('never overwritten')
    expect(release(['publish', packages])).toMatchObject({
      status: 1,
      error: expect.stringContaining('no command "publish"') as string,
    })
  })
})
