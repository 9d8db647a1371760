import { consent, decide, Direct, edit, exchange, fetchOne } from './acts.ts'
import { Killed } from './client.ts'
import type { Db } from '../../../src/main/db/open.ts'
import type { ClientPlant, SimClient } from './client.ts'
import { differences, localTables, serverTables } from './compare.ts'
import type { Disk } from './disk.ts'
import { editWeights } from './edits.ts'
import { bump, clone, fillDisk, forgetRevs, goBack, kill, Restore, setClock, setOnline, upgrade } from './faults.ts'
import { checkShown } from './invariants.ts'
import type { Weather } from './network.ts'
import type { SimServer } from './server.ts'
import { compareToOracle } from './verdict.ts'
import { pushAndPull, World } from './world.ts'

export interface RunOptions {
  readonly seed: number
  readonly ops: number
  readonly server: SimServer
  readonly disk: Disk
  /** Where clients keep their files. */
  readonly root: string
  readonly plant: ClientPlant
}

export interface RunResult {
  readonly seed: number
  /** What is wrong, a line each; empty = nothing. */
  readonly problems: readonly string[]
  readonly trace: readonly string[]
}

/** One seed: everything that can happen to a team, and whether all is well once it has ended. */
export async function simulate(options: RunOptions): Promise<RunResult> {
  await options.server.begin()
  using world = new World(options)
  const run = new Run(world)
  try {
    await run.begin()
    await run.play(options.ops)
    await run.heal()
    await run.check()
  } catch (error) {
    world.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  await run.end()
  return { seed: options.seed, problems: [...new Set(world.problems)], trace: world.trace }
}

const weathers: readonly Weather[] = [
  { through: 1 },
  { through: 8, 'lost request': 1, 'lost reply': 1, twice: 1, late: 1, hang: 1 },
  { through: 3, 'lost request': 1, 'lost reply': 2, twice: 2, late: 2, hang: 0.5 },
  { through: 6, 'lost reply': 3, twice: 3 },
]

type Step =
  | 'edit'
  | 'exchange'
  | 'move'
  | 'decide'
  | 'fetch'
  | 'consent'
  | 'psql'
  | 'network'
  | 'kill'
  | 'back'
  | 'clock'
  | 'disk'
  | 'clone'
  | 'bump'
  | 'upgrade'
  | 'forget'
  | 'restore'

const always: Partial<Record<Step, number>> = { edit: 40, exchange: 22, move: 130, decide: 3, fetch: 1, consent: 1 }
/** Each seed has some of these: rare ones meet in more ways than if all were always there. */
const sometimes: readonly [Step, weight: number, share: number][] = [
  ['psql', 7, 0.7],
  ['network', 3, 0.8],
  ['kill', 2, 0.6],
  ['back', 0.4, 0.3],
  ['clock', 0.5, 0.5],
  ['disk', 0.7, 0.3],
  ['clone', 0.4, 0.3],
  ['bump', 0.5, 0.15],
  ['forget', 0.3, 0.25],
  ['restore', 0.6, 0.2],
]
const LABELS = ['A', 'B', 'C'] as const
/** Rounds until everything must be quiet: a decline answers a deletion, a re-push answers a restore. */
const ROUNDS = 12

class Run {
  readonly #world: World
  readonly #direct: Direct
  readonly #restore: Restore
  readonly #weights: Partial<Record<Step, number>>

  constructor(world: World) {
    this.#world = world
    this.#direct = new Direct(world)
    this.#restore = new Restore(world)
    const { dice } = world
    world.network.weather = dice.pick(weathers) ?? { through: 1 }
    const chosen = sometimes.flatMap(([step, weight, share]) => (dice.chance(share) ? [[step, weight] as const] : []))
    this.#weights = { ...always, ...Object.fromEntries(chosen) }
    if (this.#weights.bump !== undefined) this.#weights.upgrade = 0.7
  }

  /** A team that has a little to work with. One desktop may join it only later, with work of its own. */
  async begin(): Promise<void> {
    const world = this.#world
    const late = world.dice.chance(0.3)
    for (const label of LABELS) {
      const client = world.addClient(label)
      world.start(client)
      if (label === 'C' && late) {
        for (const name of ['make a brand', 'import products', 'make a session']) edit(world, client, name)
        client.join()
        client.acknowledge()
      } else client.join()
    }
    const [a] = world.clients
    if (a) for (const name of ['make a brand', 'import products', 'make a session', 'make a session']) edit(world, a, name)
    world.network.calm = true
    for (const client of world.clients) if (client.label !== 'C' || !late) await this.#exchangeNow(client)
    world.network.calm = false
  }

  async play(ops: number): Promise<void> {
    for (let done = 0; done < ops; ) if (await this.#step()) done += 1
  }

  /** Answers whether it counts as an operation. */
  async #step(): Promise<boolean> {
    const world = this.#world
    const { dice, network, time } = world
    time.ms += dice.chance(0.02) ? dice.between(60_000, 7_200_000) : dice.between(1, 2_000)
    for (const message of network.expire()) world.say(`${message.from} gives up on ${message.name}`)
    await world.settle()
    for (const client of world.clients) {
      if (!client.running && dice.chance(0.1)) world.start(client)
      if (!client.online && dice.chance(0.03)) setOnline(world, client, true)
    }
    const client = dice.pick(world.clients)
    if (!client) return false
    const counts = await this.#act(dice.weighted(this.#weights), client)
    await world.settle()
    // After the server went back, what had been confirmed waits again below what is shown, until the next pull.
    if (client.running && !this.#restore.done && dice.chance(0.1)) world.problems.push(...checkShown(client))
    return counts
  }

  async #act(step: Step, client: SimClient): Promise<boolean> {
    const world = this.#world
    switch (step) {
      case 'psql':
        return this.#direct.write()
      case 'move':
        return this.#move()
      case 'bump':
        await bump(world)
        return false
      case 'forget':
        await forgetRevs(world)
        return false
      case 'restore':
        await this.#restore.step()
        return false
      case 'clone':
        clone(world, client)
        return false
      case 'upgrade':
        upgrade(world, client)
        return false
      case 'back':
        if (!client.running) goBack(world, client)
        return false
      case 'network':
        setOnline(world, client, false)
        return false
      default:
        if (!client.running) return false
        try {
          return await this.#actAt(step, client)
        } catch (error) {
          // Between any two steps.
          if (error instanceof Killed) return false
          throw error
        }
    }
  }

  async #actAt(step: 'edit' | 'exchange' | 'decide' | 'fetch' | 'consent' | 'kill' | 'clock' | 'disk', client: SimClient): Promise<boolean> {
    const world = this.#world
    switch (step) {
      case 'edit':
        return edit(world, client, world.dice.weighted(editWeights))
      case 'exchange':
        return exchange(world, client)
      case 'decide':
        return decide(world, client)
      case 'fetch':
        return fetchOne(world, client)
      case 'consent':
        return consent(world, client)
      case 'kill':
        kill(world, client)
        return false
      case 'clock':
        setClock(world, client)
        return false
      case 'disk':
        fillDisk(world, client)
        return false
    }
  }

  /** A message goes one step further. */
  async #move(): Promise<false> {
    const { network, dice } = this.#world
    const message = dice.pick(network.movable())
    if (!message) return false
    const what = await network.move(message)
    this.#world.say(`${message.from}'s ${message.name} #${message.id}: ${what}`)
    return false
  }

  /** Everything that was wrong ends; then nobody does anything but exchange. */
  async heal(): Promise<void> {
    const world = this.#world
    await this.#direct.end()
    world.say('all is well from here on')
    if (world.clients.some(({ schema }) => schema === 2)) await bump(world)
    const [clock] = await world.server.sql('SELECT schema_version FROM sync_clock')
    for (const client of world.clients) {
      if (client.running) client.killAfter(Number.MAX_SAFE_INTEGER, { cutPower: false })
      if (clock?.['schema_version'] === 2) upgrade(world, client)
      if (!client.running) world.start(client)
      client.fillDisk(false)
      setOnline(world, client, true)
    }
    world.time.ms += 60_000
    world.network.expire()
    await world.settle()
    while (world.network.movable().length > 0) {
      await this.#move()
      await world.settle()
    }
    world.network.calm = true
    let quiet = 0
    for (let round = 1; quiet < 2; round++) {
      if (round > ROUNDS) {
        world.problems.push(`RESTLESS: still not quiet after ${ROUNDS} rounds`)
        return
      }
      const before = (await world.server.since(0)).rev
      for (const client of world.clients) {
        await this.#exchangeNow(client)
        consent(world, client)
      }
      const idle = world.clients.every(({ core }) => core.outbox.count() === 0 && core.held.count() === 0)
      quiet = idle && (await world.server.since(before)).rev === before ? quiet + 1 : 0
    }
  }

  async check(): Promise<void> {
    const { server, clients, problems, ledger, watch } = this.#world
    const there = await serverTables(server)
    for (const { label, core } of clients) {
      for (const line of differences([label, 'the server'], localTables(core.db), there)) {
        problems.push(`${line}${historyOf(core.db, line)}`)
      }
      for (const table of ['sync_base', 'sync_held', 'sync_aside', 'sync_outbox WHERE acked_at IS NULL']) {
        const left = core.db.sqlite.prepare(`SELECT * FROM ${table}`).all()
        if (left.length > 0) problems.push(`${label} ${table}: ${JSON.stringify(left.slice(0, 3))}`)
      }
    }
    problems.push(...watch.problems, ...ledger.lost(there), ...compareToOracle(watch.events, there))
  }

  async end(): Promise<void> {
    await this.#restore.forget()
  }

  /** In calm weather an exchange comes to its end by itself. */
  async #exchangeNow(client: SimClient): Promise<void> {
    this.#world.exchange(client, pushAndPull)
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = (): void => {
      if (client.busy) setImmediate(look)
      else resolve()
    }
    look()
    await promise
  }
}

/** What this client did to the row of a difference. */
function historyOf(db: Db, line: string): string {
  const [entity, id] = line.replace(/^[A-D] has not /, '').split(/:? /)
  const done = db.sqlite
    .prepare('SELECT id, op, seen, acked_at IS NULL AS waits FROM sync_outbox WHERE entity = ? AND row_id = ?')
    .all(entity, id) as { id: number; op: string; seen: number; waits: number }[]
  return done.map((one) => ` [${one.id} ${one.op} at rev ${one.seen}${one.waits ? ', waits' : ''}]`).join('')
}
