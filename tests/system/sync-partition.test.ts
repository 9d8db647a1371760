import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { times } from '../support/torture.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { networkBefore } from '../support/network-before.ts'
import { openAppDesk } from '../sync/app-desk.ts'
import type { AppDesk } from '../sync/app-desk.ts'
import { connect, teamDatabase } from '../sync/team.ts'
import type { Sql } from '../sync/team.ts'

// The whole app, with the deadlines that it has, over a network that breaks at a random moment under load, for 1 to 60 s of real
// time. Nothing wedges, and within 5 s of the network's return everything has arrived on both sides.

const FAULTS = ['cut', 'halfOpen', 'hang'] as const
/** So many at once: they mostly wait. */
const AT_ONCE = 10
const BACK_WITHIN = 5_000

interface Plan {
  readonly seed: number
  readonly fault: (typeof FAULTS)[number]
  readonly before: number
  readonly outage: number
  /** The network comes back for a moment in between. */
  readonly flickers: boolean
}

function dice(seed: number): () => number {
  const state = { a: seed }
  return () => {
    // Mulberry32.
    state.a = (state.a + 0x6d2b79f5) | 0
    let t = Math.imul(state.a ^ (state.a >>> 15), 1 | state.a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function planOf(seed: number, at: number): Plan {
  const roll = dice(seed)
  return {
    seed,
    fault: must(FAULTS[at % FAULTS.length], 'a fault'),
    before: 300 + roll() * 2_000,
    // Spread over 1 to 60 s, most of them short.
    outage: 1_000 * 60 ** ((at % AT_ONCE) / (AT_ONCE - 1)),
    flickers: roll() < 0.4,
  }
}

/** What a desktop and another program write, each what only it writes. */
interface Load {
  readonly mine: string
  readonly notMine: string
  readonly brands: string[]
  readonly points: string[]
  price: number
  theirs: number
  stop(): Promise<void>
}

async function load(desk: AppDesk, sql: Sql, plan: Plan): Promise<Load> {
  const roll = dice(plan.seed + 1)
  const mine = await desk.call('products.create', { name: `Ring ${plan.seed}`, brand: 'Mine', priceCents: 1 })
  const theirs = await desk.call('products.create', { name: `Chain ${plan.seed}`, brand: 'Theirs', priceCents: 1 })
  const session = await desk.call('sessions.create', { name: `Friday ${plan.seed}`, productIds: [mine.id, theirs.id] })
  await desk.call('live.start', { sessionId: session.id, mode: 'live' })
  await desk.call('sync.now', {})
  const running = { on: true }
  const done: Load = {
    mine: mine.id,
    notMine: theirs.id,
    brands: [],
    points: [],
    price: 1,
    theirs: 1,
    stop: async () => {},
  }
  const here = async (): Promise<void> => {
    for (let n = 1; running.on; n += 1) {
      const what = roll()
      if (what < 0.4) {
        await desk.call('products.update', { id: mine.id, patch: { priceCents: n } })
        done.price = n
      } else if (what < 0.6) {
        const name = `Brand ${plan.seed} ${n}`
        await desk.call('brands.create', { name })
        done.brands.push(name)
      } else if (what < 0.8) {
        await desk.call('points.save', { productId: mine.id, text: `Point ${n}` })
        done.points.push(`Point ${n}`)
      } else {
        await desk.call('live.goto', { sessionId: session.id, number: 1 + (n % 2) })
      }
      await sleep(roll() * 120)
    }
  }
  const there = async (): Promise<void> => {
    for (let n = 2; running.on; n += 1) {
      await sleep(100 + roll() * 400)
      await sql('UPDATE products SET price_cents = $1 WHERE id = $2', [n, theirs.id])
      done.theirs = n
    }
  }
  const both = Promise.all([here(), there()])
  // Whoever stops it hears of its failure.
  both.catch(() => {})
  return Object.assign(done, {
    stop: async () => {
      running.on = false
      await both
    },
  })
}

/** Everything that was acknowledged is on the server, once; everything that others did is here. Throws where it is not so yet. */
async function expectAll(desk: AppDesk, sql: Sql, done: Load): Promise<void> {
  const { pending, state } = await desk.status()
  expect({ pending, state }).toEqual({ pending: 0, state: 'online' })
  const { priceCents } = await desk.call('products.get', { id: done.notMine })
  expect(priceCents).toBe(done.theirs)
  const [mine] = await sql('SELECT price_cents FROM products WHERE id = $1', [done.mine])
  expect(mine).toEqual({ price_cents: done.price })
  const brands = await sql(`SELECT name FROM brands WHERE name LIKE 'Brand %' ORDER BY name`)
  expect(brands.map(({ name }) => name)).toEqual([...done.brands].toSorted())
  const points = await sql('SELECT text FROM talking_points WHERE product_id = $1', [done.mine])
  expect(new Set(points.map(({ text }) => text))).toEqual(new Set(done.points))
  expect(points).toHaveLength(done.points.length)
}

async function run(plan: Plan): Promise<number> {
  const url = await teamDatabase()
  const sql = await connect(url)
  const network = await networkBefore(url)
  const desk = openAppDesk(network.url(url))
  const done = await load(desk, sql, plan)
  await sleep(plan.before)
  await breakNetwork(network, plan)
  await done.stop()
  const back = performance.now()
  network.pass()
  for (;;) {
    const problem = await expectAll(desk, sql, done).then(
      () => null,
      (error: unknown) => error,
    )
    const took = performance.now() - back
    if (problem === null) return await goesOn(desk, sql, took)
    if (took > 30_000) throw new Error(`wedged: ${JSON.stringify(plan)}`, { cause: problem })
    await sleep(50)
  }
}

async function breakNetwork(network: TcpProxy, { fault, outage, flickers }: Plan): Promise<void> {
  network[fault]()
  if (!flickers) return await sleep(outage)
  await sleep(outage * 0.6)
  network.pass()
  await sleep(150)
  network[fault]()
  await sleep(outage * 0.4)
}

/** It is not only caught up: what is written from now on arrives. Answers what it was given. */
async function goesOn(desk: AppDesk, sql: Sql, took: number): Promise<number> {
  await desk.call('brands.create', { name: 'Afterwards' })
  await expect
    .poll(() => sql(`SELECT name FROM brands WHERE name = 'Afterwards'`), { timeout: BACK_WITHIN })
    .toHaveLength(1)
  await sql(`UPDATE brands SET notes = 'seen' WHERE name = 'Afterwards'`)
  await expect
    .poll(async () => (await desk.call('brands.list', {})).items.some(({ notes }) => notes === 'seen'), {
      timeout: BACK_WITHIN,
    })
    .toBe(true)
  return took
}

const RUNS = times(10, 100)
const FIRST = Number(process.env['HUDSON_SEED'] ?? Date.now() % 1_000_000)

test.each(Array.from({ length: Math.ceil(RUNS / AT_ONCE) }, (_, n) => n * AT_ONCE))(
  '[F2] [F3] networks that break under load, from the %ith on: none wedges, all is there within 5 s of their return',
  { timeout: 180_000 },
  async (from) => {
    const plans = Array.from({ length: Math.min(AT_ONCE, RUNS - from) }, (_, n) => planOf(FIRST + from + n, from + n))
    const took = await Promise.all(plans.map(async (plan) => ({ plan, ms: await run(plan) })))
    for (const { plan, ms } of took) {
      const { seed, fault, outage, flickers } = plan
      const what = `${fault} for ${Math.round(outage)} ms${flickers ? ', flickering' : ''}`
      console.log(`seed ${seed}: ${what}, all there after ${Math.round(ms)} ms`)
    }
    expect(took.filter(({ ms }) => ms > BACK_WITHIN)).toEqual([])
  },
)
