import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openData } from '../../src/main/open-data.ts'
import type { OutboxRow } from '../../src/main/db/schema.ts'
import { readJournal } from '../../src/main/sync/journal.ts'
import { DamagedMutation, readMutation } from '../../src/main/sync/mutation.ts'
import { pendingMutations } from '../../src/main/sync/outbox-rows.ts'
import { repairQueue } from '../../src/main/sync/repair.ts'
import { FakeClock } from '../support/core.ts'
import { addBrand, addItem, addProduct, addSession } from '../sync/desk.ts'
import type { Desk } from '../sync/desk.ts'
import { addPoint, expectSame, meet, remove, set, team } from '../sync/team.ts'
import type { Team } from '../sync/team.ts'
import { filesOf, killed, listening, tempDir } from './data-dir.ts'

/** A desktop on files, beside two others that share its team. */
async function onDisk(): Promise<Team & { readonly root: string; readonly c: Desk; readonly dir: string }> {
  const root = tempDir()
  onTestFinished(() => root[Symbol.dispose]())
  const dir = join(root.path, 'first')
  const one = await team()
  const { db } = openData(filesOf(dir), { clock: new FakeClock(), log: listening() })
  db[Symbol.dispose]()
  const c = one.desk({ name: 'Cleo', ...filesOf(dir) })
  return { ...one, root: root.path, c, dir }
}

/** What a kill leaves, broken in some way, and opened as the next start does. */
function reopened({ desk, root, dir }: Awaited<ReturnType<typeof onDisk>>, damage: (dbPath: string) => void): Desk {
  const left = killed(dir, join(root, 'second'))
  const files = filesOf(left)
  damage(files.dbPath)
  const { db } = openData(files, { clock: new FakeClock(), log: listening() })
  db[Symbol.dispose]()
  return desk({ name: 'Cleo', ...files })
}

function destroy(dbPath: string): void {
  writeFileSync(dbPath, Buffer.alloc(60_000, 0xa5))
  rmSync(`${dbPath}-wal`, { force: true })
}

/** Page 1 is gone; every row is still there. */
function behead(dbPath: string): void {
  const log = readFileSync(`${dbPath}-wal`)
  // What is in the log would replace it.
  for (let at = 32; at < log.length; at += 4120) if (log.readUInt32BE(at) === 1) log.fill(0, at + 24, at + 24 + 4096)
  writeFileSync(`${dbPath}-wal`, log)
  const bytes = readFileSync(dbPath)
  bytes.fill(0, 0, 4096)
  writeFileSync(dbPath, bytes)
}

describe.each([
  ['of which nothing can be read', destroy],
  ['of which only the first page cannot be read', behead],
])('after a recovery from a database %s', (_what, damage) => {
  test('[D3] what waited arrives, what the team did meanwhile stands, and all see the same', async () => {
    const there = await onDisk()
    const { a, c } = there
    const brand = addBrand(a)
    const [mine, both, gone] = [0, 1, 2].map((n) => addProduct(a, brand, { name: `P${n}` })) as [string, string, string]
    const session = addSession(a)
    const item = addItem(a, { session, product: mine })
    await meet(a, c)
    // While Cleo is offline:
    set(c, 'products', { id: mine, name: 'Mine' })
    set(c, 'products', { id: both, price_cents: 5 })
    set(c, 'products', { id: gone, name: 'Edited' })
    set(c, 'sessions', { id: session, notes: 'Mine' })
    remove(c, 'session_products', item)
    const made = addProduct(c, brand, { name: 'Made' })
    addPoint(c, made, 'Soft')
    set(c, 'products', { id: made, name: 'Made and edited' })
    set(a, 'products', { id: both, name: 'Theirs' })
    set(a, 'sessions', { id: session, name: 'Theirs' })
    remove(a, 'products', gone)
    await meet(a)
    const d = reopened(there, damage)
    expect(d.row('products', made)).toMatchObject({ name: 'Made and edited' })
    await meet(d, a, d)
    expectSame(a, d)
    expect(a.row('products', mine)).toMatchObject({ name: 'Mine' })
    expect(a.row('products', both)).toMatchObject({ name: 'Theirs', price_cents: 5 })
    expect(a.row('products', gone)).toBeUndefined()
    expect(a.row('products', made)).toMatchObject({ name: 'Made and edited' })
    expect(a.row('sessions', session)).toMatchObject({ name: 'Theirs', notes: 'Mine' })
    // Deleted by the one who had seen all of it: no question to anybody, although it comes from a new client.
    expect([a.row('session_products', item), a.all('conflicts')]).toEqual([undefined, []])
    expect(a.all('talking_points')).toHaveLength(1)
  })

  test('[D3] what was sent, and whose answer never came, has no second effect', async () => {
    const there = await onDisk()
    const { a, c, sql } = there
    const brand = addBrand(a)
    const product = addProduct(a, brand)
    const session = addSession(a)
    await meet(a, c)
    set(c, 'products', { id: product, name: 'Sent' })
    addPoint(c, product, 'Once')
    addItem(c, { session, product })
    await c.exchange.push()
    // The team goes on from there.
    await meet(a)
    set(a, 'products', { id: product, name: 'Later' })
    await meet(a)
    const d = reopened(there, damage)
    expect(d.outbox.count()).toBe(3)
    await meet(d, a, d)
    expectSame(a, d)
    expect(await sql('SELECT text FROM talking_points')).toEqual([{ text: 'Once' }])
    expect(await sql('SELECT count(*)::int AS n FROM session_products')).toEqual([{ n: 1 }])
    // Sent again as an edit that did not know of the later one: that it overwrote it is in the log, to be restored.
    expect(await sql(`SELECT decision FROM conflict_log WHERE entity_id = $1`, [product])).toEqual([
      { decision: 'overwrote' },
    ])
  })
})

test('[D3] what the others deleted while the database was damaged does not rise again', async () => {
  const there = await onDisk()
  const { a, c } = there
  const brand = addBrand(a)
  const products = Array.from({ length: 12 }, (_, n) => addProduct(a, brand, { name: `P${n}` }))
  await meet(a, c)
  remove(a, 'products', products[3] ?? '')
  await meet(a)
  const d = reopened(there, behead)
  expect(d.all('products')).toHaveLength(12)
  await meet(d)
  expectSame(a, d)
  expect(d.all('products')).toHaveLength(11)
})

describe('[D2] an entry of the queue that does not match its checksum', () => {
  const spoil = (desk: Desk, id: number, column = 'patch'): void => {
    desk.db.sqlite.prepare(`UPDATE sync_outbox SET ${column} = replace(${column}, 'e', 'é') WHERE id = ?`).run(id)
  }
  const lastId = (desk: Desk): number => desk.outbox.pending().at(-1)?.id ?? 0

  test('is not sent; read again from the journal, it is, under the same number', async () => {
    const { a, c, dir } = await onDisk()
    const brand = addBrand(c, 'Before')
    await meet(c)
    set(c, 'brands', { id: brand, name: 'Edited here' })
    set(c, 'brands', { id: brand, notes: 'Notes' })
    const id = lastId(c) - 1
    spoil(c, id)
    await expect(c.exchange.push()).rejects.toThrow(DamagedMutation)
    const journal = readJournal(filesOf(dir).journalPath)
    expect(repairQueue(c, journal)).toMatchObject({ restored: 1, putBack: 0, rebuilt: 0, lost: 0 })
    expect(pendingMutations(c.db)).toEqual(journal.mutations)
    await meet(c, a)
    expectSame(c, a)
    expect(a.row('brands', brand)).toMatchObject({ name: 'Edited here', notes: 'Notes' })
  })

  test.each([
    ['an edit', 'patch'],
    ['an edit whose row is not told any more', 'row_id'],
  ])('%s is made anew from its row, where the journal is gone too', async (_what, column) => {
    const { a, c } = await onDisk()
    const brand = addBrand(c, 'Before')
    await meet(c)
    set(c, 'brands', { id: brand, name: 'Edited here' })
    const id = lastId(c)
    set(c, 'brands', { id: brand, notes: 'Notes' })
    if (column === 'patch') spoil(c, id)
    else c.db.sqlite.prepare(`UPDATE sync_outbox SET row_id = 'nobody' WHERE id = ?`).run(id)
    expect(repairQueue(c, { mutations: [], confirmed: 0, damaged: 2 })).toMatchObject({ rebuilt: 1, lost: 0 })
    expect(pendingMutations(c.db).map((one) => one.id)).toEqual([id, id + 1])
    await meet(c, a)
    expectSame(c, a)
    expect(a.row('brands', brand)).toMatchObject({ name: 'Edited here', notes: 'Notes' })
  })

  test('a new row, and a deletion, are made anew likewise, each before what needs it', async () => {
    const { a, c } = await onDisk()
    const brand = addBrand(c, 'Before')
    const old = addProduct(c, brand)
    await meet(c)
    const product = addProduct(c, brand, { name: 'New here' })
    const point = addPoint(c, product, 'Needs it')
    remove(c, 'products', old)
    const ids = c.outbox.pending().map(({ id }) => id)
    spoil(c, ids[0] ?? 0)
    c.db.sqlite.prepare(`UPDATE sync_outbox SET at = 'never' WHERE id = ?`).run(ids[2])
    expect(repairQueue(c, { mutations: [], confirmed: 0, damaged: 0 })).toMatchObject({ rebuilt: 2, lost: 0 })
    await meet(c, a)
    expectSame(c, a)
    expect([a.row('products', product), a.row('talking_points', point), a.row('products', old)]).toEqual([
      expect.objectContaining({ name: 'New here' }),
      expect.objectContaining({ text: 'Needs it' }),
      undefined,
    ])
  })

  test('of which nothing is left leaves its number to an edit that does nothing; the others go on', async () => {
    const { a, c, sql } = await onDisk()
    const brand = addBrand(c, 'Before')
    await meet(c, a)
    set(c, 'brands', { id: brand, name: 'First' })
    set(c, 'brands', { id: brand, name: 'Second' })
    const [first] = c.outbox.pending()
    // What it did is covered by the one after it.
    spoil(c, first?.id ?? 0)
    const repair = repairQueue(c, { mutations: [], confirmed: 0, damaged: 0 })
    expect(repair).toMatchObject({ rebuilt: 0, lost: 1, evidence: [{ id: first?.id }] })
    await meet(c, a)
    expectSame(c, a)
    expect(a.row('brands', brand)).toMatchObject({ name: 'Second' })
    expect(await sql(`SELECT entity FROM sync_index WHERE entity = 'message_presets'`)).toEqual([])
  })

  test('and that is confirmed already does not stop a server from being brought up to date that was restored', async () => {
    const { a, c } = await onDisk()
    const brand = addBrand(c, 'Before')
    await meet(c)
    set(c, 'brands', { id: brand, name: 'Later' })
    await meet(c, a)
    spoil(c, 1)
    const nothing = { mutations: [], confirmed: 0, damaged: 0 }
    expect(repairQueue(c, nothing)).toBeNull()
    expect(repairQueue(c, nothing, { thorough: true })).toMatchObject({ lost: 0 })
    const rows = c.db.sqlite.prepare('SELECT * FROM sync_outbox').all() as OutboxRow[]
    expect(rows.map(readMutation).map(({ id }) => id)).toEqual([1, 2])
    await meet(c, a)
    expectSame(c, a)
  })
})

describe('[D1] the queue and the journal at a start', () => {
  test('edits that the database lost come back from the journal, under their numbers', async () => {
    const there = await onDisk()
    const { a, c } = there
    const brand = addBrand(c, 'Before')
    await meet(c, a)
    set(c, 'brands', { id: brand, name: 'Kept' })
    c.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    set(c, 'brands', { id: brand, notes: 'Lost with the log' })
    const product = addProduct(c, brand, { name: 'Lost with the log' })
    const waiting = c.outbox.pending()
    const d = reopened(there, (dbPath) => rmSync(`${dbPath}-wal`))
    expect(pendingMutations(d.db)).toEqual(waiting)
    expect(d.row('brands', brand)).toMatchObject({ name: 'Kept', notes: 'Lost with the log' })
    await meet(d, a)
    expectSame(d, a)
    expect(a.row('products', product)).toMatchObject({ name: 'Lost with the log' })
    expect(a.all('conflict_log')).toEqual([])
  })

  test('what the journal knows to be confirmed is not sent again by a database that went back', async () => {
    const there = await onDisk()
    const { a, c, sql } = there
    const brand = addBrand(c, 'Before')
    await meet(c, a)
    set(c, 'brands', { id: brand, name: 'First' })
    c.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    await meet(c, a)
    set(a, 'brands', { id: brand, name: 'Theirs' })
    await meet(a)
    set(c, 'brands', { id: brand, notes: 'Mine' })
    const d = reopened(there, (dbPath) => rmSync(`${dbPath}-wal`))
    expect(pendingMutations(d.db)).toMatchObject([{ patch: { notes: 'Mine' } }])
    await meet(d, a)
    expectSame(d, a)
    expect(await sql('SELECT name, notes FROM brands')).toEqual([{ name: 'Theirs', notes: 'Mine' }])
  })
})
