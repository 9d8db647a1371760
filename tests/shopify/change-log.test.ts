import { expect, test } from 'vitest'
import { ChangeLog } from '../../src/main/shopify/change-log.ts'
import type { Outcome } from '../../src/main/db/shopify-catalogue.ts'
import { testCore } from '../support/core.ts'

const product = '0192f0c0-0000-7000-8000-000000000001'

function rig() {
  const { db, clock } = testCore()
  db.statement(
    `INSERT INTO jobs (id, kind, state, input, created_at) VALUES ('job', 'shopify.sync', 'done', '{}', ?)`,
  ).run(clock.now())
  const log = new ChangeLog(db)
  const note = (action: 'create' | 'update' | 'held', changes: readonly [string, unknown, unknown][]): void => {
    const outcome: Outcome = {
      action,
      shopifyId: 'gid://shopify/Product/1',
      productId: product,
      name: 'One',
      changes: changes.map(([name, before, after]) => ({ name, before, after })),
    }
    log.note('job', [outcome])
  }
  return { log, note }
}

test('a product that one sync writes twice changed from what was before the first to what is after the last', () => {
  const { log, note } = rig()
  note('update', [['priceCents', 100, 200]])
  note('update', [
    ['priceCents', 200, 300],
    ['name', 'A', 'B'],
  ])
  expect(log.rows('job')).toMatchObject([
    {
      action: 'updated',
      changes: [
        { name: 'priceCents', before: 100, after: 300 },
        { name: 'name', before: 'A', after: 'B' },
      ],
    },
  ])
})

test('what was held and then came is an update; what was new stays new', () => {
  const { log, note } = rig()
  note('held', [['priceCents', 100, 200]])
  expect(log.show('job')).toMatchObject({ total: 1, undoable: false })
  note('update', [['priceCents', 100, 200]])
  expect(log.show('job')).toMatchObject({ total: 1, undoable: true, items: [{ action: 'updated' }] })
  const other = rig()
  other.note('create', [])
  other.note('update', [['priceCents', 100, 200]])
  expect(other.log.rows('job')).toMatchObject([{ action: 'created' }])
})
