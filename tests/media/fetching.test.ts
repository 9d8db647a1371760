import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { must } from '#shared/must.ts'
import { productImage } from '../../src/main/db/product-images.ts'
import { breaksOff, hangs, imageHost, sends, status, streamsForever } from '../support/image-host.ts'
import { mediaCore, product } from '../support/media.ts'
import { gif, jpeg, png, pngClaiming, webp } from '../support/pictures.ts'

async function start() {
  const host = await imageHost()
  onTestFinished(() => host[Symbol.asyncDispose]())
  const core = mediaCore()
  const productId = product(core)
  core.media.start()
  await core.media.idle()
  const add = async (url: string): Promise<string> => (await core.images['images.add']({ productId, url })).id
  const image = (id: string) => must(productImage(core.db, id), 'the image')
  /** Lets time pass, in steps that are shorter than a request's deadline. */
  const pass = async (minutes: number): Promise<void> => {
    for (let step = 0; step < minutes * 3; step += 1) {
      core.clock.advance(20_000)
      await core.media.idle()
    }
  }
  return { ...core, host, productId, add, image, pass }
}

test('a picture that a product names is fetched, stored by its content and shown with its size', async () => {
  const { host, add, image, media, mediaDir, changed, events } = await start()
  const heard: string[] = []
  events.on('changed', ({ feature }) => heard.push(feature))
  const content = png(4, 3)
  const id = await add(host.on('/a.png', sends(content)))
  expect(image(id)).toMatchObject({ state: 'waiting', src: null, primary: true })
  await media.idle()
  const ready = image(id)
  expect(ready).toMatchObject({ state: 'ready', width: 4, height: 3, problem: null })
  const file = must(ready.src, 'a src').replace('/media/', '')
  expect(file).toMatch(/^[0-9a-f]{64}\.png$/)
  expect(readFileSync(join(mediaDir, file))).toEqual(content)
  expect(media.read(file)).toEqual({ path: join(mediaDir, file), contentType: 'image/png' })
  expect(heard.slice(-5)).toEqual(['products', 'sessions', 'images', 'media', 'live'])
  expect(changed).toContain('images')
})

test.each([
  ['jpg', sends(jpeg(), 'image/png')],
  ['webp', sends(webp(), 'text/plain')],
  ['gif', sends(gif(), '')],
])('the content counts, not what the server says of a %s', async (ending, answer) => {
  const { host, add, image, media } = await start()
  const id = await add(host.on('/x', answer))
  await media.idle()
  expect(image(id)).toMatchObject({ state: 'ready', src: expect.stringMatching(new RegExp(`\\.${ending}$`)) })
})

test.each([
  ['404', status(404), 'The address answers 404'],
  ['410', status(410), 'The address answers 410'],
  ['HTML with the type of a picture', sends('<!doctype html><p>Not here</p>'), 'it looks like a web page'],
  ['text', sends('hello'), 'This is not a picture (it looks like text)'],
  ['an SVG with a script', sends('<svg><script>alert(1)</script></svg>', 'image/svg+xml'), 'it looks like an SVG'],
  ['nothing', sends(''), 'an empty file'],
  ['a cut-off PNG', sends(png(30, 30).subarray(0, 60)), 'cut off'],
  ['a cut-off JPEG', sends(jpeg().subarray(0, 100)), 'cut off'],
  ['a cut-off WebP', sends(webp().subarray(0, 30)), 'cut off'],
  ['a bomb by its sides', sends(pngClaiming(100_000, 10)), 'too large to show'],
  ['a bomb by its area', sends(pngClaiming(11_000, 11_000)), 'too large to show'],
  [
    'a length over 20 MB',
    (response: ServerResponse) => response.writeHead(200, { 'content-length': 21 * 1024 * 1024 }).write('x'),
    'larger than 20 MB',
  ],
  ['a stream without an end', streamsForever(png(2, 2)), 'larger than 20 MB'],
] as const)('%s is refused for good, in words, and nothing is kept', async (_name, answer, problem) => {
  const { host, add, image, media, mediaDir, clock } = await start()
  const id = await add(host.on('/bad', answer))
  await media.idle()
  expect(image(id)).toMatchObject({ state: 'failed', src: null, problem: expect.stringContaining(problem) })
  expect(existsSync(mediaDir) ? readdirSync(mediaDir) : []).toEqual([])
  clock.advance(24 * 60 * 60 * 1000)
  await media.idle()
  expect(host.hits('/bad')).toBe(1)
})

test.each([
  ['a server error', status(500)],
  ['a broken connection', breaksOff(png(50, 50))],
])('%s is tried again after a while and then works', async (_name, first) => {
  const { host, add, image, media, clock } = await start()
  const id = await add(host.on('/a', first, sends(png(2, 2))))
  await media.idle()
  expect(image(id)).toMatchObject({ state: 'waiting', problem: null })
  clock.advance(1_000)
  await media.idle()
  expect(host.hits('/a')).toBe(1)
  clock.advance(5_000)
  await media.idle()
  expect(image(id)).toMatchObject({ state: 'ready' })
})

test('a server that keeps failing shows as failed, is tried on, and recovers', async () => {
  const { host, add, image, pass } = await start()
  const id = await add(host.on('/a', status(500)))
  await pass(1)
  expect(image(id).state).toBe('waiting')
  await pass(10)
  expect(image(id)).toMatchObject({ state: 'failed', problem: 'The address answers 500' })
  host.on('/a', sends(png(2, 2)))
  await pass(10)
  expect(image(id)).toMatchObject({ state: 'ready', problem: null })
})

test('a server that does not answer is given up after 30 seconds and tried again', async () => {
  const { host, add, image, media, clock } = await start()
  const asked = host.asked('/slow')
  const id = await add(host.on('/slow', hangs, sends(png(2, 2))))
  await asked
  clock.advance(30_000)
  await media.idle()
  expect(image(id).state).toBe('waiting')
  clock.advance(10_000)
  await media.idle()
  expect(image(id).state).toBe('ready')
})

test('429 pauses the whole server for as long as it asks', async () => {
  const { host, add, media, clock, image } = await start()
  const first = await add(host.on('/1', status(429, { 'retry-after': '120' }), sends(png(1, 1))))
  await media.idle()
  const others = host.on('/2', sends(png(2, 2)))
  const second = await add(others)
  await media.idle()
  clock.advance(60_000)
  await media.idle()
  expect(host.hits('/1')).toBe(1)
  clock.advance(60_000)
  await media.idle()
  expect([image(first).state, image(second).state]).toEqual(['ready', 'ready'])
})

test('a pause until a date is kept, one of a year is taken for an hour', async () => {
  const { host, add, clock, media, pass } = await start()
  const at = new Date(Date.parse(clock.now()) + 10 * 60 * 1000).toUTCString()
  await add(host.on('/dated', status(503, { 'retry-after': at })))
  await media.idle()
  await pass(9)
  expect(host.hits('/dated')).toBe(1)
  await pass(1)
  expect(host.hits('/dated')).toBe(2)
  const other = await imageHost()
  onTestFinished(() => other[Symbol.asyncDispose]())
  await add(other.on('/year', status(429, { 'retry-after': '31536000' })))
  await media.idle()
  await pass(60)
  expect(other.hits('/year')).toBe(2)
})

test('redirects are followed to the fifth, a loop and another scheme are refused', async () => {
  const { host, add, image, media } = await start()
  for (let n = 1; n <= 5; n += 1) host.on(`/r${n}`, status(302, { location: `r${n - 1}` }))
  host.on('/r0', sends(png(2, 2)))
  host.on('/loop', status(301, { location: '/loop' }))
  host.on('/file', status(302, { location: 'file:///etc/passwd' }))
  const [good, loop, file] = [await add(`${host.url}/r5`), await add(`${host.url}/loop`), await add(`${host.url}/file`)]
  await media.idle()
  expect(image(good).state).toBe('ready')
  expect(image(loop)).toMatchObject({ state: 'failed', problem: expect.stringContaining('without end') })
  expect(host.hits('/loop')).toBe(6)
  expect(image(file)).toMatchObject({ state: 'failed', problem: expect.stringContaining('not one of the web') })
})

test('an address that several pictures name is fetched once, also when it comes again later', async () => {
  const { host, add, image, media } = await start()
  const url = host.on('/same', sends(png(2, 2)))
  const ids = [await add(url), await add(url), await add(url)]
  await media.idle()
  ids.push(await add(url))
  await media.idle()
  expect(ids.map((id) => image(id).state)).toEqual(['ready', 'ready', 'ready', 'ready'])
  expect(host.hits('/same')).toBe(1)
})

test('at most four requests are open at once, and all are served', async () => {
  const { host, add, image, media } = await start()
  const ids: string[] = []
  for (let n = 0; n < 20; n += 1)
    ids.push(
      await add(host.on(`/${n}`, (response) => setImmediate(() => sends(png(n + 1, 1))(response, response.req)))),
    )
  await media.idle()
  expect(new Set(ids.map((id) => image(id).state))).toEqual(new Set(['ready']))
  expect(host.peak).toBeLessThanOrEqual(4)
})

test('what was under way when the app ended is fetched after the next start', async () => {
  const { host, add, image, media, again } = await start()
  const missing = await add(host.on('/missing', status(404)))
  await media.idle()
  const asked = host.asked('/slow')
  const id = await add(host.on('/slow', hangs, sends(png(2, 2))))
  await asked
  await media[Symbol.asyncDispose]()
  expect(image(id).state).toBe('waiting')
  const next = again()
  next.media.start()
  await next.media.idle()
  expect(image(id).state).toBe('ready')
  expect(image(missing).state).toBe('failed')
  expect(host.hits('/missing')).toBe(1)
})

test('a picture whose file was lost is fetched again at the next start', async () => {
  const { host, add, image, media, mediaDir, again } = await start()
  const id = await add(host.on('/a', sends(png(2, 2))))
  await media.idle()
  await media[Symbol.asyncDispose]()
  rmSync(mediaDir, { recursive: true })
  const next = again()
  next.media.start()
  await next.media.idle()
  expect(image(id).state).toBe('ready')
  expect(readdirSync(mediaDir)).toHaveLength(1)
})

test('retry fetches a failed picture anew', async () => {
  const { host, add, image, media, images } = await start()
  const id = await add(host.on('/a', status(404), sends(png(2, 2))))
  await media.idle()
  expect(image(id).state).toBe('failed')
  await images['images.retry']({ id })
  await media.idle()
  expect(image(id).state).toBe('ready')
})

test('changes are announced at most four times a second, and the last one always', async () => {
  const { host, add, media, events, clock } = await start()
  const urls = Array.from({ length: 12 }, (_, n) => host.on(`/${n}`, sends(png(n + 1, 1))))
  for (const url of urls) await add(url)
  const heard: string[] = []
  events.on('changed', ({ feature }) => feature === 'images' && heard.push(feature))
  await media.idle()
  expect(heard.length).toBeLessThanOrEqual(1)
  heard.length = 0
  clock.advance(1_000)
  expect(heard).toEqual(['images'])
})

test.skipIf(process.platform === 'win32')('only the user may read the pictures', async () => {
  const { host, add, media, mediaDir } = await start()
  await add(host.on('/a', sends(png(2, 2))))
  await media.idle()
  const [file] = readdirSync(mediaDir)
  expect(statSync(join(mediaDir, must(file, 'a file'))).mode & 0o777).toBe(0o600)
})

test('addresses that are settled without any waiting leave others their turn', async () => {
  const { db, writer, productId, media } = await start()
  writer.transact((tx) => {
    for (let n = 1; n <= 200; n += 1) {
      const image = {
        origin: 'shopify',
        alt: '',
        alt_by_person: 0,
        is_primary: 0,
        thumbhash: null,
        colour: null,
      } as const
      // fetch refuses this port without asking anyone.
      const source_url = `http://127.0.0.1:9/${n}.png`
      tx.insert('product_images', { id: uuid(), product_id: productId, source_url, position: n, ...image })
    }
  })
  const tried = () => db.statement('SELECT count(*) FROM media_files WHERE attempts > 0').pluck().get()
  for (let turn = 0; turn < 5; turn += 1) await nextTurn()
  expect(tried()).toBeLessThan(200)
  await media.idle()
  expect(tried()).toBe(200)
})
