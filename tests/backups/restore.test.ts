import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Hands, seeded, tempDir } from '../recovery/data-dir.ts'
import { times } from '../support/torture.ts'
import { add, contents, openShelf, setMode } from './support.ts'
import type { Shelf } from './support.ts'

const rename = (shelf: Shelf, id: string, name: string): void =>
  shelf.writer.transact((tx) => void tx.update('products', id, { name }))
const nameOf = (shelf: Shelf, id: string): unknown =>
  shelf.db.sqlite.prepare('SELECT name FROM products WHERE id = ?').pluck().get(id)

/** A line-up of one product, backed up; then the product is renamed, the item removed, and another product made. */
async function changed(root: string) {
  const shelf = openShelf(root)
  const brand = add.brand(shelf)
  const product = add.product(shelf, brand, 'Ring')
  const session = add.session(shelf)
  const item = add.item(shelf, session, { productId: product })
  const { id } = await shelf.call('backups.create', {})
  shelf.clock.advance(60_000)
  rename(shelf, product, 'Ring, wrong')
  shelf.writer.transact((tx) => tx.remove('session_products', item))
  const newer = add.product(shelf, brand, 'New since')
  return { shelf, id, brand, product, session, item, newer }
}

describe('a preview', () => {
  test('says what would come back, change and stay, by name, and changes nothing', async () => {
    using root = tempDir()
    const { shelf, id } = await changed(root.path)
    await using _shelf = shelf
    const [before, file] = [contents(shelf.db), readFileSync(join(root.path, 'backups', `${id}.db`))]
    const preview = await shelf.call('backups.preview', { id })
    expect(preview.at).toBe('2026-11-22T10:00:00.000Z')
    expect(preview.changes).toEqual([
      {
        kind: 'products',
        comeBack: 0,
        change: 1,
        newer: 1,
        examples: { comeBack: [], change: [{ name: 'Ring, wrong', fields: ['name'] }], newer: ['New since'] },
      },
      {
        kind: 'items',
        comeBack: 1,
        change: 0,
        newer: 0,
        examples: { comeBack: ['Ring in Friday'], change: [], newer: [] },
      },
    ])
    expect(preview.words).toEqual([
      '1 product goes back to what it was: Ring, wrong (name)',
      '1 product was made since, and stays: New since',
      '1 line-up item comes back: Ring in Friday',
    ])
    expect(contents(shelf.db)).toEqual(before)
    expect(readFileSync(join(root.path, 'backups', `${id}.db`)).equals(file)).toBe(true)
    expect(readdirSync(join(root.path, 'backups'))).toEqual([`${id}.db`])
  })

  test('of what is here as it was says that nothing would change', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    add.product(shelf, add.brand(shelf))
    const { id } = await shelf.call('backups.create', {})
    expect(await shelf.call('backups.preview', { id })).toMatchObject({
      changes: [],
      words: [expect.stringMatching(/change nothing/)],
    })
  })
})

describe('a restore', () => {
  test('brings back and changes, leaves what is newer, and can be undone', async () => {
    using root = tempDir()
    const { shelf, id, product, item, newer } = await changed(root.path)
    await using _shelf = shelf
    const before = contents(shelf.db)
    const done = await shelf.call('backups.restore', { id })
    expect(done).toMatchObject({ restored: 1, changed: 1, removed: 0, before: { kind: 'before-restore' } })
    const after = contents(shelf.db)
    expect([nameOf(shelf, product), after.has(`session_products ${item}`), after.has(`products ${newer}`)]).toEqual([
      'Ring',
      true,
      true,
    ])
    shelf.history.undo('backups', done.undoId)
    expect(contents(shelf.db)).toEqual(before)
    // And the other way round, from the backup that it made first.
    await shelf.call('backups.restore', { id })
    await shelf.call('backups.restore', { id: done.before.id })
    expect(nameOf(shelf, product)).toBe('Ring, wrong')
  })

  test('removes what was made since, where it is asked to, and only then', async () => {
    using root = tempDir()
    const { shelf, id, newer } = await changed(root.path)
    await using _shelf = shelf
    const session = add.session(shelf, { name: 'Since' })
    const item = add.item(shelf, session, { productId: newer })
    setMode(shelf, session, 'off')
    const before = contents(shelf.db)
    const done = await shelf.call('backups.restore', { id, removeNewer: true })
    expect(done).toMatchObject({ restored: 1, changed: 1, removed: 3 })
    const after = contents(shelf.db)
    for (const key of [`products ${newer}`, `sessions ${session}`, `session_products ${item}`])
      expect(after.has(key)).toBe(false)
    shelf.history.undo('backups', done.undoId)
    expect(contents(shelf.db)).toEqual(before)
  })

  test.each(['live', 'rehearsal'] as const)(
    'is refused while a session is %s, and nothing is changed',
    async (mode) => {
      using root = tempDir()
      const { shelf, id, session } = await changed(root.path)
      await using _shelf = shelf
      setMode(shelf, session, mode)
      await shelf.settled()
      const files = readdirSync(join(root.path, 'backups'))
      const before = contents(shelf.db)
      await expect(shelf.call('backups.restore', { id })).rejects.toMatchObject({ code: 'conflict' })
      expect([contents(shelf.db), readdirSync(join(root.path, 'backups'))]).toEqual([before, files])
    },
  )

  test('is refused where a show began while it was prepared', async () => {
    using root = tempDir()
    const { shelf, id, session, product } = await changed(root.path)
    await using _shelf = shelf
    const restoring = shelf.call('backups.restore', { id })
    setMode(shelf, session, 'live')
    await expect(restoring).rejects.toMatchObject({ code: 'conflict' })
    expect(nameOf(shelf, product)).toBe('Ring, wrong')
  })

  test('takes no edit back that was made while it was prepared and is no part of it', async () => {
    using root = tempDir()
    const { shelf, id, newer } = await changed(root.path)
    await using _shelf = shelf
    const restoring = shelf.call('backups.restore', { id })
    await new Promise((resolve) => setImmediate(resolve))
    rename(shelf, newer, 'Renamed meanwhile')
    await restoring
    expect(nameOf(shelf, newer)).toBe('Renamed meanwhile')
  })

  test('begins and ends no show, and takes no number back that viewers know', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    const brand = add.brand(shelf)
    const [one, two, three] = ['One', 'Two', 'Three'].map((name) => add.product(shelf, brand, name)) as [
      string,
      string,
      string,
    ]
    const live = add.session(shelf, {
      name: 'On air',
      status: 'live',
      numbers_frozen_at: '2026-11-22T09:00:00.000Z',
      highest_number: 2,
    })
    const gone = add.item(shelf, live, { productId: one, number: 1 })
    const stays = add.item(shelf, live, { productId: two, number: 2 })
    const rehearsed = add.session(shelf, { name: 'Rehearsed', status: 'rehearsal' })
    const { id } = await shelf.call('backups.create', {})
    shelf.writer.transact((tx) => {
      tx.update('sessions', live, { status: 'ended', highest_number: 3 })
      tx.remove('session_products', gone)
      tx.update('session_products', stays, { number: 9 })
      tx.remove('sessions', rehearsed)
    })
    // The number of the one that is gone was given to another.
    add.item(shelf, live, { productId: three, number: 1 })
    await shelf.call('backups.restore', { id })
    const get = (sql: string, of: string): unknown => shelf.db.sqlite.prepare(sql).raw().get(of)
    expect(get('SELECT status, highest_number FROM sessions WHERE id = ?', live)).toEqual(['ended', 3])
    expect(get('SELECT status FROM sessions WHERE id = ?', rehearsed)).toEqual(['draft'])
    expect(get('SELECT number FROM session_products WHERE id = ?', gone)).toEqual([null])
    expect(get('SELECT number FROM session_products WHERE id = ?', stays)).toEqual([9])
  })

  test('brings no product into a line-up twice, and takes no talking points back', async () => {
    using root = tempDir()
    const { shelf, id, product, session } = await changed(root.path)
    await using _shelf = shelf
    add.item(shelf, session, { productId: product })
    const point = add.point(shelf, product, 'Said since')
    await shelf.call('backups.restore', { id, removeNewer: false })
    expect(shelf.db.sqlite.prepare('SELECT count(*) FROM session_products').pluck().get()).toBe(1)
    await shelf.call('backups.restore', { id, removeNewer: true })
    const after = contents(shelf.db)
    expect([
      shelf.db.sqlite.prepare('SELECT count(*) FROM session_products').pluck().get(),
      after.has(`talking_points ${point}`),
    ]).toEqual([1, true])
  })

  test('a picture from a file comes back with its file, or not at all', async () => {
    using root = tempDir()
    await using shelf = openShelf(root.path)
    const product = add.product(shelf, add.brand(shelf))
    const [here, gone, address] = [null, null, 'https://pictures.example/1.jpg'].map((url) =>
      add.picture(shelf, product, url),
    ) as [string, string, string]
    mkdirSync(join(root.path, 'media'))
    writeFileSync(join(root.path, 'media', 'here.png'), 'picture')
    const note = shelf.db.sqlite.prepare(
      `INSERT INTO media_files (image_id, state, file, updated_at) VALUES (?, 'ready', ?, '2026-11-22T10:00:00.000Z')`,
    )
    note.run(here, 'here.png')
    note.run(gone, 'gone.png')
    const { id } = await shelf.call('backups.create', {})
    shelf.writer.transact((tx) => {
      for (const image of [here, gone, address]) tx.remove('product_images', image)
    })
    shelf.db.sqlite.exec('DELETE FROM media_files')
    expect(await shelf.call('backups.restore', { id })).toMatchObject({ restored: 2 })
    const after = contents(shelf.db)
    expect([here, gone, address].map((image) => after.has(`product_images ${image}`))).toEqual([true, false, true])
    expect(shelf.db.sqlite.prepare('SELECT image_id, file FROM media_files').raw().all()).toEqual([[here, 'here.png']])
  })

  test.each(Array.from({ length: times(5, 40) }, (_, n) => n + 1))(
    'of random edits is exact, and its undo too (seed %i)',
    async (seed) => {
      using root = tempDir()
      await using shelf = openShelf(root.path)
      const hands = new Hands(shelf, seeded(seed))
      hands.furnish(12)
      for (let n = 0; n < 20; n++) hands.edit()
      const then = contents(shelf.db)
      const { id } = await shelf.call('backups.create', {})
      for (let n = 0; n < 30; n++) hands.edit()
      const now = contents(shelf.db)
      const done = await shelf.call('backups.restore', { id, removeNewer: true })
      expect(contents(shelf.db)).toEqual(then)
      shelf.history.undo('backups', done.undoId)
      expect(contents(shelf.db)).toEqual(now)
    },
  )
})
