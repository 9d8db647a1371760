import { AppError } from '#shared/app-error.ts'
import { failure, Reply } from '#shared/reply.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import type { OpenLog } from '../logging/open-log.ts'
import { openCrashLog } from '../open-crashes.ts'
import { ownPorts } from '../own-ports.ts'
import { lockDataDir } from '../studio/data-dir-lock.ts'
import { readHandshake, removeHandshake } from '../studio/handshake.ts'
import type { Handshake } from '../studio/handshake.ts'

const WAIT_MS = 10_000

export interface OneCall {
  readonly config: Config
  readonly log: OpenLog
  readonly name: string
  readonly input: unknown
}

/**
 * Calls one endpoint: on the instance that runs on this data dir, or in this process where none runs. The data dir's lock
 * tells which, not the handshake file, which outlives an instance that was killed.
 */
export async function callOnce(call: OneCall): Promise<Reply> {
  const { dataDir } = call.config
  for (const deadline = performance.now() + WAIT_MS; performance.now() < deadline; await sleep(50)) {
    using lock = lockDataDir(dataDir)
    if (lock) return await callHere(call)
    const handshake = readHandshake(dataDir)
    // No file, or nobody there: it is about to start, to end, or is a short command like this one.
    const reply = handshake && (await callThere(handshake, call))
    if (reply) return reply
  }
  return failure('busy', 'Another Hudson holds this data folder and does not answer. Try again, or end it first.')
}

async function callHere({ config, log, name, input }: OneCall): Promise<Reply> {
  removeHandshake(config.dataDir)
  const crashLog = openCrashLog(config, (value) => log.redact(value))
  await using app = createApp(config, { ...ownPorts(config, { log, crashLog }), language: 'en', isShort: true })
  return await app.dispatch(name, input)
}

/** Null where nobody answers. */
async function callThere({ port, token }: Handshake, { name, input }: OneCall): Promise<Reply | null> {
  let response: Response
  try {
    response = await fetch(`http://127.0.0.1:${port}/call/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Accept-Language': 'en' },
      body: JSON.stringify(input),
    })
  } catch {
    return null
  }
  if (response.status === 503) return null
  const reply = Reply.safeParse(await response.json())
  if (!reply.success) throw new AppError('internal', 'What answers on the port of the running Hudson is not Hudson.')
  return reply.data as Reply
}
