import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Backups } from '../../src/main/backups/backups.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { Events } from '../../src/main/events.ts'
import { silentLog } from '../../src/main/log.ts'
import { addBrand, addProduct } from '../sync/desk.ts'
import type { Desk } from '../sync/desk.ts'
import { expectSame, meet, remove, set, team } from '../sync/team.ts'

function backupsOf(desk: Desk, dbPath: string): Backups {
  const events = new Events(() => {})
  const ports = { clock: desk.clock, log: silentLog, runDiskJob: diskWork(undefined) }
  return new Backups({ ...desk, events, dbPath, mediaDir: '/nowhere', ports })
}

test('a restore reaches the team as edits like any other, and can be undone for all', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-backups-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const { a, desk } = await team()
  const dbPath = join(dir, 'hudson.db')
  const c = desk({ name: 'Cleo', dbPath })
  const brand = addBrand(a)
  const [kept, gone] = [addProduct(a, brand, { name: 'Kept' }), addProduct(a, brand, { name: 'Gone' })]
  await meet(a, c)
  const backups = backupsOf(c, dbPath)
  const { id } = await backups.handlers['backups.create']({})
  // The team goes on: one is changed, one is deleted, one is new.
  set(a, 'products', { id: kept, name: 'Changed by Anna' })
  remove(a, 'products', gone)
  const newer = addProduct(a, brand, { name: 'New from Anna' })
  await meet(a, c)
  const { undoId, ...done } = await backups.handlers['backups.restore']({ id })
  expect(done).toMatchObject({ restored: 1, changed: 1, removed: 0 })
  await meet(c, a)
  expectSame(c, a)
  expect([kept, gone, newer].map((one) => a.row('products', one)?.['name'])).toEqual(['Kept', 'Gone', 'New from Anna'])
  c.history.undo('backups', undoId)
  await meet(c, a)
  expectSame(c, a)
  expect([kept, gone, newer].map((one) => a.row('products', one)?.['name'])).toEqual([
    'Changed by Anna',
    undefined,
    'New from Anna',
  ])
})
