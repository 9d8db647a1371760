/**
 * `node scripts/smoke-packed.mjs DIST`: starts the packed program that electron-builder left unpacked in DIST, on a data folder of
 * its own, and waits until the studio server inside answers, the database is open and `updates.state` says what it would
 * do. Then it ends it. Exit code 1 where it does not come so far. For the release workflow: it needs a real Electron.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const dist = resolve(process.argv[2] ?? 'dist')
const PATIENCE_MS = 60_000

function program() {
  const folders = readdirSync(dist).filter((name) => /^(linux|win|mac)(-\w+)?(-unpacked)?$/.test(name))
  const found = folders
    .flatMap((name) => [
      join(dist, name, 'hudson-desktop'),
      join(dist, name, 'Hudson.exe'),
      join(dist, name, 'Hudson.app', 'Contents', 'MacOS', 'Hudson'),
    ])
    .find((path) => existsSync(path))
  if (!found) throw new Error(`There is no packed program in ${dist}`)
  return found
}

const dataDir = mkdtempSync(join(tmpdir(), 'hudson-packed-'))
const handshake = join(dataDir, 'studio.json')
const command = [program(), `--data-dir=${dataDir}`]
if (process.platform === 'linux') command.unshift('xvfb-run', '-a')
const [file, ...args] = command
const child = spawn(file, args, { stdio: 'inherit' })
const ended = new Promise((done) => child.once('exit', done))

/** What an endpoint answers, once the program is there. */
async function ask(name) {
  const { port, token } = JSON.parse(readFileSync(handshake, 'utf8'))
  const response = await fetch(`http://127.0.0.1:${port}/call/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  })
  const reply = await response.json()
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
  return reply.value
}

const begun = performance.now()
while (!existsSync(handshake)) {
  if (performance.now() - begun > PATIENCE_MS || child.exitCode !== null) {
    console.log('The packed program did not start')
    child.kill()
    process.exit(1)
  }
  await new Promise((wait) => setTimeout(wait, 200))
}
const info = await ask('app.info')
const { screens } = await ask('screens.list')
const updates = await ask('updates.state')
console.log({ ms: Math.round(performance.now() - begun), info, screens: screens.length, updates })
child.kill()
await ended
// A window is on some screen, and updates know whether this kind of package can have them.
if (info.runtime !== 'electron' || screens.length === 0) process.exit(1)
