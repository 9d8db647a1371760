import pg from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { classifyError } from '../../src/main/sync/classify-error.ts'
import { Connections } from '../../src/main/sync/connections.ts'
import type { ConnectionsOptions } from '../../src/main/sync/connections.ts'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { openProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { testServer } from '../support/test-database.ts'

// Connections to a real server, over a network that fails as it is told.

interface Place {
  readonly proxy: TcpProxy
  readonly connections: Connections
  /** Another program, past the network. */
  readonly sql: (text: string) => Promise<Record<string, unknown>[]>
  /** How many connections of ours the server has. */
  readonly open: () => Promise<number>
  /** The server ends them, as when the database falls asleep or restarts. */
  readonly terminate: () => Promise<unknown>
}

/** One database for all: nothing is kept in it. */
const shared: { url?: Promise<string> } = {}
afterAll(async () => {
  if (shared.url) await dropDatabase(await shared.url)
})
const places = { count: 0 }

async function place(options: Partial<ConnectionsOptions> = {}): Promise<Place> {
  const url = await (shared.url ??= testServer().then((server) => createDatabase(server)))
  const name = `ours-${(places.count += 1)}`
  const { hostname, port } = new URL(url)
  const proxy = await openProxy({ host: hostname, port: Number(port) })
  const way = { connectionString: proxy.url(url) }
  const connections = new Connections({ calls: way, listening: way, ...options }, { applicationName: name })
  const psql = new pg.Client({ connectionString: url })
  psql.on('error', () => {})
  await psql.connect()
  onTestFinished(async () => {
    await connections[Symbol.asyncDispose]()
    await proxy[Symbol.asyncDispose]()
    await psql.end()
  })
  const sql: Place['sql'] = async (text) => (await psql.query<Record<string, unknown>>(text)).rows
  const open = async (): Promise<number> =>
    (await sql(`SELECT 1 FROM pg_stat_activity WHERE application_name = '${name}'`)).length
  const terminate = (): Promise<unknown> =>
    sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}'`)
  await sql('DROP SEQUENCE IF EXISTS asked; CREATE SEQUENCE asked')
  return { proxy, connections, sql, open, terminate }
}

const one = (from: Place, text = 'SELECT 1', values: unknown[] = []): Promise<unknown[][]> =>
  from.connections.query({ text, values })

/** What a promise fails with. */
async function failure(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => 'it did not fail',
    (error: unknown) => error,
  )
}

describe('a call', () => {
  test('[F2] is given up at its deadline where the other end is gone; its socket is destroyed, and the next one works', async () => {
    const at = await place({ deadlineMs: 600, silentMs: 200 })
    await one(at)
    at.proxy.halfOpen()
    const started = performance.now()
    const error = await failure(one(at))
    expect(error).toMatchObject({ name: 'DeadlineError' })
    expect(classifyError(error).kind).toBe('network')
    expect(performance.now() - started).toBeGreaterThan(550)
    expect(performance.now() - started).toBeLessThan(1_200)
    await vi.waitFor(() => expect(at.proxy.connections()).toBe(0))
    at.proxy.pass()
    expect(await one(at)).toEqual([[1]])
  })

  test('[F2] is given up while it connects, too', async () => {
    const at = await place({ deadlineMs: 600, silentMs: 200 })
    at.proxy.halfOpen()
    expect(await failure(one(at))).toMatchObject({ name: 'DeadlineError' })
    await vi.waitFor(() => expect(at.proxy.connections()).toBe(0), 2_000)
    at.proxy.pass()
    expect(await one(at)).toEqual([[1]])
  })

  test('[F2] that is under way when the network forgets it is answered soon after the network is back', async () => {
    const at = await place()
    await one(at)
    at.proxy.halfOpen()
    const answer = one(at)
    await sleep(2_500)
    at.proxy.pass()
    const back = performance.now()
    expect(await answer).toEqual([[1]])
    expect(performance.now() - back).toBeLessThan(4_000)
    // Nothing from before is used again.
    await vi.waitFor(async () => expect(await at.open()).toBeLessThanOrEqual(1))
    expect(await one(at)).toEqual([[1]])
  })

  test('that began while nothing could connect is answered soon after the network is back', async () => {
    const at = await place({ silentMs: 200 })
    at.proxy.halfOpen()
    const answer = one(at)
    await sleep(700)
    at.proxy.pass()
    const back = performance.now()
    expect(await answer).toEqual([[1]])
    expect(performance.now() - back).toBeLessThan(900)
  })

  test('has its time where the server is slow, and is asked only once more meanwhile', async () => {
    const at = await place({ silentMs: 100 })
    expect(await one(at, `SELECT 'slow' FROM (SELECT nextval('asked'), pg_sleep(1.5)) x`)).toEqual([['slow']])
    const [asked] = await at.sql('SELECT last_value::int AS n FROM asked')
    // Every 200 ms of silence a new connection may take the place of the one beside.
    expect(asked?.['n']).toBeGreaterThan(1)
    expect(asked?.['n']).toBeLessThan(10)
    await vi.waitFor(async () => expect(await at.open()).toBeLessThanOrEqual(1), 4_000)
  })

  test('whose answer is long has its time as long as it comes', async () => {
    const at = await place({ deadlineMs: 400, silentMs: 150 })
    await one(at)
    at.proxy.delay(30)
    const rows = await one(at, `SELECT repeat('x', 100000) FROM generate_series(1, 50)`)
    expect(rows).toHaveLength(50)
  })

  test('that must not be asked twice is not', async () => {
    const at = await place({ silentMs: 100 })
    await at.connections.query(
      { text: `SELECT 'slow' FROM (SELECT nextval('asked'), pg_sleep(0.7)) x`, values: [] },
      { once: true },
    )
    expect(await at.sql('SELECT last_value::int AS n FROM asked')).toEqual([{ n: 1 }])
  })

  test('fails with what the server says, and the connection goes with it', async () => {
    const at = await place()
    expect(await failure(one(at, 'SELECT nothing'))).toMatchObject({ code: '42703' })
    await vi.waitFor(async () => expect(await at.open()).toBe(0))
    expect(await one(at)).toEqual([[1]])
  })

  const asked = async (at: Place, times: number): Promise<void> => {
    await vi.waitFor(async () => {
      expect(await at.sql(`SELECT last_value::int AS n FROM asked WHERE is_called`)).toEqual([{ n: times }])
    })
  }

  test('whose backend is ended fails as one that is worth trying at once, and the next one works', async () => {
    const at = await place()
    const sleeping = failure(one(at, `SELECT nextval('asked'), pg_sleep(10)`))
    await asked(at, 1)
    await at.terminate()
    const error = await sleeping
    expect(error).toMatchObject({ code: '57P01' })
    expect(classifyError(error)).toMatchObject({ kind: 'retry', retry: 'now' })
    expect(await one(at)).toEqual([[1]])
  })

  test('over a connection that had ended while nobody used it is asked once more over a fresh one', async () => {
    const at = await place()
    for (let n = 0; n < 5; n += 1) {
      expect(await one(at)).toEqual([[1]])
      await at.terminate()
    }
    at.proxy.cut()
    at.proxy.pass()
    expect(await one(at)).toEqual([[1]])
    expect(await failure(at.connections.query({ text: 'SELECT 1', values: [] }, { once: true }))).toBe(
      'it did not fail',
    )
  })

  test('whose reply is lost is asked once more, unless it must not be', async () => {
    const at = await place()
    await one(at)
    const lost = at.proxy.dropReplyAfter((request) => request.includes('nextval'))
    expect(await one(at, `SELECT nextval('asked')::int`)).toEqual([[2]])
    await lost
    void at.proxy.dropReplyAfter((request) => request.includes('nextval'))
    const once = at.connections.query({ text: `SELECT nextval('asked')::int`, values: [] }, { once: true })
    expect(classifyError(await failure(once)).kind).toBe('network')
    await asked(at, 3)
  })

  test('whose connection breaks fails, and the process lives on', async () => {
    const at = await place()
    await one(at)
    const sleeping = failure(one(at, 'SELECT pg_sleep(10)'))
    await sleep(100)
    at.proxy.cut()
    expect(classifyError(await sleeping).kind).toBe('network')
    at.proxy.pass()
    expect(await one(at)).toEqual([[1]])
  })
})

describe('connections', () => {
  test('are at most three for calls and one for LISTEN, whatever is asked at once', async () => {
    const at = await place({ silentMs: 100 })
    const stop = await at.connections.listen(
      'hudson',
      () => {},
      () => {},
    )
    const seen = { most: 0 }
    const watch = setInterval(() => (seen.most = Math.max(seen.most, at.proxy.connections())), 10)
    onTestFinished(() => clearInterval(watch))
    await Promise.all(Array.from({ length: 12 }, () => one(at, 'SELECT pg_sleep(0.3)')))
    expect(seen.most).toBe(4)
    stop()
  })

  test('rest: none is open any more, also where the other end is gone', async () => {
    const at = await place()
    await Promise.all([one(at), one(at)])
    await at.connections.rest()
    await vi.waitFor(async () => expect(await at.open()).toBe(0))
    await one(at)
    at.proxy.halfOpen()
    const started = performance.now()
    await at.connections.rest()
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(at.proxy.connections()).toBe(0)
    at.proxy.pass()
    expect(await one(at)).toEqual([[1]])
  })

  test('rest: a call that is under way has a moment to end', async () => {
    const at = await place()
    const quick = one(at, 'SELECT 7 FROM pg_sleep(0.3)')
    await sleep(100)
    await at.connections.rest()
    expect(await quick).toEqual([[7]])
    await vi.waitFor(async () => expect(await at.open()).toBe(0))
  })

  test('closing ends what hangs at once, and nothing is opened afterwards', async () => {
    const at = await place()
    await one(at)
    await at.connections.listen(
      'hudson',
      () => {},
      () => {},
    )
    at.proxy.hang()
    const hanging = Array.from({ length: 4 }, () => failure(one(at)))
    const listening = failure(
      at.connections.listen(
        'hudson',
        () => {},
        () => {},
      ),
    )
    await sleep(50)
    const started = performance.now()
    await at.connections[Symbol.asyncDispose]()
    for (const error of [...(await Promise.all(hanging)), await listening]) expect(error).toBeInstanceOf(Error)
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(at.proxy.connections()).toBe(0)
    at.proxy.pass()
    expect(await failure(one(at))).toMatchObject({ message: 'Connection terminated: closed' })
    expect(at.proxy.connections()).toBe(0)
  })
})

describe('LISTEN', () => {
  const listen = async (at: Place) => {
    const heard = vi.fn<() => void>()
    const ended = vi.fn<(error: unknown) => void>()
    return { heard, ended, stop: await at.connections.listen('hudson', heard, ended) }
  }

  test('hears until it is stopped', async () => {
    const at = await place()
    const { heard, ended, stop } = await listen(at)
    await at.sql('NOTIFY hudson')
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1))
    stop()
    await vi.waitFor(async () => expect(await at.open()).toBe(0))
    await at.sql('NOTIFY hudson')
    expect([heard.mock.calls.length, ended.mock.calls.length]).toEqual([1, 0])
  })

  test('that is cut says so, once', async () => {
    const at = await place()
    const { ended } = await listen(at)
    at.proxy.cut()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1))
    await sleep(50)
    expect(ended).toHaveBeenCalledTimes(1)
  })

  test('that the server ends says so, once', async () => {
    const at = await place()
    const { ended } = await listen(at)
    await at.terminate()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1))
    await sleep(50)
    expect(ended).toHaveBeenCalledTimes(1)
  })

  test('whose connection is forgotten without a word is found out', async () => {
    const at = await place({ pulseMs: 100, deadlineMs: 300 })
    const { ended } = await listen(at)
    await sleep(350)
    expect(ended).not.toHaveBeenCalled()
    at.proxy.halfOpen()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(1), 2_000)
    // The proxy hears of it a moment later.
    await vi.waitFor(() => expect(at.proxy.connections()).toBe(0))
  })

  test('that cannot be had is refused, and leaves nothing open', async () => {
    const at = await place({ connectMs: 300 })
    at.proxy.halfOpen()
    expect(await failure(listen(at))).toBeInstanceOf(Error)
    await vi.waitFor(() => expect(at.proxy.connections()).toBe(0))
  })
})
