import { fork } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { Control, Order } from './control.ts'

const root = resolve(import.meta.dirname, '..', '..', '..')
export const builtApp = resolve(root, process.env['HUDSON_OUT'] ?? 'out')

const names = [
  'windows',
  'evaluate',
  'evaluateInChild',
  'hijack',
  'openUnknownWindow',
  'closeWindow',
  'askPermission',
  'attachWebview',
  'external',
  'facts',
  'emit',
  'quit',
] as const satisfies readonly (keyof Control)[]

type Remote = {
  readonly [K in keyof Control]: (...args: Parameters<Control[K]>) => Promise<Awaited<ReturnType<Control[K]>>>
}

/** The built desktop app under test, in a process of its own. */
export interface RunningApp extends Remote {
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
  /** What it wrote to standard error so far. */
  said(): string
  kill(): void
}

/** Runs the built main process, unchanged, on the stand-in. */
export function runApp(dataDir: string, args: readonly string[] = []): RunningApp {
  const child = fork(join(builtApp, 'main', 'index.js'), [`--data-dir=${dataDir}`, ...args], {
    // Electron is started with the app's folder as its first argument.
    execArgv: ['--import', join(import.meta.dirname, 'register.ts')],
    env: { ...process.env, HUDSON_DEV: '0' },
    silent: true,
    serialization: 'advanced',
  })
  const output: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const { promise: ended, resolve: end } = Promise.withResolvers<number | null>()
  const waiting = new Map<number, (answer: { value?: unknown; error?: string }) => void>()
  child.once('exit', (code) => {
    for (const answer of waiting.values()) answer({ error: `The app ended: ${output.join('')}` })
    end(code)
  })
  child.on('message', ({ id, ...answer }: { id: number; value?: unknown; error?: string }) => waiting.get(id)?.(answer))

  const send = (name: keyof Control, given: readonly unknown[]): Promise<unknown> =>
    new Promise((done, refuse) => {
      const id = waiting.size
      waiting.set(id, ({ value, error }) => (error === undefined ? done(value) : refuse(new Error(error))))
      const order: Order = { id, name, args: given as readonly never[] }
      child.send(order)
    })
  const remote = Object.fromEntries(names.map((name) => [name, (...given: readonly unknown[]) => send(name, given)]))
  const own = { ended, said: () => output.join(''), kill: () => void child.kill('SIGKILL') }
  return { ...(remote as unknown as Remote), ...own }
}
