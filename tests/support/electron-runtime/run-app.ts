import { fork } from 'node:child_process'
import { join, resolve } from 'node:path'
import { debuggingPortVariable } from './browser.ts'
import type { Control, Order } from './control.ts'
import { setupVariable } from './setup.ts'
import type { Setup } from './setup.ts'

const root = resolve(import.meta.dirname, '..', '..', '..')
export const builtApp = resolve(root, process.env['HUDSON_OUT'] ?? 'out')

/** The `electron` module as the main process has it. */
export type ElectronMain = typeof import('electron')

type Remote = {
  readonly [K in Exclude<keyof Control, 'inMain'>]: (
    ...args: Parameters<Control[K]>
  ) => Promise<Awaited<ReturnType<Control[K]>>>
}

/** The built desktop app under test, in a process of its own. Its orders are in control.ts. */
export interface RunningApp extends Remote {
  /** Runs a function in the main process, like Playwright's `electronApp.evaluate`: it may use nothing from around it. */
  inMain<R, A = undefined>(act: (electron: ElectronMain, argument: A) => R, argument?: A): Promise<Awaited<R>>
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
  /** What it wrote to standard error so far. */
  said(): string
  kill(): void
}

/** How the app is started. */
export interface RunOptions {
  readonly args?: readonly string[]
  /** The computer that it finds: displays, keyring, theme … */
  readonly setup?: Partial<Setup>
  readonly env?: Readonly<Record<string, string>>
  /** The main script; without it the built app's. */
  readonly main?: string
  /** Where Chromium listens, for a test that drives the pages itself. */
  readonly debuggingPort?: number
}

/** Runs the built main process, unchanged, on the stand-in. */
export function runApp(dataDir: string, options: RunOptions = {}): RunningApp {
  const { args = [], setup = {}, env = {}, main = join(builtApp, 'main', 'index.js'), debuggingPort } = options
  const child = fork(main, [`--data-dir=${dataDir}`, ...args], {
    // Electron is started with the app's folder as its first argument.
    execArgv: ['--import', join(import.meta.dirname, 'register.ts')],
    env: {
      ...process.env,
      HUDSON_DEV: '0',
      ...env,
      [setupVariable]: JSON.stringify({ keyring: join(dataDir, 'stand-in.keyring'), ...setup }),
      ...(debuggingPort !== undefined && { [debuggingPortVariable]: String(debuggingPort) }),
    },
    silent: true,
    serialization: 'advanced',
  })
  const output: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const { promise: ended, resolve: end } = Promise.withResolvers<number | null>()
  const waiting = new Map<number, (answer: { value?: unknown; error?: string }) => void>()
  const ids = { last: 0 }
  child.once('exit', (code) => {
    for (const answer of waiting.values()) answer({ error: `The app ended: ${output.join('')}` })
    end(code)
  })
  child.on('message', ({ id, ...answer }: { id: number; value?: unknown; error?: string }) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })

  const send = (name: keyof Control, given: readonly unknown[]): Promise<unknown> =>
    new Promise((done, refuse) => {
      ids.last += 1
      const id = ids.last
      if (!child.connected) return refuse(new Error(`The app ended: ${output.join('')}`))
      waiting.set(id, ({ value, error }) => (error === undefined ? done(value) : refuse(new Error(error))))
      const order: Order = { id, name, args: given as readonly never[] }
      child.send(order)
    })
  const inMain = (act: (...given: never[]) => unknown, argument?: unknown) => send('inMain', [act.toString(), argument])
  const own = { inMain, ended, said: () => output.join(''), kill: () => void child.kill('SIGKILL') }
  return new Proxy(own, {
    get: (target, key) => {
      if (typeof key === 'symbol' || key === 'then' || key in target) return Reflect.get(target, key) as unknown
      return (...given: readonly unknown[]) => send(key as keyof Control, given)
    },
  }) as unknown as RunningApp
}
