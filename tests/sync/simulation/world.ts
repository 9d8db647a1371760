import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../src/main/db/database.ts'
import type { ConflictRow } from '../../../src/main/db/schema.ts'
import type { Remote } from '../../../src/main/sync/remote.ts'
import { Killed, SimClient } from './client.ts'
import type { ClientPlant } from './client.ts'
import { Dice } from './dice.ts'
import type { Disk } from './disk.ts'
import { codeOf, Network } from './network.ts'
import type { Seen, ServerEvent } from './events.ts'
import { Ledger } from './ledger.ts'
import type { DirectChange } from './psql.ts'
import type { Indexed, Row, SimServer } from './server.ts'
import { Watch } from './watch.ts'

export interface WorldOptions {
  readonly seed: number
  readonly server: SimServer
  readonly disk: Disk
  /** Where clients keep their files. */
  readonly root: string
  readonly plant: ClientPlant
}

/** The clients, the server and the network between them, and everything that has happened. */
export class World implements Disposable {
  readonly dice: Dice
  readonly time = { ms: 0 }
  readonly server: SimServer
  readonly network: Network
  readonly clients: SimClient[] = []
  readonly ledger = new Ledger()
  readonly watch = new Watch(this.ledger)
  readonly trace: string[] = []
  /** What is wrong, a line each. */
  readonly problems: string[] = []
  readonly #options: WorldOptions
  readonly #root: string
  readonly #pageSize: number
  #unique = 0
  #rev = 0
  #telling = Promise.resolve()

  constructor(options: WorldOptions) {
    this.#options = options
    this.server = options.server
    this.dice = new Dice(`seed ${options.seed}`)
    this.#root = join(options.root, `seed-${options.seed}`)
    rmSync(this.#root, { recursive: true, force: true })
    mkdirSync(this.#root, { recursive: true })
    this.#pageSize = this.dice.pick([5, 20, 50, 2_000]) ?? 5
    this.network = new Network(this.dice, this.time, (call) => this.server.endOrLock(call))
  }

  unique = (): number => (this.#unique += 1)

  say(text: string): void {
    this.trace.push(`${String(this.trace.length).padStart(4)} ${(this.time.ms / 1000).toFixed(1)}s ${text}`)
  }

  addClient(label: string): SimClient {
    const { disk, plant } = this.#options
    const client = new SimClient({
      label,
      root: this.#root,
      time: this.time,
      disk,
      plant,
      pageSize: this.#pageSize,
      remote: (one) => this.#remoteOf(one),
    })
    this.clients.push(client)
    return client
  }

  /** Lets everybody go on until all wait for the network. */
  async settle(): Promise<void> {
    await new Promise<void>((resolve) => void setImmediate(resolve))
    for (const client of this.clients) {
      if (!client.dead) continue
      this.say(`${client.label} is killed`)
      this.network.cut(client.label)
      client.stop()
    }
  }

  start(client: SimClient): void {
    const lost = client.start()
    this.problems.push(...lost)
    this.say(`${client.label} starts`)
    for (const line of lost) this.say(line)
  }

  /** Ends a client between two steps. */
  end(client: SimClient): void {
    this.network.cut(client.label)
    client.stop()
  }

  /** What an engine does, as one call after the other; how it ends is in the trace. */
  exchange(client: SimClient, work: (client: SimClient) => Promise<void>): void {
    const { life, label } = client
    client.busy = true
    // A call of a process that is gone never comes back.
    const still = (): boolean => client.life === life && !client.dead
    const finish = (error?: unknown): void => {
      if (!still() || error instanceof Killed) return
      client.busy = false
      client.core.outbox.offline = error !== undefined
      if (error === undefined) return this.say(`${label} has exchanged`)
      this.say(`${label} could not exchange: ${codeOf(error)}`)
      // It may be killed here too.
      unlessKilled(() => client.core.exchange.noteApart())
    }
    void withHello(client, work).then(() => finish(), finish)
  }

  /** The server did something: it is told of in the order of its revs. */
  async accepted(event: (rev: number) => ServerEvent): Promise<void> {
    await this.#telling
    const { rev, changed } = await this.server.since(this.#rev)
    this.#tell(event(rev), changed)
  }

  /** Ends what psql has open: with these changes, or null = as if nothing had been. What waited for it is told of after it. */
  async endDirectly(changes: readonly DirectChange[] | null): Promise<void> {
    const { server } = this
    const before = this.#telling
    const told = Promise.withResolvers<void>()
    this.#telling = told.promise
    // As long as it is open: what waited for it may write the same rows again at once.
    const { rev, changed } = await server.since(this.#rev, 'psql')
    await server.psql(changes ? 'COMMIT' : 'ROLLBACK')
    server.psqlOpen = false
    await before
    if (changes) this.#tell({ kind: 'direct', rev, changes }, changed)
    told.resolve()
    await this.network.released()
  }

  /** After the server went back. */
  async rewind(): Promise<void> {
    this.#rev = (await this.server.since(0)).rev
  }

  [Symbol.dispose](): void {
    for (const client of this.clients) if (client.running) client.stop()
    rmSync(this.#root, { recursive: true, force: true })
  }

  #tell(event: ServerEvent, changed: readonly Indexed[]): void {
    const upTo = event.kind === 'hello' ? this.#rev : event.rev
    this.#rev = upTo
    const rows = changed.filter(({ rev }) => rev <= upTo)
    const named = rows.map(({ entity, id, deleted }) => `${deleted ? 'no ' : ''}${entity} ${id.slice(0, 6)}`)
    if (rows.length > 0) this.say(`  rev ${upTo}: ${named.join(', ')}`)
    this.watch.accepted(event, rows)
  }

  /** The real remote, behind a network that can fail. */
  #remoteOf(client: SimClient): Remote {
    const { life, label, schema } = client
    const from = {
      label,
      get online() {
        return client.online
      },
      waits: () => client.life === life,
    }
    const { server, network } = this
    const real = (): Remote => server.remote(label, schema)
    const call = <T>(name: string, run: () => Promise<T>): Promise<T> => network.call(from, name, run)
    return {
      hello: (hello) =>
        call('hello', async () => {
          const reply = await real().hello(hello)
          if (reply.status !== 'fork') {
            await this.accepted(() => ({
              kind: 'hello',
              clientId: hello.clientId,
              device: label,
              last: reply.lastMutationId,
            }))
          }
          return reply
        }),
      push: (caller, mutations) =>
        call(`push ${mutations[0]?.id ?? ''}-${mutations.at(-1)?.id ?? ''}`, async () => {
          const reply = await real().push(caller, mutations)
          if (reply.status === 'ok')
            await this.accepted((rev) => ({ kind: 'push', rev, clientId: caller.clientId, mutations }))
          for (const { n, v, not } of reply.verdicts) this.say(`  mutation ${n}: ${v}, not ${String(not)}`)
          return reply
        }),
      pull: (request) => call(`pull after ${request.cursor.rev}`, () => real().pull(request)),
      fetch: (...args) => call('fetch', () => real().fetch(...args)),
      resolve: (resolution) => {
        const { db } = client.core
        const conflict = db.statement('SELECT * FROM conflicts WHERE id = ?').get(resolution.conflictId) as ConflictRow
        const seen = seenOf(db, conflict)
        return call('resolve', async () => {
          const answer = await real().resolve(resolution)
          if (answer === 'resolved') {
            await this.accepted((rev) => ({ kind: 'resolve', rev, device: label, resolution, conflict, seen }))
          }
          return answer
        })
      },
      listen: () => Promise.reject(new Error('nobody listens here')),
      rest: async () => {},
      [Symbol.asyncDispose]: async () => {},
    }
  }
}

/** The row that a conflict is about, and what belongs to it, as they are shown here. */
function seenOf(db: Db, { entity, entity_id: id }: ConflictRow): Seen[] {
  const rows = (from: string, column: string): Seen[] =>
    (db.statement(`SELECT * FROM ${from} WHERE ${column} = ? ORDER BY id`).all(id) as (Row & { id: string })[]).map(
      (row) => ({
        entity: from,
        id: row.id,
        row,
      }),
    )
  const parts =
    entity === 'sessions' ? [...rows('session_products', 'session_id'), ...rows('session_states', 'id')] : []
  return [...rows(entity, 'id'), ...parts]
}

/** Answers whether it came to its end. */
export function unlessKilled(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (error instanceof Killed) return false
    throw error
  }
}

/** As the engine does it: whoever is not known to the server says hello again, once. */
async function withHello(client: SimClient, work: (client: SimClient) => Promise<void>): Promise<void> {
  const { exchange } = client.core
  try {
    await exchange.greet()
    await work(client)
  } catch (error) {
    if (!['HU404', 'HU410', 'HU400'].includes(codeOf(error))) throw error
    exchange.forgetGreeting()
    await exchange.greet()
    await work(client)
  }
}

/** Everything that waits goes, everything that is new comes. */
export async function pushAndPull({ core: { exchange } }: SimClient): Promise<void> {
  do {
    await exchange.push()
    await exchange.pull()
  } while (exchange.hasMore())
}

/** In calm weather an exchange comes to its end by itself. */
export async function exchangeNow(
  world: World,
  client: SimClient,
  work: (client: SimClient) => Promise<void>,
): Promise<void> {
  world.exchange(client, work)
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = (): void => {
    if (client.busy) setImmediate(look)
    else resolve()
  }
  look()
  await promise
}
