import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { must } from '#shared/must.ts'
import { unwrap } from '#shared/reply.ts'
import { openProxy } from '../support/tcp-proxy.ts'
import { times } from '../support/torture.ts'
import { tempDir } from './hudson.ts'
import type { Server } from './hudson.ts'
import { serveTeam, teamOf } from './sync-team.ts'
import type { Row } from './sync-team.ts'

// kill -9 at random moments, of a desktop that is edited by HTTP while its network comes and goes, over and over on the same
// data. What was acknowledged is on the server in the end, and everything is there once.

const KILLS = times(30, 500)
/** Kills of one data dir. */
const CHAIN = 15

/** Counts one thing up, or adds one thing of its own: what the server must hold in the end is known. */
interface Editor {
  readonly name: string
  readonly edit: (to: Server, n: number) => ReturnType<Server['call']>
  /** Which edits the server has. */
  readonly found: () => Promise<readonly number[]>
  /** Whether each edit adds something; else it replaces the one before. */
  readonly adds: boolean
}

type Sql = Awaited<ReturnType<typeof teamOf>>['sql']

async function prepare(server: Server, sql: Sql): Promise<Editor[]> {
  const make = async (name: string, input: object): Promise<Row & { readonly id: string }> =>
    unwrap(await server.call(name, input)) as Row & { readonly id: string }
  const product = await make('products.create', { brand: 'Acme', name: 'Ring', priceCents: 0 })
  const other = await make('products.create', { brand: 'Acme', name: 'Chain', priceCents: 0 })
  const session = await make('sessions.create', { name: 'Friday', notes: '0', productIds: [product.id, other.id] })
  const show = await make('sessions.create', { name: 'Show', productIds: [product.id, other.id] })
  unwrap(await server.call('live.start', { sessionId: show.id, mode: 'live' }))
  const item = must(
    (unwrap(await server.call('sessions.get', { id: session.id })) as { items: Row[] }).items[0],
    'an item',
  )
  unwrap(await server.call('sync.now'))
  const numbers = async (text: string, values: unknown[] = []): Promise<number[]> =>
    (await sql(text, values)).map(({ n }) => Number(n))
  return [
    {
      name: 'products.update',
      adds: false,
      edit: (to, n) => to.call('products.update', { id: product.id, patch: { priceCents: n } }),
      found: () => numbers('SELECT price_cents AS n FROM products WHERE id = $1', [product.id]),
    },
    {
      name: 'sessions.update',
      adds: false,
      edit: (to, n) => to.call('sessions.update', { id: session.id, patch: { notes: String(n) } }),
      found: () => numbers('SELECT notes AS n FROM sessions WHERE id = $1', [session.id]),
    },
    {
      name: 'lineup.update',
      adds: false,
      edit: (to, n) => to.call('lineup.update', { itemId: item['id'], patch: { overrides: { priceCents: n } } }),
      found: () =>
        numbers('SELECT coalesce(override_price_cents, 0) AS n FROM session_products WHERE id = $1', [item['id']]),
    },
    {
      name: 'live.message',
      adds: false,
      edit: (to, n) => to.call('live.message', { sessionId: show.id, text: String(n) }),
      found: () =>
        numbers(`SELECT coalesce(message::json ->> 'text', '0') AS n FROM session_states WHERE id = $1`, [show.id]),
    },
    {
      name: 'points.save',
      adds: true,
      edit: (to, n) => to.call('points.save', { productId: other.id, text: `Point ${n}` }),
      found: () => numbers(`SELECT substring(text FROM 7) AS n FROM talking_points WHERE product_id = $1`, [other.id]),
    },
    {
      name: 'brands.create',
      adds: true,
      edit: (to, n) => to.call('brands.create', { name: `Brand ${n}` }),
      found: () => numbers(`SELECT substring(name FROM 7) AS n FROM brands WHERE name LIKE 'Brand %'`),
    },
  ]
}

interface Count {
  sent: number
  /** Those that were acknowledged, in order. */
  readonly answered: number[]
}

function answers(counts: readonly Count[]): number {
  return counts.reduce((sum, { answered }) => sum + answered.length, 0)
}

/** Edits until the server is killed. */
async function edit(server: Server, editor: Editor, count: Count): Promise<void> {
  while (!server.process.killed) {
    count.sent += 1
    const reply = await editor.edit(server, count.sent).catch(() => null)
    if (!reply) return
    expect(reply, editor.name).toMatchObject({ ok: true })
    count.answered.push(count.sent)
  }
}

/** Answers how many edits were acknowledged. */
async function chain(kills: number): Promise<number> {
  const { url, sql } = await teamOf()
  const { hostname, port } = new URL(url)
  const network = await openProxy({ host: hostname, port: Number(port) })
  const dir = tempDir()
  const on = { air: true, server: null as Server | null }
  onTestFinished(async () => {
    on.air = false
    await on.server?.[Symbol.asyncDispose]()
    await network[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })
  const start = async (): Promise<Server> => (on.server = await serveTeam(network.url(url), dir.path))
  const editors = await prepare(await start(), sql)
  const counts = editors.map((): Count => ({ sent: 0, answered: [] }))
  const weather = (async () => {
    while (on.air) {
      await sleep(50 + Math.random() * 500)
      const roll = Math.random()
      if (roll < 0.55) network.pass()
      else if (roll < 0.85) network.cut()
      else network.halfOpen()
    }
  })()
  let server = must(on.server, 'a server')
  for (let n = 0; n < kills; n += 1) {
    const before = answers(counts)
    const editing = editors.map((editor, at) => edit(server, editor, must(counts[at], 'a count')))
    // Mostly in the middle of the edits, and now and then before the first.
    while (Math.random() < 0.97 && answers(counts) === before) await sleep(5)
    await sleep(Math.random() * 900)
    await server.end('SIGKILL')
    await Promise.all(editing)
    server = await start()
  }
  on.air = false
  await weather
  network.pass()
  expect(unwrap(await server.call('sync.now'))).toMatchObject({ state: 'online', pending: 0, warnings: [] })
  for (const [at, editor] of editors.entries()) expectFound(editor, must(counts[at], 'a count'), await editor.found())
  // A desktop has no conflicts with itself, and stays who it is.
  expect(await sql('SELECT * FROM conflicts')).toEqual([])
  expect(await sql('SELECT * FROM conflict_log')).toEqual([])
  expect(await sql('SELECT client_id FROM sync_clients')).toHaveLength(1)
  return answers(counts)
}

function expectFound({ name, adds }: Editor, { sent, answered }: Count, found: readonly number[]): void {
  const last = answered.at(-1) ?? 0
  if (adds) {
    // One that was under way at a kill may be there or not.
    expect(
      answered.filter((n) => !found.includes(n)),
      `${name}: lost`,
    ).toEqual([])
    expect(new Set(found).size, `${name}: twice`).toBe(found.length)
  } else {
    expect(found, name).toHaveLength(1)
    expect(found[0], `${name}: answered ${last}, sent ${sent}`).toBeGreaterThanOrEqual(last)
  }
  expect(Math.max(...found), name).toBeLessThanOrEqual(sent)
}

test.each(Array.from({ length: Math.ceil(KILLS / (2 * CHAIN)) }, (_, n) => Math.min(2 * CHAIN, KILLS - n * 2 * CHAIN)))(
  '%i times kill -9 under load: no acknowledged edit is lost, none is there twice',
  { timeout: 20_000 * 2 * CHAIN },
  async (kills) => {
    const chains = [Math.ceil(kills / 2), Math.floor(kills / 2)].filter((one) => one > 0)
    const done = await Promise.all(chains.map(chain))
    const edits = done.reduce((sum, one) => sum + one, 0)
    console.log(`${kills} kills, ${edits} acknowledged edits`)
    expect(edits).toBeGreaterThan(0)
  },
)
