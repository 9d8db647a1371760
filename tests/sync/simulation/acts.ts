import { AppError } from '#shared/app-error.ts'
import type { ConflictRow } from '../../../src/main/db/schema.ts'
import type { Choice } from '../../../src/main/sync/remote.ts'
import { toWire } from '../../../src/main/sync/wire.ts'
import { Killed } from './client.ts'
import type { SimClient } from './client.ts'
import type { Dice } from './dice.ts'
import { edits } from './edits.ts'
import { codeOf } from './network.ts'
import type { DirectChange } from './psql.ts'
import { writeDirectly } from './psql.ts'
import { pushAndPull } from './world.ts'
import type { World } from './world.ts'

/** A person does something at a desktop. Answers whether anything came of it. */
export function edit(world: World, client: SimClient, name: string): boolean {
  client.written = []
  try {
    const what = edits[name]?.({ client, dice: world.dice, unique: world.unique })
    if (what === null || what === undefined) return false
    client.acknowledge()
    world.ledger.acknowledge(client.label, client.written)
    world.say(`${client.label}: ${name} (${what})`)
    return true
  } catch (error) {
    if (error instanceof Killed) {
      world.ledger.unsaid(client.label, client.written)
      return false
    }
    if (!(error instanceof AppError) && !isRefusal(error)) throw error
    world.say(`${client.label}: ${name}, refused (${codeOf(error)})`)
    return false
  }
}

/** SQLite's own no: a row that something needs, or a full disk. */
function isRefusal(error: unknown): boolean {
  return /^SQLITE_(CONSTRAINT|FULL)/.test(codeOf(error))
}

/** A client exchanges: all of it, or only one half. */
export function exchange(world: World, client: SimClient): boolean {
  if (client.busy) return false
  const [name, work] = world.dice.pick(kinds) ?? ['exchanges', pushAndPull]
  world.say(`${client.label} ${name}`)
  world.exchange(client, work)
  return true
}

const kinds: readonly [name: string, work: (client: SimClient) => Promise<void>][] = [
  ['exchanges', pushAndPull],
  ['exchanges', pushAndPull],
  ['pushes', async ({ core }) => void (await core.exchange.push())],
  ['pulls', async ({ core }) => void (await core.exchange.pull())],
]

/** A person opens a product that is not here yet. */
export async function fetchOne(world: World, client: SimClient): Promise<boolean> {
  if (client.busy) return false
  const rows = await world.server.sql('SELECT id FROM products ORDER BY id')
  const row = world.dice.pick(rows)
  if (!row) return false
  const id = row['id'] as string
  world.say(`${client.label} fetches ${id.slice(0, 6)}`)
  world.exchange(client, async ({ core }) => void (await core.exchange.fetch('products', id)))
  return true
}

/** A person decides a conflict. */
export function decide(world: World, client: SimClient): boolean {
  if (client.busy) return false
  const open = client.core.db
    .statement(`SELECT * FROM conflicts WHERE status = 'open' ORDER BY opened_rev, entity, entity_id, kind`)
    .all() as ConflictRow[]
  const conflict = world.dice.pick(open)
  if (!conflict) return false
  const { choices, shown: standing } = decisionOf(world, client, conflict)
  const shown = { ...standing, parked_at: conflict.parked_at }
  world.say(
    `${client.label} decides the ${conflict.kind} of ${conflict.entity} ${conflict.entity_id.slice(0, 6)}: ${JSON.stringify(choices)}`,
  )
  world.exchange(client, async ({ core, label }) => {
    const answer = await core.remote.resolve({ ...core.exchange.caller, conflictId: conflict.id, choices, shown })
    world.say(`${label}'s decision: ${answer}`)
    await core.exchange.pull()
  })
  return true
}

interface Decision {
  readonly choices: Record<string, Choice>
  readonly shown: Record<string, unknown>
}

/** As the app puts it to the server. */
function decisionOf(world: World, { core }: SimClient, { entity, entity_id: id, kind, fields }: ConflictRow): Decision {
  const { dice } = world
  const row = core.db.statement(`SELECT * FROM ${entity} WHERE id = ?`).get(id) as Record<string, unknown> | undefined
  const held =
    core.db.statement('SELECT 1 FROM sync_held WHERE entity = ? AND row_id = ?').get(entity, id) !== undefined
  const names = (JSON.parse(fields) as { name: string }[]).map(({ name }) => name)
  const shown = row && !held ? toWire(Object.fromEntries(names.map((name) => [name, row[name] ?? null]))) : {}
  const side: Choice = dice.chance(0.5) ? 'parked' : 'standing'
  if (kind === 'delete') {
    const choices = Object.fromEntries(names.map((name) => [name, side]))
    return { choices: { ...choices, deleted: side }, shown: { ...shown, deleted: row === undefined || held } }
  }
  if (kind === 'live') return { choices: Object.fromEntries(names.map((name) => [name, side])), shown: {} }
  return { choices: Object.fromEntries(names.map((name) => [name, choiceOf(dice, name, world.unique())])), shown }
}

function choiceOf(dice: Dice, name: string, unique: number): Choice {
  if (dice.chance(0.2) && ['notes', 'name', 'override_name'].includes(name)) return { value: `decided ${unique}` }
  return dice.chance(0.5) ? 'parked' : 'standing'
}

/** A person says what is to become of a mass of deletions. */
export function consent(world: World, client: SimClient): boolean {
  const { held, outbox } = client.core
  const count = held.count()
  if (count === 0) return false
  const accept = world.dice.chance(0.5)
  world.say(`${client.label} ${accept ? 'accepts' : 'declines'} ${count} deletions`)
  const before = outbox.count()
  try {
    if (accept) held.accept()
    else held.decline()
  } catch (error) {
    if (error instanceof Killed || isRefusal(error)) return false
    throw error
  }
  if (outbox.count() > before) client.acknowledge()
  return true
}

/** Another program writes to the tables, in a transaction that it may hold open over other things. */
export class Direct {
  readonly #world: World
  #changes: DirectChange[] = []

  constructor(world: World) {
    this.#world = world
  }

  async write(): Promise<boolean> {
    const world = this.#world
    const { server, dice } = world
    if (!server.psqlOpen) {
      await server.psql('BEGIN')
      server.psqlOpen = true
    }
    const written = await writeDirectly({ server, dice, unique: world.unique })
    if (written) {
      this.#changes.push(...written.changes)
      world.say(`psql: ${written.what}`)
    }
    if (this.#changes.length === 0 || dice.chance(0.6)) await this.end()
    return written !== null
  }

  async end(): Promise<void> {
    const world = this.#world
    if (!world.server.psqlOpen) return
    const commits = this.#changes.length > 0 && world.dice.chance(0.9)
    world.say(commits ? 'psql commits' : 'psql rolls back')
    await world.endDirectly(commits ? this.#changes : null)
    this.#changes = []
  }
}
