import { describe, expect, test } from 'vitest'
import type { SyncStatus } from '#shared/sync.ts'
import { noticeOf } from '../../src/main/electron/notice-of.ts'
import type { CurrentShow } from '../../src/main/electron/show-watch.ts'
import { sayIn } from '../support/say-in.ts'
import { syncStatus } from '../support/sync-status.ts'
import { trayTemplate, trayText } from '../../src/main/electron/tray-template.ts'

const say = sayIn('en')
const show: CurrentShow = { sessionId: 's', name: 'Friday & friends', mode: 'live', number: 12 }

describe('the icon beside the clock', () => {
  test.each([
    [null, syncStatus(), 'Hudson\nShared with the team'],
    [
      show,
      syncStatus({ state: 'offline', pending: 3 }),
      'Hudson\nLIVE: Friday & friends, #12\nOffline, 3 edits saved here',
    ],
    [
      { ...show, mode: 'rehearsal', number: null } as const,
      null,
      'Hudson\nRehearsal: Friday & friends\nSaved on this computer',
    ],
    [null, syncStatus({ state: 'blocked' }), 'Hudson\nNot shared with the team'],
    [null, syncStatus({ state: 'blocked', blockedBy: 'update' }), 'Hudson\nNot shared: update required'],
    [null, syncStatus({ pending: 1 }), 'Hudson\n1 edit on the way to the team'],
    [null, syncStatus({ pending: 1, stuck: true }), 'Hudson\nAn edit does not get through to the team'],
    [null, syncStatus({ progress: { done: 200, total: 900 } }), 'Hudson\nReceiving 200 of 900'],
  ])('says how things stand', (current, team, text) => {
    expect(trayText({ say, show: current, status: team, host: [] })).toBe(text)
  })
  test('says it in German where Hudson is German', () => {
    const german = { say: sayIn('de'), host: [] }
    expect(trayText({ ...german, show, status: syncStatus({ state: 'offline', pending: 3 }) })).toBe(
      'Hudson\nLIVE: Friday & friends, #12\nOffline, 3 Änderungen hier gespeichert',
    )
    expect(noticeOf(syncStatus(), syncStatus({ held: 1 }), german.say)?.body).toContain('1 Löschung von anderen wartet')
  })
  test('leads to the show, syncs, opens and quits', () => {
    const done: string[] = []
    const actions = {
      syncNow: () => done.push('sync'),
      openShow: (id: string) => done.push(`show ${id}`),
      openMain: () => done.push('open'),
      quit: () => done.push('quit'),
    }
    const items = trayTemplate({ say, show, status: syncStatus(), host: [] }, actions)
    for (const { click } of items) (click as unknown as (() => void) | undefined)?.()
    expect(items[0]?.label).toBe('LIVE: Friday && friends, #12')
    expect(done).toEqual(['show s', 'sync', 'open', 'quit'])
  })
  test('offers no sync where there is no team', () => {
    const actions = { syncNow: () => {}, openShow: () => {}, openMain: () => {}, quit: () => {} }
    const items = trayTemplate({ say, show: null, status: syncStatus({ state: 'unconfigured' }), host: [] }, actions)
    expect(items.find(({ label }) => label === 'Sync now')?.enabled).toBe(false)
  })
})

describe('a notification', () => {
  const title = (before: SyncStatus | null, after: SyncStatus): string | undefined =>
    noticeOf(before, after, say)?.title
  test('comes when the team is lost for good, once', () => {
    const blocked = syncStatus({ state: 'blocked', reason: 'The password was refused.' })
    expect(noticeOf(syncStatus(), blocked, say)).toEqual({
      title: 'Hudson no longer shares with the team',
      body: 'The password was refused.',
    })
    expect(noticeOf(blocked, blocked, say)).toBeNull()
  })
  test('comes with held deletions and new conflicts', () => {
    expect(title(syncStatus(), syncStatus({ held: 30 }))).toBe('Others deleted much at once')
    expect(title(syncStatus({ conflicts: 1 }), syncStatus({ conflicts: 2 }))).toBe('Two edits of the same thing')
  })
  test('does not come for what was so at the start, for a network that is away, or when things get better', () => {
    expect(noticeOf(null, syncStatus({ conflicts: 4, state: 'blocked' }), say)).toBeNull()
    expect(noticeOf(syncStatus(), syncStatus({ state: 'offline', pending: 9 }), say)).toBeNull()
    expect(noticeOf(syncStatus({ conflicts: 2 }), syncStatus({ conflicts: 1 }), say)).toBeNull()
  })
})
