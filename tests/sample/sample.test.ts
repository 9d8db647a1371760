import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MessageColor } from '#shared/live.ts'
import { imagesOfProducts } from '../../src/main/db/product-images.ts'
import { createSample } from '../../src/main/sample/sample.ts'
import { mediaCore } from '../support/media.ts'

const tables = [
  'brands',
  'products',
  'product_variants',
  'product_images',
  'sessions',
  'session_products',
  'talking_points',
  'message_presets',
  'media_files',
]

function sampleCore() {
  const core = mediaCore()
  const { db, writer, media } = core
  const load = async () => createSample({ db, writer, media })['sample.load']({})
  const all = (sql: string) => db.statement(sql).all() as Record<string, string & number>[]
  const dump = () => tables.map((table) => all(`SELECT * FROM ${table}`))
  return { ...core, load, all, dump }
}

test('brings a brand with products, pictures that are here, texts, presets and two sessions', async () => {
  const { load, all, db, mediaDir } = sampleCore()
  const { products, sessions } = await load()
  expect(products).toBe(27)
  expect(sessions).toHaveLength(2)
  const ids = all('SELECT id FROM products').map((row) => String(row['id']))
  const images = [...imagesOfProducts(db, ids).values()]
  expect(images).toHaveLength(27)
  for (const image of images.flat()) {
    expect(image).toMatchObject({
      state: 'ready',
      width: 1000,
      height: 1250,
      url: null,
      alt: expect.stringMatching(/\w+ \w+/),
    })
    expect(existsSync(join(mediaDir, String(image.src).replace('/media/', '')))).toBe(true)
  }
  expect(images.every((list) => list.filter((image) => image.primary).length === 1)).toBe(true)
  expect(all('SELECT count(*) AS n FROM products WHERE compare_at_price_cents <= price_cents')).toEqual([{ n: 0 }])
  expect(
    all('SELECT count(*) AS n FROM products WHERE compare_at_price_cents > price_cents')[0]?.['n'],
  ).toBeGreaterThan(5)
  expect(all('SELECT color FROM message_presets').every((row) => MessageColor.safeParse(row['color']).success)).toBe(
    true,
  )
})

test('talking points are four to six of at most 80 characters; exactly two products wait for theirs', async () => {
  const { load, all } = sampleCore()
  await load()
  const texts = all('SELECT talking_points_md AS text FROM products').map((row) => String(row['text']))
  const written = texts.filter((text) => text !== '')
  expect(texts.length - written.length).toBe(2)
  for (const text of written) {
    const points = text.split('\n')
    expect(points.length).toBeGreaterThanOrEqual(4)
    expect(points.length).toBeLessThanOrEqual(6)
    for (const point of points) expect(point.replaceAll('**', '').slice(2).length).toBeLessThanOrEqual(80)
  }
  expect(
    all('SELECT p.id FROM products p JOIN talking_points t ON t.product_id = p.id AND t.text = p.talking_points_md'),
  ).toHaveLength(written.length)
})

test('one session is ready with 24 items in the future, the other a draft with sections, an override and a skip', async () => {
  const { load, all, clock } = sampleCore()
  const { sessions } = await load()
  const rows = all(
    'SELECT id, status, scheduled_at, (SELECT count(*) FROM session_products WHERE session_id = sessions.id) AS n FROM sessions',
  )
  const [ready, draft] = sessions.map((id) => rows.find((row) => row['id'] === id))
  expect(ready).toMatchObject({ status: 'ready', n: 24 })
  expect(String(ready?.['scheduled_at']) > clock.now()).toBe(true)
  expect(draft).toMatchObject({ status: 'draft', n: 14 })
  const items = all(
    `SELECT section, skip, override_price_cents AS price FROM session_products WHERE session_id = '${sessions[1]}' ORDER BY order_key`,
  )
  expect(new Set(items.map((item) => item['section'])).size).toBe(3)
  expect(items.filter((item) => item['skip'] === 1)).toHaveLength(1)
  expect(items.filter((item) => item['price'] !== null)).toHaveLength(1)
})

test('loading again changes nothing, and announces nothing', async () => {
  const { load, dump, changed, clock } = sampleCore()
  const first = await load()
  const before = dump()
  changed.length = 0
  clock.advance(90_000)
  expect(await load()).toEqual(first)
  expect(dump()).toEqual(before)
  expect(changed).toEqual([])
})

test('ids are the same on another machine', async () => {
  const [one, other] = [sampleCore(), sampleCore()]
  expect(await one.load()).toEqual(await other.load())
  expect(one.dump()).toEqual(other.dump())
})

test('what was edited or deleted stays so when it is loaded again', async () => {
  const { load, all, writer } = sampleCore()
  const { sessions } = await load()
  const [item] = all(`SELECT id FROM session_products WHERE session_id = '${sessions[1]}'`)
  const [product] = all("SELECT id FROM products WHERE sku = 'TW-D903'")
  writer.transact((tx) => {
    tx.remove('session_products', String(item?.['id']))
    tx.update('products', String(product?.['id']), { name: 'Mine' })
  })
  await load()
  expect(all(`SELECT id FROM session_products WHERE session_id = '${sessions[1]}'`)).toHaveLength(13)
  expect(all("SELECT name FROM products WHERE sku = 'TW-D903'")).toEqual([{ name: 'Mine' }])
})

test('pictures whose files were lost come back', async () => {
  const { load, all, media, mediaDir, again } = sampleCore()
  await load()
  rmSync(mediaDir, { recursive: true })
  await media[Symbol.asyncDispose]()
  const next = again()
  next.media.start()
  await next.media.idle()
  expect(all("SELECT count(*) AS n FROM media_files WHERE state = 'ready'")).toEqual([{ n: 0 }])
  const { db, writer } = next
  await createSample({ db, writer, media: next.media })['sample.load']({})
  const ready = all("SELECT file FROM media_files WHERE state = 'ready'")
  expect(ready).toHaveLength(50)
  expect(ready.every((row) => existsSync(join(mediaDir, String(row['file']))))).toBe(true)
})
