import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Hello, Remote } from '../../src/main/sync/remote.ts'
import { addBrand, openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { connect, expectSame, meet, set, team, teamDatabase, through } from './team.ts'
import type { Sql } from './team.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hudson-identity-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

/** Puts a copy of a database at `to`, as a backup program takes it. */
function copy(from: Desk, to: string): string {
  from.db.sqlite.prepare('VACUUM INTO ?').run(to)
  return to
}

function id(desk: Desk): string {
  return desk.exchange.caller.clientId
}

function names(desk: Desk): unknown[] {
  return desk.db.statement('SELECT name FROM brands ORDER BY name').pluck(true).all()
}

/** Resolves once so many calls wait for a lock. */
async function waiting(sql: Sql, count: number): Promise<void> {
  const query = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  await expect.poll(async () => (await sql(query))[0]?.['n'], { timeout: 10_000 }).toBe(count)
}

async function close(desk: Desk): Promise<void> {
  await desk[Symbol.asyncDispose]()
}

describe('who a client is', () => {
  test('[I1] each start takes a new incarnation under the same id', async () => {
    const { desk, sql } = await team()
    const dbPath = join(folder(), 'hudson.db')
    const seen: unknown[] = []
    for (let start = 0; start < 3; start += 1) {
      const c = desk({ name: 'C', dbPath })
      addBrand(c, `Start ${start}`)
      await c.sync()
      seen.push(...(await sql('SELECT client_id, incarnation FROM sync_clients')))
      expect(seen.at(-1)).toEqual({ client_id: id(c), incarnation: c.exchange.caller.incarnation })
      await close(c)
    }
    expect(new Set(seen.map((one) => (one as { client_id: string }).client_id)).size).toBe(1)
    expect(new Set(seen.map((one) => (one as { incarnation: string }).incarnation)).size).toBe(3)
    expect(await sql('SELECT count(*)::int AS n FROM brands')).toEqual([{ n: 3 }])
  })

  test.each(['request', 'reply'])(
    '[I1] a start whose hello lost its %s, and that was killed then, is no fork',
    async (lost) => {
      const { desk, sql } = await team()
      const dbPath = join(folder(), 'hudson.db')
      const first = desk({ name: 'C', dbPath })
      await first.sync()
      const clientId = id(first)
      await close(first)
      const losing = through((remote: Remote) => ({
        hello: async (hello: Hello) => {
          if (lost === 'reply') await remote.hello(hello)
          throw new Error('lost')
        },
      }))
      for (let start = 0; start < 2; start += 1) {
        const killed = desk({ name: 'C', dbPath, through: losing })
        addBrand(killed, `Start ${start}`)
        await expect(killed.sync()).rejects.toThrow('lost')
        await close(killed)
      }
      const last = desk({ name: 'C', dbPath })
      await last.sync()
      expect(id(last)).toBe(clientId)
      expect(names(last)).toEqual(['Start 0', 'Start 1'])
      expect(await sql('SELECT count(*)::int AS n FROM sync_clients')).toEqual([{ n: 1 }])
    },
  )

  test('[I1] of a copied database one goes on, the other takes a new id; the edits of both arrive', async () => {
    const { desk, a } = await team()
    const home = folder()
    const original = desk({ name: 'Original', dbPath: join(home, 'hudson.db') })
    addBrand(original, 'Before')
    await original.sync()
    const clone = desk({ name: 'Clone', dbPath: copy(original, join(home, 'copy.db')) })
    await close(original)
    addBrand(clone, 'Clone')
    await clone.sync()
    const again = desk({ name: 'Original', dbPath: join(home, 'hudson.db') })
    addBrand(again, 'Original')
    await again.sync()
    expect(id(again)).not.toBe(id(clone))
    await meet(again, clone, a)
    expectSame(a, again, clone)
    expect(names(a)).toEqual(['Before', 'Clone', 'Original'])
  })

  test('[I1] a copy made while the original runs: the one that finds out takes a new id, and pushes what waits', async () => {
    const { desk, a } = await team()
    const home = folder()
    const original = desk({ name: 'Original', dbPath: join(home, 'hudson.db') })
    addBrand(original, 'Before')
    await original.sync()
    const clone = desk({ name: 'Clone', dbPath: copy(original, join(home, 'copy.db')) })
    addBrand(clone, 'Clone')
    await clone.sync()
    addBrand(original, 'Original')
    await expect(original.sync()).rejects.toMatchObject({ code: 'HU410' })
    expect(original.outbox.count()).toBe(1)
    // What the engine does then.
    original.exchange.forgetGreeting()
    await original.sync()
    expect(id(original)).not.toBe(id(clone))
    await meet(original, clone, a)
    expectSame(a, original, clone)
    expect(names(a)).toEqual(['Before', 'Clone', 'Original'])
  })

  test.each([0, 5])('[I1] a database set back within one run does not reuse numbers, %i edits later', async (later) => {
    const { desk, a } = await team()
    const home = folder()
    const c = desk({ name: 'C', dbPath: join(home, 'hudson.db') })
    const brand = addBrand(c, 'Before')
    await c.sync()
    const backup = copy(c, join(home, 'backup.db'))
    const clientId = id(c)
    set(c, 'brands', { id: brand, name: 'After the backup' })
    addBrand(c, 'Also after')
    await c.sync()
    await close(c)
    copyFileSync(backup, join(home, 'restored.db'))
    const restored = desk({ name: 'C', dbPath: join(home, 'restored.db') })
    for (let n = 0; n < later; n += 1) addBrand(restored, `Offline ${n}`)
    await restored.sync()
    expect(id(restored)).not.toBe(clientId)
    addBrand(restored, 'New')
    await meet(restored, a)
    expectSame(restored, a)
    expect(names(a)).toEqual([
      'After the backup',
      'Also after',
      'New',
      ...Array.from({ length: later }, (_, n) => `Offline ${n}`),
    ])
  })

  test('[I1] a database set back to before its first hello takes a new id, and what waits in it is there once', async () => {
    const { desk, a } = await team()
    const home = folder()
    const c = desk({ name: 'C', dbPath: join(home, 'hudson.db') })
    addBrand(c, 'Pending in the backup')
    const backup = copy(c, join(home, 'backup.db'))
    await c.sync()
    const clientId = id(c)
    await close(c)
    const restored = desk({ name: 'C', dbPath: backup })
    await meet(restored, a)
    expect(restored.outbox.count()).toBe(0)
    expectSame(restored, a)
    expect(names(a)).toEqual(['Pending in the backup'])
    expect(id(restored)).not.toBe(clientId)
  })

  test('[I1] a hello waits for a push that is under way, and hears of it', async () => {
    const { desk, sql, connection } = await team()
    const home = folder()
    const original = desk({ name: 'Original', dbPath: join(home, 'hudson.db') })
    addBrand(original, 'Before')
    await original.sync()
    const clone = desk({ name: 'Clone', dbPath: copy(original, join(home, 'copy.db')) })
    // The original's push stands still in its middle, while the clone says hello.
    await sql(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.name = 'Original' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END $$`)
    await sql('CREATE TRIGGER wait BEFORE INSERT ON brands FOR EACH ROW EXECUTE FUNCTION wait()')
    const holder = await connection()
    await holder('SELECT pg_advisory_lock(1)')
    addBrand(original, 'Original')
    addBrand(clone, 'Clone')
    const pushing = original.exchange.push()
    await waiting(sql, 1)
    const cloned = clone.sync()
    await waiting(sql, 2)
    await holder('SELECT pg_advisory_unlock(1)')
    await Promise.all([pushing, cloned])
    original.exchange.forgetGreeting()
    await meet(original, clone)
    expectSame(original, clone)
    expect(names(original)).toEqual(['Before', 'Clone', 'Original'])
  })

  test('[I1] nothing is pushed or pulled under an id that the server does not know', async () => {
    const { a } = await team()
    addBrand(a)
    await expect(a.exchange.push()).rejects.toMatchObject({ code: 'HU404' })
    await expect(a.exchange.pull()).rejects.toMatchObject({ code: 'HU404' })
  })
})

describe('whose database it is', () => {
  test("[I3] another team's database is left alone, both ways", async () => {
    const { desk } = await team()
    const other = await teamDatabase()
    const sql = await connect(other)
    await sql('UPDATE sync_clock SET database_id = gen_random_uuid()')
    await sql(`INSERT INTO brands (name) VALUES ('Theirs')`)
    const dbPath = join(folder(), 'hudson.db')
    const ours = desk({ name: 'C', dbPath })
    addBrand(ours, 'Ours')
    await ours.sync()
    addBrand(ours, 'Waiting')
    await close(ours)
    const strayed = openDesk(other, { name: 'C', dbPath })
    onTestFinished(() => close(strayed))
    await expect(strayed.sync()).rejects.toMatchObject({ code: 'HU409' })
    expect(names(strayed)).toEqual(['Ours', 'Waiting'])
    expect(strayed.outbox.count()).toBe(1)
    expect(await sql('SELECT name FROM brands')).toEqual([{ name: 'Theirs' }])
    expect(await sql('SELECT count(*)::int AS n FROM sync_clients')).toEqual([{ n: 0 }])
    await close(strayed)
    const home = desk({ name: 'C', dbPath })
    await home.sync()
    expect(home.outbox.count()).toBe(0)
  })
})
