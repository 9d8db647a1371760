const QUERY = 0x51
const SYNC = 0x53

/**
 * Cuts what a client sends to Postgres (in clear) into requests: all messages up to and including a Query or a Sync, after
 * which the server answers and is ready again. Answers those that a chunk completes, as text.
 */
export function requestReader(): (chunk: Buffer) => string[] {
  const state = { rest: Buffer.alloc(0), messages: [] as Buffer[] }
  return (chunk) => {
    const requests: string[] = []
    state.rest = Buffer.concat([state.rest, chunk])
    for (let message = take(state); message; message = take(state)) {
      state.messages.push(message)
      if (message[0] !== QUERY && message[0] !== SYNC) continue
      requests.push(Buffer.concat(state.messages).toString('utf8'))
      state.messages = []
    }
    return requests
  }
}

/** Tells, chunk by chunk, whether the server's reply to a request ends there, with its ReadyForQuery. */
export function replyEndReader(): (chunk: Buffer) => boolean {
  const state = { tail: Buffer.alloc(0) }
  return (chunk) => {
    state.tail = Buffer.concat([state.tail, chunk]).subarray(-6)
    return state.tail.length === 6 && state.tail.readUIntBE(0, 5) === 0x5a_00_00_00_05
  }
}

/** Takes the next whole message off the front. */
function take(state: { rest: Buffer }): Buffer | null {
  const { rest } = state
  if (rest.length < 5) return null
  // The first message of a connection has no type byte, and starts with the zero of its length.
  const length = rest[0] === 0 ? rest.readUInt32BE(0) : 1 + rest.readUInt32BE(1)
  if (rest.length < length) return null
  state.rest = rest.subarray(length)
  return rest.subarray(0, length)
}
