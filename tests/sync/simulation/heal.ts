import { consent } from './acts.ts'
import { bump, setOnline, upgrade } from './faults.ts'
import { move } from './play.ts'
import { exchangeNow, pushAndPull } from './world.ts'
import type { World } from './world.ts'

/** Rounds until everything must be quiet: a refusal answers a deletion, a second push a restored server. */
const ROUNDS = 12

/** Everything that was wrong ends; then nobody does anything but exchange. */
export async function heal(world: World): Promise<void> {
  world.say('all is well from here on')
  await mend(world)
  // What is under way comes to its end.
  world.time.ms += 60_000
  world.network.expire()
  await world.settle()
  while (world.network.movable().length > 0) {
    await move(world)
    await world.settle()
  }
  world.network.calm = true
  let quiet = 0
  for (let round = 1; quiet < 2; round++) {
    if (round > ROUNDS) return void world.problems.push(`RESTLESS: still not quiet after ${ROUNDS} rounds`)
    quiet = (await everybodyExchanges(world)) ? 0 : quiet + 1
  }
}

async function mend(world: World): Promise<void> {
  if (world.clients.some(({ schema }) => schema === 2)) await bump(world)
  const [clock] = await world.server.sql('SELECT schema_version FROM sync_clock')
  for (const client of world.clients) {
    if (client.running) client.killAfter(Number.MAX_SAFE_INTEGER, { cutPower: false })
    if (clock?.['schema_version'] === 2) upgrade(world, client)
    if (!client.running) world.start(client)
    client.fillDisk(false)
    setOnline(world, client, true)
  }
}

/** Answers whether anything is still going on. */
async function everybodyExchanges(world: World): Promise<boolean> {
  const before = (await world.server.since(0)).rev
  for (const client of world.clients) {
    await exchangeNow(world, client, pushAndPull)
    consent(world, client)
  }
  const waits = world.clients.some(({ core }) => core.outbox.count() > 0 || core.held.count() > 0)
  return waits || (await world.server.since(before)).rev !== before
}
