import { Socket } from 'phoenix'
import type { Channel, Push } from 'phoenix'
import { WebSocket } from 'ws'

/** The stock Phoenix client, as any program would use it. */
export interface Client extends Disposable {
  readonly socket: Socket
  join(topic: string): Promise<{ readonly channel: Channel; readonly answer: unknown }>
}

export function phoenixClient(port: number, token: string): Client {
  const socket = new Socket(`ws://127.0.0.1:${port}/socket`, {
    transport: WebSocket,
    params: { token },
    vsn: '2.0.0',
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
  })
  socket.connect()
  return {
    socket,
    join: async (topic) => {
      const channel = socket.channel(topic)
      return { channel, answer: await answerTo(channel.join()) }
    },
    [Symbol.dispose]: () => socket.disconnect(),
  }
}

/** The response of a push; rejects with it where its status is not ok. */
export function answerTo(push: Push): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  push
    .receive('ok', resolve)
    .receive('error', reject)
    .receive('timeout', () => reject(new Error('no answer')))
  return promise
}

/** The next event of that name on a channel. */
export function next(channel: Channel, event: string): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const ref = channel.on(event, (payload) => {
    channel.off(event, ref)
    resolve(payload)
  })
  return promise
}
