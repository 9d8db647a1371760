import { describe, expect, test } from 'vitest'
import { acknowledgedAfter, pulseOf } from '../../src/renderer/show/live/message-phase.ts'
import { createCommandQueue } from '../../src/renderer/show/live/command-queue.ts'
import { createShowCommands } from '../../src/renderer/show/live/show-commands.ts'
import type { ShowNotice } from '../../src/renderer/show/live/show-commands.ts'
import { cycledNext } from '../../src/renderer/show/live/show-keys.ts'
import { durationText } from '../../src/renderer/show/live/duration.ts'
import { itemSeconds } from '../../src/renderer/show/live/item-seconds.ts'
import { numberList, preflight } from '../../src/renderer/show/live/preflight.ts'
import {
  fieldsOf,
  hostSees,
  patchOf,
  problemsOf,
  withField,
  withoutSaved,
} from '../../src/renderer/show/live/item-draft.ts'
import { picturesAhead, picturesToWarm } from '../../src/renderer/show/host/pictures-ahead.ts'
import { rankEntries } from '../../src/renderer/keys/rank-commands.ts'
import type { HostCard, LiveItem, LiveMessage } from '../../src/shared/live.ts'
import type { LineupItem } from '../../src/shared/sessions.ts'

const image = (src: string) => ({ src, alt: '', width: 10, height: 10 })
const item = (number: number, patch: Partial<LiveItem> = {}): LiveItem => ({
  itemId: `i${number}`,
  number,
  name: `Item ${number}`,
  priceCents: 100,
  skip: false,
  section: null,
  images: [image(`/${number}a`), image(`/${number}b`)],
  ...patch,
})

describe('commands', () => {
  test('go out one after the other, also behind one that failed', async () => {
    const done: string[] = []
    const failed: unknown[] = []
    const enqueue = createCommandQueue((error) => failed.push(error))
    const first = Promise.withResolvers<void>()
    enqueue(() => first.promise.then(() => done.push('first')))
    enqueue(() => Promise.reject(new Error('no')))
    const last = new Promise<void>((resolve) => {
      enqueue(async () => {
        done.push('last')
        resolve()
      })
    })
    expect(done).toEqual([])
    first.resolve()
    await last
    expect(done).toEqual(['first', 'last'])
    expect(failed).toEqual([new Error('no')])
  })

  test('say when an end was reached: nothing moved', async () => {
    const notices: ShowNotice[] = []
    const answers = ['b', 'c', 'c']
    const commands = createShowCommands({
      sessionId: 's',
      call: async () => ({ itemId: answers.shift() }),
      known: { itemId: 'a' },
      notify: (notice) => notices.push(notice),
    })
    commands.next()
    commands.next()
    commands.next()
    await expect.poll(() => notices).toEqual([{ kind: 'lastItem' }])
    expect(answers).toEqual([])
  })
})

describe('setting the next one by key', () => {
  const lineup = [item(1), item(2), item(3, { skip: true }), item(4)]
  test('walks on from what is next, past skipped ones', () => {
    expect(cycledNext({ lineup, itemId: 'i1', next: [item(2)] })).toBe('i4')
  })
  test('after the last one gives the order back', () => {
    expect(cycledNext({ lineup, itemId: 'i1', next: [item(4)] })).toBeNull()
  })
})

describe('pictures ahead', () => {
  const lineup = [1, 2, 3, 4, 5, 6].map((number) => item(number))
  const card = { images: [image('/3a'), image('/3b')] } as unknown as HostCard
  test('are those of the item from the one shown on, then what is next, then two around', () => {
    expect(picturesAhead({ card, lineup, itemId: 'i3', imageIndex: 1, next: [item(6), item(4)] })).toEqual([
      '/3b',
      '/3a',
      '/6a',
      '/4a',
      '/2a',
      '/5a',
      '/1a',
      '/6b',
    ])
  })
  test('are fetched from the item on air onwards', () => {
    expect(picturesToWarm({ card, lineup, itemId: 'i5', imageIndex: 0, next: [] })).toEqual([
      '/5a',
      '/6a',
      '/1a',
      '/2a',
      '/3a',
      '/4a',
    ])
  })
})

describe('a message', () => {
  const message = (acknowledgedAt: string | null): LiveMessage => ({
    id: 'm',
    text: 'x',
    color: 'red',
    at: '2026-11-22T10:00:00.000Z',
    acknowledgedAt,
    clearAt: null,
  })
  test('pulses three seconds, and again at ten while nobody acknowledged it', () => {
    expect([0, 2_999, 3_000, 9_999, 10_000, 12_999, 13_000].map((ms) => pulseOf(message(null), ms))).toEqual([
      'first',
      'first',
      null,
      null,
      'again',
      'again',
      null,
    ])
    expect(pulseOf(message('2026-11-22T10:00:04.000Z'), 500)).toBeNull()
  })
  test('knows after how long it was acknowledged', () => {
    expect(acknowledgedAfter(message('2026-11-22T10:00:04.500Z'))).toBe(4.5)
    expect(acknowledgedAfter(message(null))).toBeNull()
  })
})

describe('clocks', () => {
  test('are written as people read them, over time with a minus', () => {
    expect([0, 9.9, 61, 3_723, -0.5, -61].map(durationText)).toEqual([
      '0:00',
      '0:09',
      '1:01',
      '1:02:03',
      '0:00',
      '−1:01',
    ])
  })
  test('count up, or down to a target and past it; one that is paused stands', () => {
    const timer = { running: true, elapsedMs: 10_000, targetSeconds: null }
    expect(itemSeconds(timer, 2_000)).toEqual({ seconds: 12, target: null })
    expect(itemSeconds({ ...timer, targetSeconds: 11 }, 2_000)).toEqual({ seconds: -1, target: 11 })
    expect(itemSeconds({ ...timer, running: false }, 2_000).seconds).toBe(10)
  })
})

const row = (patch: Partial<LineupItem> = {}): LineupItem => ({
  id: 'i',
  sessionId: 's',
  number: 1,
  productId: 'p',
  name: 'Scarf',
  priceCents: 4800,
  compareAtPriceCents: null,
  talkingPointsMd: '- Light',
  section: null,
  skip: false,
  overrides: {},
  notes: '',
  catalogue: {
    name: 'Scarf',
    priceCents: 4800,
    compareAtPriceCents: null,
    talkingPointsMd: '- Light',
    sku: null,
    pid: null,
    status: 'active',
    brandName: 'B',
  },
  images: [image('/1')],
  imageCount: 1,
  sizes: null,
  pending: false,
  conflict: false,
  ...patch,
})

describe('preflight', () => {
  test('has nothing to say where all is there', () => {
    expect(preflight({ items: [row()] }, { displaySeen: true })).toEqual([])
  })
  test('names what is missing by number, and leaves skipped items out', () => {
    const items = [
      row({ number: 1, talkingPointsMd: ' ' }),
      row({ number: 2, priceCents: null, name: 'Other' }),
      row({ number: 3, images: [], imageCount: 0, name: 'Third' }),
      row({ number: 4, imageCount: 2 }),
      row({ number: 5, skip: true, talkingPointsMd: '', priceCents: null }),
    ]
    expect(preflight({ items }, { displaySeen: false })).toEqual([
      { kind: 'noDisplay', numbers: [] },
      { kind: 'noPoints', numbers: [1] },
      { kind: 'noPrice', numbers: [2] },
      { kind: 'noPicture', numbers: [3] },
      { kind: 'picturesComing', numbers: [4] },
      { kind: 'duplicate', numbers: [1, 4] },
    ])
  })
  test('warns of an empty line-up and of more than TikTok takes', () => {
    expect(preflight({ items: [] }, { displaySeen: true }).map(({ kind }) => kind)).toEqual(['empty'])
    const many = Array.from({ length: 101 }, (_, index) => row({ number: index + 1, name: `N${index}` }))
    expect(preflight({ items: many }, { displaySeen: true }).map(({ kind }) => kind)).toEqual(['tooMany'])
  })
  test('writes numbers in ranges', () => {
    expect(numberList([5, 3, 6, 7, 12])).toBe('3, 5–7, 12')
  })
})

describe('a quick edit', () => {
  const item1 = row()
  test('is empty again when the old text is typed back', () => {
    const typed = withField({}, { field: 'name', text: 'Shawl', item: item1 })
    expect(typed).toEqual({ name: 'Shawl' })
    expect(withField(typed, { field: 'name', text: 'Scarf', item: item1 })).toEqual({})
  })
  test('becomes overrides; what is emptied goes back to the catalogue, an emptied was price shows none', () => {
    expect(patchOf({ name: ' Shawl ', price: '39.90', was: '', points: '', notes: 'n' })).toEqual({
      overrides: { name: 'Shawl', priceCents: 3990, compareAtPriceCents: 0, talkingPointsMd: null },
      notes: 'n',
    })
    expect(patchOf({ name: '  ', price: '' })).toEqual({ overrides: { name: null, priceCents: null } })
    expect(patchOf({})).toEqual({})
  })
  test('that was saved is gone, but not what was typed on meanwhile', () => {
    expect(withoutSaved({ name: 'Shawl', price: '12.50' }, { name: 'Shawl', price: '12.5' })).toEqual({
      price: '12.50',
    })
  })
  test('with a price that is none cannot be saved', () => {
    expect(problemsOf({ price: 'x', was: '12' })).toEqual(['price'])
    expect(problemsOf({ price: '' })).toEqual([])
  })
  test('tells what the host still sees', () => {
    const card = {
      name: 'Scarf',
      priceCents: 4800,
      compareAtPriceCents: null,
      talkingPointsMd: '',
      notes: '',
    } as HostCard
    expect(hostSees('name', 'Shawl', card)).toBe('Scarf')
    expect(hostSees('price', fieldsOf(item1).price, card)).toBeNull()
  })
})

describe('the palette', () => {
  const entry = (label: string, detail?: string) => ({
    id: label,
    kind: 'command' as const,
    label,
    ...(detail && { detail }),
    run: () => {},
  })
  const labels = (typed: string) =>
    rankEntries([entry('Blank the host view'), entry('Host window'), entry('Café set', 'HW-1')], typed).map(
      ({ label }) => label,
    )
  test('ranks exact and beginning matches first, then words, then letters in order', () => {
    expect(labels('host')).toEqual(['Host window', 'Blank the host view'])
    expect(labels('hw-1')).toEqual(['Café set'])
    expect(labels('cafe')).toEqual(['Café set'])
    expect(labels('hwd')).toEqual(['Host window'])
    expect(labels('zzz')).toEqual([])
  })
})
