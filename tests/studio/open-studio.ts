import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/main/app.ts'
import type { App } from '../../src/main/app.ts'
import { readConfig } from '../../src/main/config.ts'
import { silentLog } from '../../src/main/log.ts'
import { startStudio } from '../../src/main/studio/start-studio.ts'
import type { Studio } from '../../src/main/studio/start-studio.ts'
import { FakeClock } from '../support/core.ts'

/** A studio server on a real core in a folder of its own. Its clock stands still until it is moved. */
export interface OpenStudio extends AsyncDisposable {
  readonly app: App
  readonly studio: Studio
  readonly clock: FakeClock
  readonly dir: string
  send(path: string, options?: SendOptions): Promise<Received>
  /** POST /call/NAME with the owner's token. */
  call(name: string, input?: unknown, token?: string): Promise<Received>
}

export interface SendOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: () => unknown
}

export async function openStudio(options: { bodyTimeoutMs?: number; development?: boolean } = {}): Promise<OpenStudio> {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-studio-'))
  const rendererDir = join(dir, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(
    join(rendererDir, 'index.html'),
    '<!doctype html><html><head><title>Hudson</title></head><body></body></html>',
  )
  writeFileSync(join(rendererDir, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(dir, 'secret.js'), 'no')
  const clock = new FakeClock()
  const env = { HUDSON_DEV: options.development ? '1' : '0' }
  const config = readConfig({ env, runtime: 'studio', dataDir: join(dir, 'data') })
  const app = createApp(config, { log: silentLog, clock, fetch })
  const studio = await startStudio({
    core: app,
    log: silentLog,
    rendererDir,
    bodyTimeoutMs: options.bodyTimeoutMs ?? 20_000,
  })
  const send = (path: string, sent: SendOptions = {}): Promise<Received> => sendTo(studio.port, path, sent)
  return {
    app,
    studio,
    clock,
    dir,
    send,
    call: (name, input = {}, token = studio.token) =>
      send(`/call/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(input),
      }),
    [Symbol.asyncDispose]: async () => {
      await studio[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** One request, exactly as given: `fetch` would not let a test set Host, and would clean up the path. */
export function sendTo(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: SendOptions = {},
): Promise<Received> {
  const { promise, resolve, reject } = Promise.withResolvers<Received>()
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject)
    response.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const json = (): unknown => JSON.parse(text)
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json })
    })
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}
