import type { SimClient } from './client.ts'
import type { World } from './world.ts'

/** It ends at some step: of an edit, of an exchange, between the two. The power may go with it. */
export function kill(world: World, client: SimClient): void {
  const { dice } = world
  if (dice.chance(0.3)) {
    world.say(`${client.label} ends`)
    world.end(client)
    if (dice.chance(0.3)) client.keep()
    return
  }
  client.killAfter(dice.between(1, 80), { cutPower: dice.chance(0.5) })
}

/** A backup of a client's data is put in the place of it. */
export function goBack(world: World, client: SimClient): void {
  if (client.goBack()) world.say(`${client.label}'s data is what it was once`)
}

/** Two computers go on with the same data. */
export function clone(world: World, client: SimClient): void {
  if (world.clients.some(({ label }) => label === 'D')) return
  if (client.running) world.end(client)
  const copy = world.addClient('D')
  client.copyTo(copy)
  world.say(`D is a copy of ${client.label}`)
  world.start(copy)
}

export function setOnline(world: World, client: SimClient, online: boolean): void {
  if (client.online === online) return
  client.online = online
  if (!online) world.network.cut(client.label)
  // Mostly it is noticed at once.
  if (client.running && world.dice.chance(0.8)) client.core.outbox.offline = !online
  world.say(`${client.label} is ${online ? 'online' : 'offline'}`)
}

export function setClock(world: World, client: SimClient): void {
  client.clock.offMs = world.dice.between(-3_600_000, 3_600_000)
  world.say(`${client.label}'s clock is off by ${Math.round(client.clock.offMs / 60_000)} min`)
}

export function fillDisk(world: World, client: SimClient): void {
  const full = world.dice.chance(0.5)
  client.fillDisk(full)
  world.say(`${client.label}'s disk ${full ? 'is full' : 'has room'}`)
}

/** The team moves to a new version, which older apps must not touch. */
export async function bump(world: World): Promise<void> {
  const { server } = world
  if (server.psqlOpen) return
  const [clock] = await server.sql('SELECT schema_version FROM sync_clock')
  if (clock?.['schema_version'] !== 1) return
  server.spoil()
  await server.sql(`ALTER TABLE products ADD COLUMN season text; ALTER TABLE sessions ADD COLUMN season text DEFAULT 'winter';
    SELECT sync_describe('products'), sync_describe('sessions'); UPDATE sync_clock SET schema_version = 2, min_client_schema = 2`)
  world.say('the team moves to version 2')
}

export function upgrade(world: World, client: SimClient): void {
  if (client.schema === 2) return
  if (client.running) world.end(client)
  client.schema = 2
  world.say(`${client.label} is upgraded`)
}

/** A client that was away for longer than the server remembers. */
export async function forgetRevs(world: World): Promise<void> {
  await world.server.sql(`DELETE FROM sync_revs r WHERE r.rev < (SELECT rev FROM sync_clock)
    AND NOT EXISTS (SELECT FROM sync_index x WHERE x.rev = r.rev)`)
  world.say('the server forgets its old revs')
}

/** The server goes back to an earlier state, and nobody is told. */
export class Restore {
  readonly #world: World
  #snapshot: string | null = null
  /** The server went back in this seed. */
  done = false

  constructor(world: World) {
    this.#world = world
  }

  /** Remembers, or goes back to what is remembered. */
  async step(): Promise<void> {
    const world = this.#world
    const { server, network, watch } = world
    if (server.psqlOpen || this.done) return
    // What is under way comes to its end, or ends with its connection.
    network.reset()
    await world.settle()
    if (this.#snapshot === null) {
      this.#snapshot = await server.snapshot()
      watch.snapshot()
      world.say('the server is backed up')
      return
    }
    await server.restore(this.#snapshot)
    this.#snapshot = null
    this.done = true
    watch.rewind()
    await world.rewind()
    world.say('the server is what it was then')
  }

  async forget(): Promise<void> {
    if (this.#snapshot !== null) await this.#world.server.drop(this.#snapshot)
    this.#snapshot = null
  }
}
