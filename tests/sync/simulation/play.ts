import { consent, decide, Direct, edit, exchange, fetchOne } from './acts.ts'
import { Killed } from './client.ts'
import type { SimClient } from './client.ts'
import { editWeights } from './edits.ts'
import { bump, clone, fillDisk, forgetRevs, goBack, kill, Restore, setClock, setOnline, upgrade } from './faults.ts'
import { checkShown } from './invariants.ts'
import type { Weather } from './network.ts'
import { exchangeNow, pushAndPull } from './world.ts'
import type { World } from './world.ts'

const weathers: readonly Weather[] = [
  { through: 1 },
  { through: 8, 'lost request': 1, 'lost reply': 1, twice: 1, late: 1, hang: 1 },
  { through: 3, 'lost request': 1, 'lost reply': 2, twice: 2, late: 2, hang: 0.5 },
  { through: 6, 'lost reply': 3, twice: 3 },
]

/** Something happens. Answers whether it counts as an operation. */
type Step = (play: Play, client: SimClient) => boolean | void | Promise<boolean | void>

const steps = {
  edit: ({ world }, client) => client.running && edit(world, client, world.dice.weighted(editWeights)),
  exchange: ({ world }, client) => client.running && exchange(world, client),
  move: ({ world }) => move(world),
  decide: ({ world }, client) => client.running && decide(world, client),
  fetch: ({ world }, client) => client.running && fetchOne(world, client),
  consent: ({ world }, client) => client.running && consent(world, client),
  psql: ({ direct }) => direct.write(),
  network: ({ world }, client) => setOnline(world, client, false),
  kill: ({ world }, client) => client.running && kill(world, client),
  back: ({ world }, client) => !client.running && goBack(world, client),
  clock: ({ world }, client) => setClock(world, client),
  disk: ({ world }, client) => client.running && fillDisk(world, client),
  clone: ({ world }, client) => clone(world, client),
  bump: ({ world }) => bump(world),
  upgrade: ({ world }, client) => upgrade(world, client),
  forget: ({ world }) => forgetRevs(world),
  restore: ({ restore }) => restore.step(),
} satisfies Record<string, Step>

type StepName = keyof typeof steps
type Weights = Partial<Record<StepName, number>>

const always: Weights = { edit: 40, exchange: 22, move: 130, decide: 3, fetch: 1, consent: 1 }
/** Each seed has some of these: rare ones meet in more ways than if all were always there. */
const sometimes: readonly [weights: Weights, share: number][] = [
  [{ psql: 7 }, 0.7],
  [{ network: 3 }, 0.8],
  [{ kill: 2 }, 0.6],
  [{ back: 0.4 }, 0.3],
  [{ clock: 0.5 }, 0.5],
  [{ disk: 0.7 }, 0.3],
  [{ clone: 0.4 }, 0.3],
  [{ bump: 0.5, upgrade: 0.7 }, 0.15],
  [{ forget: 0.3 }, 0.25],
  [{ restore: 0.6 }, 0.2],
]

/** Three desktops and a team's database, and everything that may happen to them. */
export class Play {
  readonly world: World
  readonly direct: Direct
  readonly restore: Restore
  readonly #weights: Weights

  constructor(world: World) {
    this.world = world
    this.direct = new Direct(world)
    this.restore = new Restore(world)
    const { dice, network } = world
    network.weather = dice.pick(weathers) ?? { through: 1 }
    this.#weights = Object.assign(
      {},
      always,
      ...sometimes.map(([weights, share]) => (dice.chance(share) ? weights : {})),
    ) as Weights
  }

  /** A team that has a little to work with. One desktop may join it only later, with work of its own. */
  async begin(): Promise<void> {
    const { world } = this
    const late = world.dice.chance(0.3)
    for (const label of ['A', 'B', 'C']) {
      const client = world.addClient(label)
      world.start(client)
      const works = label === 'C' && late
      if (works) for (const name of ['make a brand', 'import products', 'make a session']) edit(world, client, name)
      client.join()
      if (works) client.acknowledge()
    }
    const [a, b, c] = world.clients
    if (!a || !b || !c) return
    for (const name of ['make a brand', 'import products', 'make a session', 'make a session']) edit(world, a, name)
    world.network.calm = true
    for (const client of late ? [a, b] : [a, b, c]) await exchangeNow(world, client, pushAndPull)
    world.network.calm = false
  }

  async play(ops: number): Promise<void> {
    for (let done = 0; done < ops;) if (await this.#step()) done += 1
    await this.direct.end()
  }

  async #step(): Promise<boolean> {
    const { world } = this
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
    if (client.running && !this.restore.done && dice.chance(0.1)) world.problems.push(...checkShown(client))
    return counts
  }

  async #act(name: StepName, client: SimClient): Promise<boolean> {
    try {
      return (await steps[name](this, client)) === true
    } catch (error) {
      // Between any two steps.
      if (error instanceof Killed) return false
      throw error
    }
  }
}

/** A message goes one step further. */
export async function move(world: World): Promise<false> {
  const message = world.dice.pick(world.network.movable())
  if (!message) return false
  const what = await world.network.move(message)
  world.say(`${message.from}'s ${message.name} #${message.id}: ${what}`)
  return false
}
