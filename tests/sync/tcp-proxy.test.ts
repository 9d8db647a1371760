import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { testDatabase } from '../support/test-database.ts'

// The network of the fault tests itself.

async function open(): Promise<{ proxy: TcpProxy; url: string; direct: pg.Client }> {
  const url = await testDatabase()
  const { hostname, port } = new URL(url)
  const proxy = await openProxy({ host: hostname, port: Number(port) })
  onTestFinished(() => proxy[Symbol.asyncDispose]())
  const direct = await connect(url)
  await direct.query('CREATE TABLE t (n int)')
  return { proxy, url: proxy.url(url), direct }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  onTestFinished(() => client.end())
  await client.connect()
  return client
}

/** What pg says where its connection broke. */
const broken = /ECONNRESET|EPIPE|Connection terminated/

const insert = async (client: pg.Client, n: number): Promise<unknown> => client.query('INSERT INTO t VALUES ($1)', [n])

async function rows(client: pg.Client): Promise<number[]> {
  return (await client.query<{ n: number }>('SELECT n FROM t ORDER BY n')).rows.map(({ n }) => n)
}

/** Whether a promise is still open after a while. */
async function isStuck(promise: Promise<unknown>): Promise<boolean> {
  const stuck = Symbol('still open')
  const later = new Promise((resolve) => setTimeout(() => resolve(stuck), 150))
  return (await Promise.race([promise.catch(() => null), later])) === stuck
}

test('pass: a client works as without it, and what it did is counted', async () => {
  const { proxy, url } = await open()
  const client = await connect(url)
  const before = proxy.requests()
  await insert(client, 1)
  await client.query('SELECT 1')
  expect(await rows(client)).toEqual([1])
  expect(proxy.requests() - before).toBe(3)
  expect(proxy.connections()).toBe(1)
  expect(proxy.bytes.toServer).toBeGreaterThan(100)
  expect(proxy.bytes.toClient).toBeGreaterThan(100)
  await client.end()
  await vi.waitFor(() => expect(proxy.connections()).toBe(0))
})

test('cut: connections break, new ones are reset; after pass, new ones work', async () => {
  const { proxy, url } = await open()
  const client = await connect(url)
  proxy.cut()
  await expect(insert(client, 1)).rejects.toThrow(broken)
  await expect(connect(url)).rejects.toThrow('ECONNRESET')
  proxy.pass()
  expect(await rows(await connect(url))).toEqual([])
})

test('halfOpen: nothing is answered, old connections stay dead after pass, and the server keeps theirs until then', async () => {
  const { proxy, url, direct } = await open()
  const client = await connect(url)
  await client.query('BEGIN')
  await insert(client, 1)
  proxy.halfOpen()
  const committed = client.query('COMMIT')
  const connected = connect(url)
  expect(await isStuck(committed)).toBe(true)
  expect(await isStuck(connected)).toBe(true)
  const { rows: held } = await direct.query(`SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction'`)
  expect(held.length).toBe(1)
  proxy.pass()
  expect(await isStuck(committed)).toBe(true)
  expect(await rows(await connect(url))).toEqual([])
  proxy.cut()
  await expect(Promise.all([committed, connected])).rejects.toThrow(broken)
})

test('hang: nothing arrives until pass, then all of it', async () => {
  const { proxy, url, direct } = await open()
  const client = await connect(url)
  proxy.hang()
  const inserted = insert(client, 1)
  const connected = connect(url)
  expect(await isStuck(inserted)).toBe(true)
  expect(await rows(direct)).toEqual([])
  proxy.pass()
  await Promise.all([inserted, connected])
  expect(await rows(direct)).toEqual([1])
})

test('delay: everything is late, in order', async () => {
  const { proxy, url } = await open()
  const client = await connect(url)
  proxy.delay(40)
  const started = performance.now()
  await Promise.all([insert(client, 1), insert(client, 2)])
  expect(performance.now() - started).toBeGreaterThanOrEqual(80)
  proxy.delay(0)
  expect(await rows(client)).toEqual([1, 2])
})

test('dropReplyAfter: the request took effect, its client never hears so', async () => {
  const { proxy, url, direct } = await open()
  const client = await connect(url)
  const dropped = proxy.dropReplyAfter((request) => request.includes('INSERT'))
  expect(await rows(client)).toEqual([])
  await expect(insert(client, 1)).rejects.toThrow(broken)
  await dropped
  expect(await rows(direct)).toEqual([1])
  const again = await connect(url)
  await insert(again, 2)
  expect(await rows(again)).toEqual([1, 2])
})

test('dropReplyAfter: the nth request from now', async () => {
  const { proxy, url, direct } = await open()
  const client = await connect(url)
  void proxy.dropReplyAfter(2)
  await insert(client, 1)
  await expect(insert(client, 2)).rejects.toThrow(broken)
  expect(await rows(direct)).toEqual([1, 2])
})

test('dropRequest: the request took no effect, however large', async () => {
  const { proxy, url, direct } = await open()
  const client = await connect(url)
  void proxy.dropRequest((request) => request.includes('INSERT'))
  await expect(client.query('INSERT INTO t SELECT length($1)', ['x'.repeat(1_000_000)])).rejects.toThrow(broken)
  expect(await rows(direct)).toEqual([])
})
