import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Input, Name, Output } from '../../src/shared/contract.ts'
import { unwrap } from '../../src/shared/reply.ts'
import type { Reply } from '../../src/shared/reply.ts'
import { createApp } from '../../src/main/app.ts'
import { readConfig } from '../../src/main/config.ts'
import { openDb } from '../../src/main/db/open.ts'
import { Writer } from '../../src/main/db/write.ts'
import { silentLog } from '../../src/main/log.ts'
import { FakeClock } from '../support/core.ts'
import { catalogue } from './catalogue.ts'

/** The whole core on a data dir of its own, called by name, every answer checked against the contract. */
function openApp() {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-sessions-'))
  const config = readConfig({ env: { HUDSON_DEV: '1' }, runtime: 'studio', dataDir: dir })
  const clock = new FakeClock()
  const app = createApp(config, { log: silentLog, clock, fetch })
  const changed: string[] = []
  app.events.on('changed', ({ feature }) => changed.push(feature))
  return {
    changed,
    /** Products P1, P2, … with SKU-1, SKU-2, …, brought by a connection of their own. */
    fill: (count: number): void => {
      using db = openDb(config.dbPath)
      const make = catalogue({ db, clock, writer: new Writer(db, clock) })
      for (let index = 1; index <= count; index++) make.product({ name: `P${index}`, sku: `SKU-${index}` })
    },
    reply: (name: Name, input: unknown) => app.dispatch(name, input),
    call: async <N extends Name>(name: N, input: Input<N>): Promise<Output<N>> =>
      unwrap((await app.dispatch(name, input)) as Reply<Output<N>>),
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}

async function withProducts(app: ReturnType<typeof openApp>, count: number): Promise<string> {
  app.fill(count)
  const { id } = await app.call('sessions.create', { name: 'Friday' })
  await app.call('lineup.paste', {
    sessionId: id,
    text: Array.from({ length: count }, (_, index) => `SKU-${index + 1}`).join(),
  })
  return id
}

test('a show freezes the numbers, and its guard holds until it ends', async () => {
  await using app = openApp()
  const id = await withProducts(app, 4)
  const items = (await app.call('sessions.get', { id })).items.map((item) => item.id)
  await app.call('live.start', { sessionId: id, mode: 'live' })
  const refused = async (name: Name, input: unknown) =>
    expect(await app.reply(name, input)).toMatchObject({ error: { code: 'conflict' } })
  await refused('lineup.remove', { itemIds: items.slice(0, 2) })
  await refused('lineup.renumber', { sessionId: id })
  await refused('sessions.delete', { id })
  await refused('history.undo', { scope: `session:${id}` })
  await app.call('lineup.remove', { itemId: items[1] ?? '' })
  expect((await app.call('sessions.get', { id })).items.map((item) => item.number)).toEqual([1, 3, 4])
  await app.call('live.goto', { sessionId: id, number: 4 })
  await app.call('live.end', { sessionId: id })
  await app.call('lineup.renumber', { sessionId: id })
  expect((await app.call('sessions.get', { id })).items.map((item) => item.number)).toEqual([1, 2, 3])
})

test('deleting a session after its show and undoing that brings its place back', async () => {
  await using app = openApp()
  const id = await withProducts(app, 3)
  await app.call('live.start', { sessionId: id, mode: 'rehearsal' })
  await app.call('live.goto', { sessionId: id, number: 2 })
  await app.call('live.end', { sessionId: id })
  const { undoId } = await app.call('sessions.delete', { id })
  expect(await app.reply('sessions.get', { id })).toMatchObject({ error: { code: 'not-found' } })
  await app.call('history.undo', { scope: 'sessions', id: undoId })
  expect((await app.call('sessions.get', { id })).items.map((item) => item.name)).toEqual(['P1', 'P2', 'P3'])
  expect(await app.call('live.state', { sessionId: id })).toMatchObject({ mode: 'off', total: 3 })
})

test('an edit, its undo and its redo announce the sessions and the history', async () => {
  await using app = openApp()
  const id = await withProducts(app, 2)
  const item = (await app.call('sessions.get', { id })).items[0]
  const scope = `session:${id}`
  for (const edit of [
    () => app.call('lineup.update', { itemId: item?.id ?? '', patch: { skip: true } }),
    () => app.call('history.undo', { scope }),
    () => app.call('history.redo', { scope }),
  ]) {
    app.changed.length = 0
    await edit()
    expect(app.changed).toEqual(expect.arrayContaining(['sessions', 'history']))
  }
  expect(await app.reply('history.state', { scope: 'anything' })).toMatchObject({ error: { code: 'bad-call' } })
})

test('talking points saved for a product show in the line-ups that use it', async () => {
  await using app = openApp()
  const id = await withProducts(app, 1)
  const productId = (await app.call('sessions.get', { id })).items[0]?.productId ?? ''
  await app.call('points.save', { productId, text: '- 18 carat' })
  expect((await app.call('sessions.get', { id })).items[0]?.talkingPointsMd).toBe('- 18 carat')
})
