/**
 * Builds the app where its sources are newer than the build. Used by `npm start`, the tests and `bin/hudson`.
 *
 * Nothing goes to stdout: commands that print JSON call this first. Several processes may ask at once; one builds, the
 * others wait for it.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of the checkout. */
export const root = resolve(import.meta.dirname, '..')

/** Where the build is: `out`, or the folder that HUDSON_OUT names. */
export const outDir = resolve(root, process.env.HUDSON_OUT ?? 'out')

const inputs = ['src', 'migrations', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
const stamp = join(outDir, '.built')
const lock = `${outDir}.lock`

/** A Node that can run Hudson: this one, or the one that the project brings. */
export function projectNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Throws an Error with the build's own words where it fails. Returns whether there was something to build. */
export function buildIfNeeded() {
  if (isFresh()) return false
  const release = acquire()
  try {
    // Another process may have built it while this one waited.
    if (isFresh()) return false
    build()
    return true
  } finally {
    release()
  }
}

/** Whether a build is there that is not older than any of its sources. A folder counts too: files may have been deleted. */
export function isFresh() {
  if (!existsSync(stamp)) return false
  const built = statSync(stamp).mtimeMs
  return inputs.every((input) => newest(join(root, input)) <= built)
}

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs)
}

function build() {
  process.stderr.write('Building Hudson (first run, or its sources changed) ...\n')
  const started = new Date()
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(cli)) throw new Error('The build tools are missing. Run "npm ci" first.')
  const done = spawnSync(projectNode(), [cli, 'build'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (done.status !== 0) throw new Error(`The build failed.\n${done.stdout}\n${done.stderr}`)
  writeFileSync(stamp, '')
  // What was edited while it was building is newer than the stamp.
  utimesSync(stamp, started, started)
}

/** A folder as the lock: making one is atomic everywhere. One whose owner is gone is taken over. */
function acquire() {
  const owner = join(lock, 'pid')
  for (let waited = 0; waited < 300_000; waited += 200) {
    try {
      mkdirSync(lock)
      writeFileSync(owner, String(process.pid))
      return () => rmSync(lock, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (waited > 2_000 && !isAlive(owner)) rmSync(lock, { recursive: true, force: true })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  throw new Error(`Another build of Hudson seems to hang. If none is running, delete ${lock}.`)
}

function isAlive(owner) {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
