import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { waitAfter } from '../../src/main/crashes/crash-queue.ts'
import { crashRig, fakeSentry } from './support.ts'

describe('without consent', () => {
  test('nothing is loaded, no connection is made, and what broke before stays here for good', async () => {
    const sentry = await fakeSentry()
    const rig = crashRig(sentry.dsn)
    rig.crashes.start()
    rig.note('before')
    rig.clock.advance(24 * 60 * 60_000)
    expect(await rig.list()).toMatchObject({ items: [{ state: 'kept' }], waiting: 0, destination: expect.any(String) })
    expect(rig.loads.count).toBe(0)
    expect(sentry.connections()).toBe(0)
    rig.agree('on')
    rig.note('after')
    await rig.until('sent')
    expect(sentry.envelopes).toHaveLength(1)
    expect(sentry.envelopes[0]?.lines[2]).toContain('"after"')
    const titles = (await rig.list()).items.map(({ title, state }) => `${title} ${state}`)
    expect(titles.toSorted()).toEqual(['Error: after sent', 'Error: before kept'])
  })

  test('also the preview loads nothing', async () => {
    const sentry = await fakeSentry()
    const rig = crashRig(sentry.dsn)
    rig.crashes.start()
    expect(await rig.handlers['crashes.preview']({})).toMatchObject({
      id: null,
      text: expect.stringContaining('9.9.9'),
    })
    expect(rig.loads.count).toBe(0)
  })
})

describe('with consent', () => {
  test('exactly what the preview shows is sent, as an envelope of Sentry', async () => {
    const sentry = await fakeSentry()
    const rig = crashRig(sentry.dsn)
    rig.agree('on')
    rig.note('what “Anna” typed')
    const id = must((await rig.list()).items[0], 'a report').id
    const { text } = await rig.handlers['crashes.preview']({ id })
    rig.crashes.start()
    await rig.until('sent')
    const { url, lines } = must(sentry.envelopes[0], 'an envelope')
    expect(url).toMatch(/^\/api\/42\/envelope\/\?.*sentry_key=publickey/)
    const [head, item, event] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(Object.keys(must(head, 'a head')).toSorted()).toEqual(['event_id', 'sent_at'])
    expect(item).toMatchObject({ type: 'event' })
    expect(event).toEqual(JSON.parse(text))
    expect(lines).toHaveLength(3)
    expect(lines.join()).not.toContain('Anna')
  })

  test('a receiver that has no time is asked later, and not for ever', async () => {
    const sentry = await fakeSentry()
    sentry.answers.push({ status: 429, retryAfter: '600' }, { status: 503 })
    const rig = crashRig(sentry.dsn)
    rig.crashes.start()
    rig.agree('on')
    rig.note('busy')
    await rig.crashes.idle()
    expect(sentry.envelopes).toHaveLength(1)
    rig.clock.advance(599_000)
    await rig.crashes.idle()
    expect(sentry.envelopes).toHaveLength(1)
    rig.clock.advance(1_000)
    await rig.crashes.idle()
    expect(sentry.envelopes).toHaveLength(2)
    rig.clock.advance(5 * 60_000)
    await rig.until('sent')
    expect([1, 2, 3, 4, 5, 6].map((tries) => waitAfter(tries))).toEqual([
      60_000,
      300_000,
      1_800_000,
      10_800_000,
      86_400_000,
      null,
    ])
  })

  test('one that refuses is not asked again; nobody there is back-off, then the end', async () => {
    const sentry = await fakeSentry()
    sentry.answers.push({ status: 403 })
    const rig = crashRig(sentry.dsn)
    rig.crashes.start()
    rig.agree('on')
    rig.note('unwanted')
    await rig.until('refused')
    rig.clock.advance(48 * 60 * 60_000)
    expect(sentry.envelopes).toHaveLength(1)

    const alone = crashRig('http://key@127.0.0.1:1/1')
    alone.crashes.start()
    alone.agree('on')
    alone.note('nobody there')
    for (let day = 0; day < 6; day++) {
      await alone.crashes.idle()
      alone.clock.advance(24 * 60 * 60_000)
    }
    await alone.until('refused')
  })

  test('withdrawn: what is on its way ends, what waits is deleted and said, and nothing more leaves', async () => {
    const sentry = await fakeSentry()
    const rig = crashRig(sentry.dsn)
    rig.crashes.start()
    rig.note('before the consent')
    rig.agree('on')
    const release = sentry.hold()
    rig.note('on its way')
    rig.clock.advance(1)
    rig.note('waits')
    expect(await rig.list()).toMatchObject({ waiting: 2, withdrawn: null })
    rig.agree('off')
    expect(await rig.list()).toMatchObject({
      items: [{ title: 'Error: before the consent', state: 'kept' }],
      waiting: 0,
      withdrawn: 2,
    })
    release()
    await rig.crashes.idle()
    const sent = sentry.envelopes.length
    rig.note('after')
    rig.clock.advance(48 * 60 * 60_000)
    await rig.crashes.idle()
    expect(sentry.envelopes).toHaveLength(sent)
    expect(readdirSync(rig.dir)).toHaveLength(2)
  })

  test('a start without consent deletes what waited', async () => {
    const rig = crashRig('http://key@127.0.0.1:1/1')
    rig.agree('on')
    rig.note('waits')
    expect(await rig.list()).toMatchObject({ waiting: 1 })
    const next = crashRig('http://key@127.0.0.1:1/1', rig.dir)
    next.crashes.start()
    expect(await next.list()).toMatchObject({ items: [], waiting: 0 })
  })
})

test.each([undefined, 'http://key@sentry.example/1', 'https://sentry.example/1', 'ftp://key@127.0.0.1/1'])(
  'an address that may not be used sends nowhere: %s',
  async (dsn) => {
    const rig = crashRig(dsn)
    rig.crashes.start()
    rig.agree('on')
    rig.note('stays')
    expect(await rig.list()).toMatchObject({ destination: null, waiting: 0, items: [{ state: 'kept' }] })
    expect(rig.loads.count).toBe(0)
  },
)
