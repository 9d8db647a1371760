import * as fc from 'fast-check'
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import { must } from '#shared/must.ts'
import { planPrune } from '../../src/main/crashes/plan-prune.ts'
import { noteFailedStart, watchProcess } from '../../src/main/crash-watch.ts'
import { silentLog } from '../../src/main/log.ts'
import { crashRig } from './support.ts'

const DAY_MS = 24 * 60 * 60_000

describe('what is pruned', () => {
  const limits = { most: 3, maxAgeMs: 10, maxBytes: 100, now: 20 }
  const file = (name: string, at: number, bytes = 1) => ({ name, at, bytes })

  test('is too old, too many, or too much, the oldest first', () => {
    expect(planPrune([file('a', 9), file('b', 10), file('c', 20)], limits)).toEqual(['a'])
    const four = [file('d', 14), file('a', 11), file('c', 13), file('b', 12)]
    expect(planPrune(four, limits)).toEqual(['a'])
    expect(planPrune([file('a', 11, 60), file('b', 12, 60)], limits)).toEqual(['a'])
  })

  test('is never what was just written, also after the clock was set back', () => {
    const files = [file('new', 0, 500), file('a', 18), file('b', 19)]
    expect(planPrune(files, { ...limits, keep: 'new' })).not.toContain('new')
  })

  test('leaves no more than the limits allow, whatever lies there', () => {
    const files = fc.uniqueArray(fc.record({ name: fc.uuid(), at: fc.nat(40), bytes: fc.nat(80) }), {
      selector: ({ name }) => name,
    })
    fc.assert(
      fc.property(files, (all) => {
        const gone = new Set(planPrune(all, limits))
        const left = all.filter(({ name }) => !gone.has(name))
        expect(left.length).toBeLessThanOrEqual(3)
        expect(left.every(({ at }) => 20 - at <= 10)).toBe(true)
        expect(left.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('a report on the disk', () => {
  test('is private to the user, and holds what broke without secrets and names', async () => {
    const { crashLog, dir, list } = crashRig()
    const error = new TypeError(
      '“Blue knit” of anna@example.com: postgresql://u:hunter2@db.neon.tech/x\nsk-proj-12345678',
    )
    error.stack = `${error.name}: ${error.message}\n    at act (file:///home/anna/hudson/out/main/index.js:3:4)\n    at C:\\Users\\Anna\\app\\out\\main\\x.js:1:2`
    expect(crashLog.note({ kind: 'uncaught', error, path: '/sessions/01920000-0000-7000-8000-000000000001?q=1' })).toBe(
      true,
    )
    const [name] = readdirSync(dir)
    const path = join(dir, must(name, 'a report'))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    const text = readFileSync(path, 'utf8')
    expect(text).not.toMatch(/hunter2|sk-proj|Blue knit|anna|neon|01920000/i)
    expect(JSON.parse(text)).toMatchObject({
      report: {
        kind: 'uncaught',
        name: 'TypeError',
        path: '/sessions/:id',
        stack: 'at act (out/main/index.js:3:4)\n    at out\\main\\x.js:1:2',
      },
    })
    expect((await list()).items).toMatchObject([{ kind: 'uncaught', count: 1, state: 'kept' }])
  })

  test('counts what breaks again, and a loop cannot push the rest out', async () => {
    const { note, list, clock, crashLog } = crashRig()
    // One place in the code: the same stack.
    for (const _ of Array.from({ length: 3 })) note('again')
    expect((await list()).items).toMatchObject([{ count: 3 }])
    const noted = Array.from({ length: 30 }, (_, n) => note(`other ${n}`)).filter(Boolean)
    expect(noted).toHaveLength(7)
    const page = crashLog.note({ kind: 'page', error: new Error('of a page') })
    expect(page, 'pages have an allowance of their own').toBe(true)
    clock.advance(60 * 60_000 + 1)
    expect(note('an hour later')).toBe(true)
  })

  test('is one of 20 at most', async () => {
    const { note, list, clock } = crashRig()
    for (let n = 0; n < 25; n++) {
      clock.advance(10 * 60_000)
      note(`broke ${n}`)
    }
    const { items } = await list()
    expect(items).toHaveLength(20)
    expect(items[0]?.title).toBe('Error: broke 24')
  })

  test('and a memory image go after 30 days; of images only five stay, private', async () => {
    const { crashes, crashLog, dir, list, clock, note } = crashRig()
    note('old')
    const dumps = join(dir, 'dumps', 'completed')
    mkdirSync(dumps, { recursive: true })
    const now = Date.parse(clock.now())
    for (let n = 0; n < 7; n++) {
      const path = join(dumps, `${n}.dmp`)
      writeFileSync(path, 'memory', { mode: 0o644 })
      utimesSync(path, now / 1000, (now - n * 6 * DAY_MS) / 1000)
    }
    const [report] = readdirSync(dir).filter((name) => name.endsWith('.json'))
    utimesSync(join(dir, must(report, 'a report')), now / 1000, (now - 31 * DAY_MS) / 1000)
    crashes.start()
    expect(await list()).toMatchObject({ items: [], dumps: { count: 5, bytes: 30 } })
    expect(readdirSync(dumps).toSorted()).toEqual(['0.dmp', '1.dmp', '2.dmp', '3.dmp', '4.dmp'])
    expect(statSync(join(dumps, '0.dmp')).mode & 0o777).toBe(0o600)
    expect(crashLog.files.clear()).toBe(5)
    expect(await list()).toMatchObject({ dumps: { count: 0 } })
  })

  test('that is none is left out, and a folder that cannot be written breaks nothing', async () => {
    const { dir, list, note } = crashRig()
    note('one')
    writeFileSync(join(dir, 'strange.json'), '{"report":')
    expect((await list()).items).toHaveLength(1)
    const blocked = crashRig(undefined, join(dir, 'strange.json', 'deeper'))
    expect(blocked.note('nowhere')).toBe(false)
  })
})

test('whatever is thrown is written down, and the process goes on', async () => {
  const { crashLog, list } = crashRig()
  const heard = new Map<string, (error: unknown) => void>()
  watchProcess({ on: (event, listener) => heard.set(event, listener) }, { log: silentLog, crashLog })
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no')
      },
    },
  )
  heard.get('uncaughtException')?.(new RangeError('too far'))
  heard.get('unhandledRejection')?.('a text')
  heard.get('unhandledRejection')?.(hostile)
  const titles = (await list()).items.map(({ kind, title }) => `${kind} ${title}`)
  expect(titles.toSorted()).toEqual([
    'rejection string: a text',
    'rejection unknown: What was thrown cannot be read.',
    'uncaught RangeError: too far',
  ])
})

test('a start that fails leaves a report, but not of what a person is told to mend', async () => {
  const { crashLog, list } = crashRig()
  noteFailedStart(new AppError('busy', 'Hudson already runs on this data folder.'), crashLog)
  noteFailedStart(Object.assign(new Error('no'), { code: 'EACCES' }), crashLog)
  expect((await list()).items).toEqual([])
  noteFailedStart(new Error('nobody foresaw this'), crashLog)
  expect((await list()).items).toMatchObject([{ title: 'Error: nobody foresaw this', kind: 'uncaught' }])
})
