import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { StreamEvent } from './outcome.ts'

/** How an answer leaves: what is waited before it, and whether it breaks off in the middle. */
export interface Manner {
  readonly delayMs: number
  readonly cut: boolean
}

export async function sendObject(body: object, response: ServerResponse, { delayMs, cut }: Manner): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body))
  await sleep(delayMs)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
  if (cut) response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
  else response.end(bytes)
}

/** Sends events one by one, and each letter of several bytes in two parts: that is how a network cuts. */
export async function sendEvents(
  events: readonly StreamEvent[],
  response: ServerResponse,
  { delayMs, cut }: Manner,
): Promise<void> {
  await sleep(delayMs)
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  for (const one of cut ? events.slice(0, events.length >> 1) : events) {
    if (response.destroyed) return
    for (const part of cutInLetters(Buffer.from(lineOf(one)))) {
      response.write(part)
      // What is written in one turn leaves in one piece.
      await nextTurn()
    }
  }
  if (!cut) return void response.end()
  // Half of the next one, so that the last line has no end.
  const next = lineOf(events[events.length >> 1] ?? { data: '[DONE]' })
  response.write(next.slice(0, next.length >> 1), () => response.destroy())
}

function lineOf({ event, data }: StreamEvent): string {
  const content = typeof data === 'string' ? data : JSON.stringify(data)
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${content}\n\n`
}

/** The bytes, cut behind the first byte of every letter that has several. */
function cutInLetters(bytes: Buffer): Buffer[] {
  const starts = [...bytes.entries()].filter(([, byte]) => byte >= 0xc0).map(([at]) => at + 1)
  return [0, ...starts].map((start, index) => bytes.subarray(start, starts[index] ?? bytes.length))
}
