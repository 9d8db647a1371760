import { expect, test } from 'vitest'
import type { SyncStatus } from '#shared/sync.ts'
import { healthOf } from '../../src/renderer/frame/health.ts'
import { syncStatus } from '../support/sync-status.ts'

const well = { storage: null, studio: null }

test.each([
  ['all is shared', {}, ['ok', 'shared']],
  ['edits are on their way', { pending: 2 }, ['ok', 'onTheWay']],
  ['something needs a look', { warnings: ['The clock is off.'] }, ['warn', 'shared']],
  ['a first sync runs', { progress: { done: 1, total: 9 }, pending: 2 }, ['ok', 'receiving']],
  ['others deleted much', { held: 30, progress: { done: 1, total: 9 } }, ['warn', 'held']],
  ['the queue is stuck', { stuck: true, held: 30 }, ['bad', 'stuck']],
  ['no network', { state: 'offline' }, ['warn', 'offline']],
  ['no network, and edits', { state: 'offline', pending: 1 }, ['warn', 'offlineWaiting']],
  ['paused', { state: 'paused', pending: 1 }, ['warn', 'paused']],
  ['too old', { state: 'blocked', blockedBy: 'update' }, ['bad', 'updateRequired']],
  ['wrong password', { state: 'blocked', blockedBy: 'sign-in' }, ['bad', 'signIn']],
  ['used up', { state: 'blocked', blockedBy: 'quota' }, ['bad', 'quota']],
  ['another refusal', { state: 'blocked', blockedBy: 'certificate' }, ['bad', 'blocked']],
  ['alone', { state: 'unconfigured' }, ['ok', 'saved']],
  ['alone, with edits of a team', { state: 'unconfigured', reason: '3 edits wait' }, ['warn', 'saved']],
] as const)('%s', (_name, patch, [kind, word]) => {
  expect(healthOf(syncStatus(patch as Partial<SyncStatus>), well)).toMatchObject({ kind, word })
})

test('that nothing is saved comes before everything that is said of the team', () => {
  const storage = { kind: 'full', since: '2026-11-27T10:00:00.000Z' } as const
  expect(healthOf(syncStatus({ state: 'offline', pending: 3 }), { storage, studio: null })).toMatchObject({
    kind: 'bad',
    word: 'unsaved',
  })
  // Each state has a shape of its own beside its colour.
  const shapes = ['online', 'offline', 'paused', 'blocked'] as const
  expect(new Set(shapes.map((state) => healthOf(syncStatus({ state }), well).shape)).size).toBe(4)
})
