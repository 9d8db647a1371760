import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Socket } from 'phoenix'
import type { Channel, Push } from 'phoenix'
import { WebSocket } from 'ws'
import { inTempDir, loadRawLimits, percentile, seeded, timeRows } from './support.ts'
import type { BenchRow } from './support.ts'

const CALLS = 1_000
const WARM_UP = 100
const ITEMS = 100

/** The least that a round trip can cost: a server that sends back what it gets, over HTTP and over a WebSocket. */
const echoServer = `
const server = require('node:http').createServer((req, res) => {
  const chunks = []
  req.on('data', (chunk) => chunks.push(chunk))
  req.on('end', () => { res.setHeader('Content-Type', 'application/json'); res.end(Buffer.concat(chunks)) })
})
new (require('ws').WebSocketServer)({ server }).on('connection', (ws) => ws.on('message', (data) => ws.send(data.toString())))
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port, token: '' })))
`

interface Server extends AsyncDisposable {
  readonly port: number
  readonly token: string
}

/** Round trips over HTTP, and from a call to the delta that follows it, against a server in a process of its own. */
export function run(): Promise<BenchRow[]> {
  return inTempDir(async (dir) => {
    // Builds where that is needed, before anything is measured.
    spawnSync(process.execPath, [join('bin', 'hudson.cjs'), '--version'], { stdio: 'inherit' })
    await using raw = await start(['-e', echoServer])
    await using hudson = await start([join('bin', 'hudson.cjs'), 'serve', '--data-dir', dir])
    const show = await startShow(hudson)
    // What a write must wait for on this disk, whoever asks for it.
    const write = (await loadRawLimits())?.write(dir, 500).p95
    return [...(await overHttp({ raw, hudson, show, write })), ...(await overChannel(raw, hudson, show))]
  })
}

interface Show {
  readonly sessionId: string
  readonly productId: string
  /** A number of the line-up, other than the one before. */
  readonly nextNumber: () => number
}

interface OverHttp {
  readonly raw: Server
  readonly hudson: Server
  readonly show: Show
  /** p95 of one row written and fsynced, in ms. */
  readonly write: number | undefined
}

async function overHttp({ raw, hudson, show, write }: OverHttp): Promise<BenchRow[]> {
  const { sessionId, productId, nextNumber } = show
  using agent = keepAlive()
  const body = JSON.stringify({ id: productId })
  const echo = await timed(() => post({ ...raw, agent: agent.agent }, '/', body))
  const trip = percentile(echo, 0.95)
  // The limit is for the round trip; a write takes the disk's time on top, so it is only compared.
  const limits = write === undefined ? {} : { raw: trip + write }
  const reads = await timed(() => post({ ...hudson, agent: agent.agent }, '/call/products.get', body))
  const writes = await timed((n) =>
    post(
      { ...hudson, agent: agent.agent },
      '/call/products.update',
      JSON.stringify({ id: productId, patch: { priceCents: n } }),
    ),
  )
  const jumps = await timed(() =>
    post({ ...hudson, agent: agent.agent }, '/call/live.goto', JSON.stringify({ sessionId, number: nextNumber() })),
  )
  return [
    ...timeRows('/call that reads (products.get)', reads, { limit: 3, raw: trip }),
    ...timeRows('/call that writes (products.update)', writes, limits),
    ...timeRows('/call that jumps (live.goto, 100 items)', jumps, limits),
  ]
}

async function overChannel(raw: Server, hudson: Server, { sessionId, nextNumber }: Show): Promise<BenchRow[]> {
  const echo = await echoTimes(raw)
  const socket = new Socket(`ws://127.0.0.1:${hudson.port}/socket`, {
    transport: WebSocket,
    params: { token: hudson.token },
    vsn: '2.0.0',
  })
  socket.connect()
  const channel = socket.channel(`session:${sessionId}`)
  await answered(channel.join())
  const deltas = await timed(async () => {
    const delta = nextDelta(channel)
    channel.push('call', { name: 'live.goto', input: { sessionId, number: nextNumber() } })
    await delta
  })
  socket.disconnect()
  return timeRows('from a call to its state_delta (stock Phoenix client)', deltas, {
    limit: 15,
    raw: percentile(echo, 0.95),
  })
}

async function timed(work: (n: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = []
  for (let n = 0; n < WARM_UP + CALLS; n++) {
    const begun = performance.now()
    await work(n)
    if (n >= WARM_UP) samples.push(performance.now() - begun)
    // Below the rate that the server lets through.
    if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return samples
}

async function echoTimes({ port }: Server): Promise<number[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await once(socket, 'open')
  const samples = await timed(async () => {
    const back = once(socket, 'message')
    socket.send('["1","1","session:x","call",{"name":"live.goto","input":{"number":1}}]')
    await back
  })
  socket.terminate()
  return samples
}

function nextDelta(channel: Channel): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const ref = channel.on('state_delta', () => {
    channel.off('state_delta', ref)
    resolve()
  })
  return promise
}

function answered(push: Push): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  push.receive('ok', resolve).receive('error', reject)
  return promise
}

function keepAlive(): Disposable & { readonly agent: Agent } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return { agent, [Symbol.dispose]: () => agent.destroy() }
}

/** Where a call goes, and over which connections. */
interface Target extends Pick<Server, 'port' | 'token'> {
  readonly agent: Agent
}

function post({ agent, port, token }: Target, path: string, body: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    response.on('end', () => (text.startsWith('{"ok":false') ? reject(new Error(text)) : resolve(text)))
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}

/** A live session with 100 products. */
async function startShow(server: Server): Promise<Show> {
  using agent = keepAlive()
  const call = async (name: string, input: object): Promise<string> => {
    const reply = JSON.parse(await post({ ...server, agent: agent.agent }, `/call/${name}`, JSON.stringify(input))) as {
      value: { id: string }
    }
    return reply.value.id
  }
  const productIds: string[] = []
  for (let n = 1; n <= ITEMS; n++) {
    productIds.push(
      await call('products.create', { name: `Product ${n}`, priceCents: n * 100, talkingPointsMd: '- soft\n- warm' }),
    )
  }
  const sessionId = await call('sessions.create', { name: 'Bench', productIds })
  await call('live.start', { sessionId, mode: 'live' })
  const random = seeded(7)
  let number = 1
  const nextNumber = (): number => (number = 1 + ((number + Math.floor(random() * (ITEMS - 1))) % ITEMS))
  return { sessionId, productId: productIds[0] ?? '', nextNumber }
}

async function start(args: readonly string[]): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  if (!child.stdout) throw new Error('no standard output')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { port, token } = JSON.parse(line) as { port: number; token: string }
  return {
    port,
    token,
    [Symbol.asyncDispose]: async () => {
      child.kill()
      await exited
    },
  }
}
