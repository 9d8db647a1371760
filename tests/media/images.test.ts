import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { v7 as uuid } from 'uuid'
import { imagesOfProducts } from '../../src/main/db/product-images.ts'
import { mediaCore, product } from '../support/media.ts'
import { gif, png, webp } from '../support/pictures.ts'

function start(fields: Parameters<typeof product>[1] = {}) {
  const core = mediaCore()
  const productId = product(core, fields)
  const file = (name: string, content: Buffer | string): string => {
    const path = join(core.dir, name)
    writeFileSync(path, content)
    return path
  }
  let width = 0
  /** Adds a picture unlike all others and answers its id. */
  const add = async (alt?: string): Promise<string> => {
    width += 1
    const path = file(`${width}.png`, png(width, 1))
    return (await core.images['images.add']({ productId, path, ...(alt !== undefined && { alt }) })).id
  }
  const list = () => imagesOfProducts(core.db, [productId]).get(productId) ?? []
  const ids = () => list().map((image) => image.id)
  const overridden = () => core.db.statement('SELECT overridden FROM products WHERE id = ?').pluck().get(productId)
  return { ...core, productId, file, add, list, ids, overridden }
}

test('a picture from a file is here at once; the first of a product is its primary one', async () => {
  const { images, productId, file, list } = start()
  const first = await images['images.add']({ productId, path: file('a.png', png(8, 5)), alt: ' Front ' })
  expect(first).toMatchObject({
    state: 'ready',
    width: 8,
    height: 5,
    alt: 'Front',
    position: 1,
    primary: true,
    url: null,
  })
  const second = await images['images.add']({ productId, path: file('b.webp', webp()) })
  expect(second).toMatchObject({ position: 2, primary: false, alt: '' })
  expect(list()).toEqual([first, second])
})

test('a picture from an upload is taken by its id', async () => {
  const { images, productId, uploads } = start()
  const { uploadId } = await uploads.receive(Readable.from([gif()]))
  expect(await images['images.add']({ productId, uploadId })).toMatchObject({
    state: 'ready',
    src: expect.stringMatching(/\.gif$/),
  })
})

test('the name of the file is shown nowhere and leads nowhere', async () => {
  const { images, productId, file, mediaDir } = start()
  await images['images.add']({
    productId,
    path: file('<img src=x onerror=alert(1)>.png'.replaceAll('/', ''), png(2, 2)),
  })
  expect(readdirSync(mediaDir)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.png$/)])
})

test.each([
  ['text with the ending of a picture', 'hello', 'not a picture'],
  ['an SVG with a script', '<svg><script>alert(1)</script></svg>', 'SVG'],
  ['a cut-off picture', png(40, 40).subarray(0, 50), 'cut off'],
  ['a file over 20 MB', Buffer.alloc(20 * 1024 * 1024 + 1), 'larger than 20 MB'],
])('%s is refused with the reason, and nothing is written', async (_name, content, reason) => {
  const { images, productId, file, list } = start()
  await expect(images['images.add']({ productId, path: file('x.png', content) })).rejects.toMatchObject({
    code: 'bad-call',
    message: expect.stringContaining(reason),
  })
  expect(list()).toEqual([])
})

test('a file that is gone, a folder and a product that is gone are told apart, without a path', async () => {
  const { images, productId, dir, file } = start()
  const gone = join(dir, 'nowhere.png')
  await expect(images['images.add']({ productId, path: gone })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.not.stringContaining('nowhere'),
  })
  mkdirSync(join(dir, 'folder'))
  await expect(images['images.add']({ productId, path: join(dir, 'folder') })).rejects.toMatchObject({
    code: 'bad-call',
  })
  await expect(images['images.add']({ productId: uuid(), path: file('a.png', png(1, 1)) })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('product'),
  })
})

test.each([
  {},
  { url: 'https://a.example/x.png', uploadId: uuid() },
  { url: 'ftp://a.example/x.png' },
  { url: 'file:///etc/passwd' },
])('exactly one source of a picture, and only the web: %j', async (source) => {
  const { images, productId } = start()
  await expect(images['images.add']({ productId, ...source })).rejects.toMatchObject({
    code: 'bad-call',
    fields: { url: expect.any(String) },
  })
})

test('a product takes 50 pictures and no more', async () => {
  const { images, productId, list } = start()
  for (let n = 0; n < 50; n += 1) await images['images.add']({ productId, url: `https://pictures.example/${n}.png` })
  await expect(images['images.add']({ productId, url: 'https://pictures.example/51.png' })).rejects.toThrow(
    '50 pictures',
  )
  expect(list()).toHaveLength(50)
})

test('a person’s alt text is kept as theirs, and undo brings the old one back', async () => {
  const { images, add, list, db, history } = start()
  const id = await add()
  await images['images.update']({ id, alt: 'Ring <b>on</b> a hand' })
  expect(list()[0]?.alt).toBe('Ring <b>on</b> a hand')
  expect(db.statement('SELECT alt_by_person AS own FROM product_images').get()).toEqual({ own: 1 })
  history.undo('products')
  expect(list()[0]?.alt).toBe('')
  expect(db.statement('SELECT alt_by_person AS own FROM product_images').get()).toEqual({ own: 0 })
})

test('exactly one picture is primary; choosing it is noted for a product of Shopify’s only', async () => {
  const shop = start({ source: 'shopify', overridden: '["name"]' })
  const [, second] = [await shop.add(), await shop.add()]
  await shop.images['images.update']({ id: second, primary: true })
  expect(shop.list().map((image) => image.primary)).toEqual([false, true])
  expect(shop.overridden()).toBe('["name","images.primary"]')
  const manual = start()
  const [, other] = [await manual.add(), await manual.add()]
  await manual.images['images.update']({ id: other, primary: true })
  expect(manual.overridden()).toBe('[]')
})

test('pictures move behind another or to the front, numbered anew, and undo puts them back', async () => {
  const { images, add, ids, list, history, overridden } = start({ source: 'shopify' })
  const [a, b, c] = [await add(), await add(), await add()]
  await images['images.move']({ id: a, after: c })
  expect(ids()).toEqual([b, c, a])
  await images['images.move']({ id: c, after: null })
  expect(ids()).toEqual([c, b, a])
  await images['images.move']({ id: c, after: c })
  expect(list().map((image) => image.position)).toEqual([1, 2, 3])
  expect(overridden()).toBe('["images.order"]')
  history.undo('products')
  history.undo('products')
  expect(ids()).toEqual([a, b, c])
})

test('a picture cannot move behind one of another product', async () => {
  const { images, add, ids, writer, ...core } = start()
  const id = await add()
  const other = product({ writer })
  const stranger = await images['images.add']({ productId: other, url: 'https://a.example/x.png' })
  await expect(async () => images['images.move']({ id, after: stranger.id })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(ids()).toEqual([id])
  expect(core.overridden()).toBe('[]')
})

test('removing the primary picture hands on the place; undo brings it back, ready, without a fetch', async () => {
  const { images, add, list, ids, history, media } = start()
  const [first, second] = [await add(), await add()]
  const { undoId } = await images['images.remove']({ id: first })
  expect(list()).toMatchObject([{ id: second, primary: true }])
  history.undo('products', undoId)
  expect(ids()).toEqual([first, second])
  expect(list()).toMatchObject([
    { primary: true, state: 'ready' },
    { primary: false, state: 'ready' },
  ])
  await media.idle()
})

test('calls on a picture that is gone say so', async () => {
  const { images } = start()
  const id = uuid()
  for (const call of [
    () => images['images.update']({ id, alt: 'x' }),
    () => images['images.update']({ id }),
    () => images['images.update']({ id, primary: true }),
    () => images['images.move']({ id, after: null }),
    () => images['images.remove']({ id }),
    () => images['images.retry']({ id }),
  ]) {
    await expect(async () => call()).rejects.toMatchObject({ code: 'not-found' })
  }
})

test('the status counts what is here, waits and failed; a file that is nowhere counts as failed', async () => {
  const { images, add, productId, db } = start()
  expect(await images['images.status']({})).toEqual({ ready: 0, waiting: 0, failed: 0 })
  const lost = await add()
  await add()
  await images['images.add']({ productId, url: 'https://pictures.example/a.png' })
  db.statement('DELETE FROM media_files WHERE image_id = ?').run(lost)
  expect(await images['images.status']({})).toEqual({ ready: 1, waiting: 1, failed: 1 })
  await expect(async () => images['images.retry']({ id: lost })).rejects.toThrow('Add the file again')
})
