import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { MediaSettings } from '#shared/media.ts'
import { must } from '#shared/must.ts'
import { productImage } from '../../src/main/db/product-images.ts'
import type { SessionRow } from '../../src/main/db/schema.ts'
import { createMediaCache } from '../../src/main/media/cache-handlers.ts'
import { idle } from '../sessions/support.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { hangs, imageHost, sends } from '../support/image-host.ts'
import { mediaCore, product } from '../support/media.ts'
import { png } from '../support/pictures.ts'

const DAY_MS = 24 * 60 * 60_000

async function start(set: Partial<MediaSettings> = {}) {
  const host = await imageHost()
  onTestFinished(() => host[Symbol.asyncDispose]())
  const limits = { capMb: 500, keepDays: 7, ...set }
  const core = mediaCore({ limits })
  const cache = createMediaCache({ media: core.media })
  core.media.start()
  await core.media.idle()
  const sides = { next: 1 }
  const fetched = async (productId = product(core)) => {
    const side = (sides.next += 1)
    const path = `/${side}.png`
    const { id } = await core.images['images.add']({ productId, url: host.on(path, sends(png(side, 1))) })
    await core.media.idle()
    return { id, productId, path }
  }
  const make = catalogue(core)
  const session = (fields: Partial<SessionRow>, ...productIds: readonly string[]): string => {
    const id = make.session(fields)
    for (const productId of productIds) make.item(id, productId, { order_key: 'a0' })
    return id
  }
  /** Lets days pass, for the files too. */
  const pass = async (days: number): Promise<void> => {
    const old = Date.parse(core.clock.now()) / 1000 - 1
    for (const file of readdirSync(core.mediaDir)) utimesSync(join(core.mediaDir, file), old, old)
    core.clock.advance(days * DAY_MS)
    await core.media.idle()
  }
  const src = (id: string): string | null => productImage(core.db, id)?.src ?? null
  const nameOf = (id: string): string => must(src(id), 'a file').replace('/media/', '')
  const isHere = (id: string): boolean => src(id) !== null && existsSync(join(core.mediaDir, nameOf(id)))
  return { ...core, ...cache, host, limits, fetched, session, pass, src, nameOf, isHere }
}

test('what nobody looked at for a week goes; what was loaded stays, over a restart too', async () => {
  const { fetched, pass, isHere, media, nameOf, again, clock } = await start()
  const [unseen, seen] = [await fetched(), await fetched()]
  await pass(4)
  expect(media.read(nameOf(seen.id))).not.toBeNull()
  await media[Symbol.asyncDispose]()
  const next = again()
  next.media.start()
  clock.advance(4 * DAY_MS)
  await next.media.idle()
  expect([isHere(unseen.id), isHere(seen.id)]).toEqual([false, true])
})

test('a picture that is away comes back when a page asks for it, once for several that ask', async () => {
  const { fetched, pass, isHere, media, nameOf, host } = await start()
  const { id, path } = await fetched()
  await pass(8)
  expect(isHere(id)).toBe(false)
  const name = nameOf(id)
  const [one, other] = await Promise.all([media.open(name), media.open(name)])
  expect(one?.contentType).toBe('image/png')
  expect(other).toEqual(one)
  expect(host.hits(path)).toBe(2)
  await media.idle()
  expect(isHere(id)).toBe(true)
})

test('a page waits for it three seconds, not longer', async () => {
  const { fetched, pass, media, nameOf, host, clock, src } = await start()
  const { id, path } = await fetched()
  await pass(8)
  const name = nameOf(id)
  host.on(path, hangs)
  const asked = host.asked(path)
  const opened = media.open(name)
  await asked
  clock.advance(3_000)
  expect(await opened).toBeNull()
  expect(src(id)).toBeNull()
})

test('stays: what no address gives back, what undo brings back, and what sessions need soon', async () => {
  const { dir, images, fetched, session, pass, isHere, clock, history, ...core } = await start()
  const own = product({ writer: core.writer })
  const path = join(dir, 'own.png')
  writeFileSync(path, png(99, 1))
  const upload = await images['images.add']({ productId: own, path })
  const [removed, ready, soon, late, opened, none] = [
    await fetched(),
    await fetched(),
    await fetched(),
    await fetched(),
    await fetched(),
    await fetched(),
  ]
  const { undoId } = await images['images.remove']({ id: removed.id })
  session({ status: 'ready' }, ready.productId)
  const inDays = (days: number): string => new Date(Date.parse(clock.now()) + days * DAY_MS).toISOString()
  session({ scheduled_at: inDays(12) }, soon.productId)
  session({ scheduled_at: inDays(40) }, late.productId)
  await pass(7)
  const at = session({}, opened.productId)
  await core['media.prefetch']({ sessionId: at })
  await pass(1)
  history.undo('products', undoId)
  const ids = [upload.id, removed.id, ready.id, soon.id, opened.id, late.id, none.id]
  expect(ids.map(isHere)).toEqual([true, true, true, true, true, false, false])
  // What has come near is fetched before anybody asks.
  await pass(30)
  expect(isHere(late.id)).toBe(true)
})

test('nothing goes while a show is on', async () => {
  const { fetched, session, pass, isHere, writer } = await start()
  const shown = await fetched()
  const other = await fetched()
  const id = session({ status: 'live' }, shown.productId)
  const set = (mode: 'live' | 'off'): void => writer.transact((tx) => void tx.update('session_states', id, { mode }))
  writer.transact((tx) => tx.insert('session_states', { ...idle, id, mode: 'live', guard: 1, current_item_id: null }))
  await pass(9)
  expect(isHere(other.id)).toBe(true)
  set('off')
  await pass(1)
  expect([isHere(shown.id), isHere(other.id)]).toEqual([true, false])
})

test('beyond the cap only first pictures and those that were asked for are fetched; the rest gives way', async () => {
  const size = png(2, 1).length
  const { fetched, pass, isHere, limits, src, images, ...core } = await start()
  const first = await fetched()
  limits.capMb = (size * 1.1) / 1_000_000
  const further = await fetched(first.productId)
  expect(src(further.id)).toBeNull()
  expect(await core['media.status']({})).toMatchObject({ ready: 1, total: 2, bytes: size })
  expect(await images['images.status']({})).toEqual({ ready: 1, waiting: 0, failed: 0 })
  await core['media.prefetch']({ productId: first.productId })
  await core.media.idle()
  expect(isHere(further.id)).toBe(true)
  await pass(0.1)
  // Both were asked for; the one that was fetched longer ago is missed less.
  expect([isHere(first.id), isHere(further.id)]).toEqual([false, true])
})

test('what is missing comes back as far as there is room', async () => {
  const { fetched, pass, isHere, limits, ...core } = await start()
  const one = await fetched()
  const other = await fetched()
  await pass(8)
  const [away] = [await core['media.status']({})]
  expect(away).toEqual({ ready: 0, total: 2, bytes: 0, capBytes: 500_000_000 })
  limits.capMb = (png(2, 1).length * 1.5) / 0.85 / 1_000_000
  await core['media.prefetch']({})
  await core.media.idle()
  expect([isHere(one.id), isHere(other.id)].filter(Boolean)).toHaveLength(1)
  limits.capMb = 500
  await core['media.prefetch']({})
  await core.media.idle()
  expect([isHere(one.id), isHere(other.id)]).toEqual([true, true])
})

test('a session’s pictures are counted, and fetched before all others', async () => {
  const { session, host, images, media, ...core } = await start()
  const [theirs, others] = [product(core), product(core)]
  const order: string[] = []
  const add = async (productId: string, path: string): Promise<void> => {
    const url = host.on(path, (response, request) => {
      order.push(path)
      sends(png(order.length + 50, 1))(response, request)
    })
    await images['images.add']({ productId, url })
  }
  await media[Symbol.asyncDispose]()
  for (let n = 0; n < 6; n += 1) await add(others, `/others-${n}`)
  for (let n = 0; n < 3; n += 1) await add(theirs, `/theirs-${n}`)
  const id = session({}, theirs)
  const next = core.again()
  const cache = createMediaCache({ media: next.media })
  expect(await cache['media.prefetch']({ sessionId: id })).toMatchObject({ ready: 0, total: 3 })
  next.media.start()
  await next.media.idle()
  expect(order.slice(0, 3).toSorted()).toEqual(['/theirs-0', '/theirs-1', '/theirs-2'])
  expect(await cache['media.status']({ sessionId: id })).toMatchObject({ ready: 3, total: 3 })
})
