import { AppError } from '#shared/app-error.ts'
import { unwrap } from '#shared/reply.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import type { CrashLog } from '../crashes/crash-log.ts'
import type { OpenLog } from '../logging/open-log.ts'
import { ownPorts } from '../own-ports.ts'
import { lockDataDir } from '../studio/data-dir-lock.ts'
import { readHandshake, removeHandshake } from '../studio/handshake.ts'
import type { Handshake } from '../studio/handshake.ts'
import { startStudio } from '../studio/start-studio.ts'

export interface ServeOptions {
  readonly config: Config
  readonly log: OpenLog
  readonly crashLog: CrashLog
  readonly rendererDir: string
  readonly port: number | undefined
  readonly demo: boolean
  /** Ends the server. */
  readonly signal: AbortSignal
  /** Gets one line when the server answers. */
  readonly print: (line: string) => void
}

/** Runs the core with the studio server until the signal. Everything is closed, in order, when this resolves. */
export async function serve({ config, log, crashLog, ...options }: ServeOptions): Promise<void> {
  const { rendererDir, port, demo, signal, print } = options
  using lock = await lockForServing(config.dataDir)
  await using app = createApp(config, ownPorts(config, { log, crashLog }))
  await using studio = await startStudio({ core: app, log, rendererDir, port, killed: lock.killed })
  if (demo) unwrap(await app.dispatch('sample.load', {}))
  const { url, token } = studio
  print(JSON.stringify({ event: 'ready', url, port: studio.port, token, pid: process.pid }))
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  log.info('ending')
}

const SHORT_COMMAND_MS = 5_000

/** The lock of the data dir. A short command that has it is waited for; a running instance is not. */
async function lockForServing(dataDir: string): Promise<Disposable & { readonly killed: Handshake | null }> {
  const deadline = performance.now() + SHORT_COMMAND_MS
  for (;;) {
    const lock = lockDataDir(dataDir)
    if (lock) {
      // Left behind by an instance that was killed. It goes before others read it, as nobody answers there now.
      const killed = readHandshake(dataDir)
      removeHandshake(dataDir)
      return { killed, [Symbol.dispose]: () => lock[Symbol.dispose]() }
    }
    const running = readHandshake(dataDir)
    if (running || performance.now() > deadline) {
      const which = running ? ` (process ${running.pid}, port ${running.port})` : ''
      throw new AppError('busy', `Hudson already runs on this data folder${which}. Use that one, or end it first.`)
    }
    await sleep(50)
  }
}
