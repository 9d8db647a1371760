import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { Reply } from '#shared/reply.ts'

const launcher = resolve('bin', 'hudson.cjs')

const Ready = z.object({ event: z.literal('ready'), url: z.string(), port: z.int(), token: z.string(), pid: z.int() })

/** A `hudson serve` in a process of its own. */
export interface Server extends AsyncDisposable {
  readonly ready: z.infer<typeof Ready>
  readonly process: ChildProcess
  call(name: string, input?: unknown): Promise<Reply>
  /** Sends the signal, and waits for the end. Answers the exit code; null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command to its end. */
export async function hudson(args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [launcher, ...args], { stdio: 'pipe' })
  child.stdin.end(input)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, out, err }
}

/** Starts a server and waits until it says that it is ready. */
export async function serve(dataDir: string, ...args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, [launcher, 'serve', '--data-dir', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit') as Promise<[number | null]>
  const errors = text(child.stderr)
  const line = await Promise.race([firstLine(child), exited.then(() => null)])
  if (line === null) throw new Error(`hudson serve ended: ${await errors}`)
  const ready = Ready.parse(JSON.parse(line))
  return {
    ready,
    process: child,
    call: async (name, input = {}) => {
      const response = await fetch(`http://127.0.0.1:${ready.port}/call/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ready.token}` },
        body: JSON.stringify(input),
      })
      return Reply.parse(await response.json()) as Reply
    },
    end: async (signal) => {
      child.kill(signal)
      return (await exited)[0]
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A folder that is gone afterwards. */
export function tempDir(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'hudson-system-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no standard output')
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string]
  return line
}
