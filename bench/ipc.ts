import { performance } from 'node:perf_hooks'
import { deserialize, serialize } from 'node:v8'
import { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import type { IpcMainInvokeEvent } from 'electron'
import { createDispatch } from '../src/main/dispatch.ts'
import type { Dispatch } from '../src/main/dispatch.ts'
import { serveIpc } from '../src/main/electron/ipc.ts'
import type { IpcPort } from '../src/main/electron/ipc.ts'
import { Events } from '../src/main/events.ts'
import { percentile } from './support.ts'
import type { BenchRow } from './support.ts'

const ROWS = 100
const CALLS = 2_000
const WARM_UP = 300

/**
 * What our side of an IPC call costs: from the message as Electron hands it over to the Reply as it takes it back. The raw
 * limit is the structured clone of the same message and Reply, there and back, which every call pays whatever we do. The
 * handler answers at once: what a call costs in the database is measured elsewhere.
 */
export async function run(): Promise<BenchRow[]> {
  const call = connect()
  const id = (n: number): string => `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`
  const ids = Array.from({ length: ROWS }, (_, n) => id(n))
  const csv = Array.from({ length: ROWS }, (_, n) => `handle-${n},Product ${n},Brand,"Soft, warm",12.50,SKU-${n}`)
  return [
    ...(await compare('answer of 100 products', call, ['products.list', { limit: ROWS }])),
    ...(await compare('input of 100 ids', call, ['lineup.add', { sessionId: id(0), productIds: ids, after: null }])),
    ...(await compare('input of 100 lines of CSV', call, ['library.importCsv', { content: csv.join('\n') }])),
  ]
}

type Call = (name: string, input: unknown) => Promise<unknown>

async function compare(what: string, call: Call, [name, input]: readonly [string, unknown]): Promise<BenchRow[]> {
  const reply = await call(name, clone(input))
  if (!(reply as { ok: boolean }).ok) throw new Error(`${name}: ${JSON.stringify(reply)}`)
  const raw: number[] = []
  const ours: number[] = []
  // In turns, so that both see the same machine.
  for (let n = 0; n < WARM_UP + CALLS; n++) {
    const begun = performance.now()
    clone([name, input])
    clone(reply)
    const cloned = performance.now()
    const [sentName, sent] = clone([name, input]) as [string, unknown]
    clone(await call(sentName, sent))
    const done = performance.now()
    if (n < WARM_UP) continue
    raw.push(cloned - begun)
    ours.push(done - cloned)
  }
  const [rawP95, p95] = [percentile(raw, 0.95), percentile(ours, 0.95)]
  return [
    { name: `IPC, ${what}, p50`, value: percentile(ours, 0.5), unit: 'ms', raw: percentile(raw, 0.5) },
    { name: `IPC, ${what}, p95`, value: p95, unit: 'ms', raw: rawP95, ratio: p95 / rawP95 },
    { name: `IPC, ${what}, p95 over the raw clone`, value: p95 - rawP95, unit: 'ms', limit: 0.5 },
  ]
}

/** What Electron does with everything that crosses. */
function clone(value: unknown): unknown {
  return deserialize(serialize(value))
}

/** Our IPC layer and our dispatch, with handlers that answer at once. */
function connect(): Call {
  const handlers = new Map<string, (event: IpcMainInvokeEvent, name: string, input: unknown) => Promise<unknown>>()
  const ipc = {
    handle: (channel: string, handler: never) => void handlers.set(channel, handler),
    on: () => ipc,
  } as unknown as IpcPort
  const quiet = (): void => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
  const mainFrame = { url: 'app://hudson/' }
  const event = { sender: { id: 1, mainFrame }, senderFrame: mainFrame } as unknown as IpcMainInvokeEvent
  serveIpc(ipc, { dispatch: quickDispatch(log), events: new Events(quiet), log, isOwnWindow: (id) => id === 1 })
  const handler = must(handlers.get('hudson:call'), 'the handler of calls')
  return (name, input) => handler(event, name, input)
}

function quickDispatch(log: Parameters<typeof createDispatch>[0]['log']): Dispatch {
  const products = { items: Array.from({ length: ROWS }, (_, n) => product(n)), nextCursor: null, total: ROWS }
  const answer = (): unknown => products
  const handlers = Object.fromEntries(Object.keys(contract).map((name) => [name, answer])) as unknown as Handlers
  return createDispatch({ handlers, log, checkOutput: false })
}

/** As large as one of a real catalogue. */
function product(n: number): object {
  return {
    id: `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    brand: { id: '01920000-0000-7000-8000-000000000000', name: 'Harbour Knits' },
    name: `Fair Isle jumper in ${n} colours`,
    handle: `fair-isle-${n}`,
    descriptionHtml: `<p>${'Soft, warm and made to last. '.repeat(12)}</p>`,
    status: 'active',
    priceCents: 8_900,
    compareAtPriceCents: 12_900,
    sku: `FI-${n}`,
    pid: String(1_729_000_000_000 + n),
    tags: ['knitwear', 'winter', 'new'],
    talkingPointsMd: '- Undyed wool\n- Knitted in one piece\n- Sizes XS to XXL',
    source: 'shopify',
    overridden: [],
    variants: ['S', 'M', 'L'].map((title) => ({
      title,
      sku: `FI-${n}-${title}`,
      options: [{ name: 'Size', value: title }],
    })),
    images: [{ url: `https://cdn.example/${n}.webp`, src: `/media/${n}.webp`, alt: '', position: 0, primary: true }],
    updatedAt: '2026-11-22T10:00:00.000Z',
    pending: false,
  }
}
