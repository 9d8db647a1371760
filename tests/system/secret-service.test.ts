import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { Reply } from '#shared/reply.ts'
import { tempDir } from './hudson.ts'

// The real keychain of a Linux desktop: GNOME Keyring on a bus of its own, in a home of its own, so that nobody's is touched.

const needed = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool']
const missing = process.platform === 'linux' ? needed.filter((name) => !isHere(name)) : ['a Secret Service']

function isHere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

const URL_OF_TEAM = 'postgresql://hudson:s3cret@127.0.0.1:1/team'

/** Everything in one shell: the bus, and the unlocked keyring, end with it. */
const script = `
set -e
printf 'correct horse' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
call() { "$NODE" "$HUDSON" call "$@" --data-dir "$DATA"; }
call secrets.set - < "$DATA/../set.json"
call secrets.status
secret-tool search --all service Hudson 2>/dev/null | grep '^secret = '
call secrets.clear '{"name":"databaseUrl"}'
call secrets.status
`

test.skipIf(missing.length > 0)(
  `an address goes into a real Secret Service, is there for the next process, and can be cleared${missing.length > 0 ? ` (not here: ${missing.join(', ')})` : ''}`,
  async () => {
    using dir = tempDir()
    const [home, run, data] = ['home', 'run', 'data'].map((name) => join(dir.path, name)) as [string, string, string]
    for (const folder of [home, run, data]) mkdirSync(folder, { mode: 0o700 })
    writeFileSync(join(dir.path, 'set.json'), JSON.stringify({ name: 'databaseUrl', value: URL_OF_TEAM }), {
      mode: 0o600,
    })
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_RUNTIME_DIR: run,
      NODE: process.execPath,
      HUDSON: resolve('bin', 'hudson.cjs'),
      DATA: data,
    }
    const child = spawn('dbus-run-session', ['--', 'sh', '-c', script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    const [set, kept, inKeyring, cleared, gone] = out.trim().split('\n')
    const value = (line: string | undefined): unknown => Reply.parse(JSON.parse(line ?? errors))
    expect(value(set), errors).toEqual({ ok: true, value: { set: true, protectedBy: 'keychain' } })
    expect(value(kept)).toMatchObject({ ok: true, value: { databaseUrl: { set: true, protectedBy: 'keychain' } } })
    expect(inKeyring).toBe(`secret = ${URL_OF_TEAM}`)
    expect(value(cleared)).toEqual({ ok: true, value: { set: false, protectedBy: null } })
    expect(value(gone)).toMatchObject({ value: { databaseUrl: { set: false, protectedBy: null } } })
    expect(errors).not.toContain('s3cret')
  },
)
