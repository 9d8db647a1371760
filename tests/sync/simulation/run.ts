import { rmSync } from 'node:fs'
import { AppError } from '#shared/app-error.ts'
import { Killed } from './client.ts'
import type { ClientPlant, SimClient } from './client.ts'
import { differences, localTables, serverTables } from './compare.ts'
import type { Disk } from './disk.ts'
import { edits, editWeights } from './edits.ts'
import type { Message, Weather } from './network.ts'
import { codeOf } from './network.ts'
import { writeDirectly } from './psql.ts'
import type { DirectChange } from './psql.ts'
import type { SimServer } from './server.ts'
import { pushAndPull, World } from './world.ts'

export interface RunOptions {
  readonly seed: number
  readonly ops: number
  readonly server: SimServer
  readonly disk: Disk
  readonly root: string
  readonly plant: ClientPlant
}

export interface RunResult {
  readonly seed: number
  /** What is wrong, a line each; empty = nothing. */
  readonly problems: readonly string[]
  readonly trace: readonly string[]
}

export async function simulate(options: RunOptions): Promise<RunResult> {
  await options.server.begin()
  using world = new World({ ...options, witness: { accepted: () => {} } })
  const problems: string[] = []
  try {
    const run = new Run(world)
    await run.begin()
    await run.play(options.ops)
    await run.heal()
    problems.push(...(await run.check()))
  } catch (error) {
    problems.push(error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error))
  }
  return { seed: options.seed, problems, trace: world.trace }
}

const weathers: readonly Weather[] = [
  { through: 1 },
  { through: 8, 'lost request': 1, 'lost reply': 1, twice: 1, late: 1, hang: 1 },
  { through: 3, 'lost request': 1, 'lost reply': 2, twice: 2, late: 2, hang: 0.5 },
  { through: 6, 'lost reply': 3, twice: 3 },
]

const LABELS = ['A', 'B', 'C'] as const

class Run {
  readonly #world: World
  #direct: DirectChange[] = []
  #problems: string[] = []

  constructor(world: World) {
    this.#world = world
  }

  async begin(): Promise<void> {
    const world = this.#world
    world.network.weather = world.dice.pick(weathers) ?? { through: 1 }
    for (const label of LABELS) {
      const client = world.addClient(label)
      client.start()
      client.join()
    }
    const [a] = world.clients
    if (!a) return
    for (const name of ['make a brand', 'import products', 'make a session', 'make a session']) this.#edit(a, name)
    world.network.calm = true
    for (const client of world.clients) {
      world.exchange(client, pushAndPull)
      await this.#quiet(client)
    }
    world.network.calm = false
  }

  async play(ops: number): Promise<void> {
    for (let done = 0; done < ops;) if (await this.#step()) done += 1
  }

  /** Answers whether it counts as an operation. */
  async #step(): Promise<boolean> {
    const world = this.#world
    const { dice } = world
    world.time.ms += dice.chance(0.02) ? dice.between(60_000, 7_200_000) : dice.between(1, 2_000)
    for (const message of world.network.expire()) world.say(`${message.from} gives up on ${message.name}`)
    await world.settle()
    for (const client of world.clients) if (!client.running && dice.chance(0.15)) this.#restart(client)
    const what = dice.weighted({ edit: 40, exchange: 18, move: 40, psql: 5, network: 4, kill: 1.2, clock: 0.5, disk: 0.5 })
    const client = dice.pick(world.clients)
    if (!client) return false
    switch (what) {
      case 'edit':
        return client.running && this.#edit(client, dice.weighted(editWeights))
      case 'exchange':
        if (!client.running || client.busy) return false
        world.say(`${client.label} exchanges`)
        world.exchange(client, dice.pick([pushAndPull, push, pull]) ?? pushAndPull)
        await world.settle()
        return true
      case 'move':
        await this.#move(dice.pick(world.network.movable()))
        return false
      case 'psql':
        return this.#psql()
      case 'network':
        this.#setOnline(client, !client.online || dice.chance(0.7))
        return false
      case 'kill':
        this.#kill(client)
        await world.settle()
        return false
      case 'clock':
        client.clock.offMs = dice.between(-3_600_000, 3_600_000)
        world.say(`${client.label}'s clock is off by ${client.clock.offMs} ms`)
        return false
      case 'disk':
        if (client.running) {
          const full = dice.chance(0.5)
          client.fillDisk(full)
          world.say(`${client.label}'s disk ${full ? 'is full' : 'has room'}`)
        }
        return false
    }
  }

  async #move(message: Message | undefined): Promise<void> {
    if (!message) return
    const { network } = this.#world
    const what = await network.move(message)
    this.#world.say(`${message.from}'s ${message.name} #${message.id}: ${what}`)
    await this.#world.settle()
  }

  #edit(client: SimClient, name: string): boolean {
    const world = this.#world
    client.written = []
    try {
      const what = edits[name]?.({ client, dice: world.dice, unique: world.unique })
      if (what === null || what === undefined) return false
      world.say(`${client.label}: ${name} (${what})`)
      return true
    } catch (error) {
      if (error instanceof Killed) return false
      if (!(error instanceof AppError) && !isRefusal(error)) throw error
      world.say(`${client.label}: ${name}, refused (${codeOf(error)})`)
      return false
    }
  }

  async #psql(): Promise<boolean> {
    const world = this.#world
    const { server, dice } = world
    if (!server.psqlOpen) {
      await server.psql('BEGIN')
      server.psqlOpen = true
      this.#direct = []
    }
    const written = await writeDirectly({ server, dice, unique: world.unique })
    if (written) {
      this.#direct.push(...written.changes)
      world.say(`psql: ${written.what}`)
    }
    if (dice.chance(0.7) || this.#direct.length === 0) await this.#endDirect()
    return written !== null
  }

  async #endDirect(): Promise<void> {
    const world = this.#world
    if (!world.server.psqlOpen) return
    if (this.#direct.length === 0 || world.dice.chance(0.1)) {
      await world.server.psql('ROLLBACK')
      world.server.psqlOpen = false
      await world.network.released()
      world.say('psql rolls back')
    } else {
      await world.commitDirectly(this.#direct)
      world.say('psql commits')
    }
    this.#direct = []
    await world.settle()
  }

  #setOnline(client: SimClient, online: boolean): void {
    if (client.online === online) return
    client.online = online
    if (!online) this.#world.network.cut(client.label)
    if (client.running) client.core.outbox.offline = !online
    this.#world.say(`${client.label} is ${online ? 'online' : 'offline'}`)
  }

  #kill(client: SimClient): void {
    if (!client.running) return
    const { dice } = this.#world
    const cutPower = dice.chance(0.5)
    if (dice.chance(0.3)) {
      this.#world.say(`${client.label} ends`)
      this.#world.end(client)
    } else client.killAfter(dice.between(1, 60), { cutPower })
  }

  #restart(client: SimClient): void {
    client.start()
    this.#world.say(`${client.label} starts`)
  }

  /** Waits for an exchange in calm weather. */
  async #quiet(client: SimClient): Promise<void> {
    for (let i = 0; client.busy; i++) {
      await new Promise<void>((resolve) => void setImmediate(resolve))
      if (i > 200_000) throw new Error(`${client.label} does not come to an end`)
    }
  }

  async heal(): Promise<void> {
    const world = this.#world
    await this.#endDirect()
    world.say('all is well from here on')
    for (const client of world.clients) {
      if (!client.running) client.start()
      client.killAfter(Number.MAX_SAFE_INTEGER, { cutPower: false })
      client.fillDisk(false)
      this.#setOnline(client, true)
    }
    world.time.ms += 60_000
    world.network.expire()
    await world.settle()
    while (world.network.movable().length > 0) await this.#move(world.network.movable()[0])
    world.network.calm = true
    let quiet = 0
    for (let round = 1; quiet < 2; round++) {
      if (round > 12) {
        this.#problems.push('it does not come to rest')
        break
      }
      const before = await world.server.rev()
      for (const client of world.clients) {
        world.exchange(client, pushAndPull)
        await this.#quiet(client)
        if (client.core.held.count() > 0) {
          const accept = world.dice.chance(0.5)
          world.say(`${client.label} ${accept ? 'accepts' : 'declines'} ${client.core.held.count()} deletions`)
          if (accept) client.core.held.accept()
          else client.core.held.decline()
        }
      }
      const idle = world.clients.every(({ core }) => core.outbox.count() === 0)
      quiet = idle && (await world.server.rev()) === before ? quiet + 1 : 0
    }
  }

  async check(): Promise<string[]> {
    const world = this.#world
    const there = await serverTables(world.server)
    for (const { label, core } of world.clients) {
      this.#problems.push(...differences([label, 'the server'], localTables(core.db), there))
      for (const table of ['sync_base', 'sync_held', 'sync_aside', 'sync_outbox WHERE acked_at IS NULL']) {
        const left = core.db.sqlite.prepare(`SELECT * FROM ${table}`).all()
        if (left.length > 0) this.#problems.push(`${label} ${table}: ${JSON.stringify(left.slice(0, 3))}`)
      }
    }
    return this.#problems
  }
}

async function push({ core: { exchange } }: SimClient): Promise<void> {
  while ((await exchange.push()) > 0);
}

async function pull({ core: { exchange } }: SimClient): Promise<void> {
  await exchange.pull()
}

/** SQLite's own no: a row that something needs, or a full disk. */
function isRefusal(error: unknown): boolean {
  return /^SQLITE_(CONSTRAINT|FULL|IOERR)/.test(codeOf(error))
}

export function clear(root: string): void {
  rmSync(root, { recursive: true, force: true })
}
