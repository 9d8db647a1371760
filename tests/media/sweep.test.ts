import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { productImage } from '../../src/main/db/product-images.ts'
import { mediaCore, product } from '../support/media.ts'
import { png } from '../support/pictures.ts'

/** A product with two pictures whose files are a day old. */
async function start() {
  const core = mediaCore()
  const productId = product(core)
  const add = async (width: number): Promise<string> => {
    const path = join(core.dir, `${width}.png`)
    writeFileSync(path, png(width, 1))
    return (await core.images['images.add']({ productId, path })).id
  }
  const ids = [await add(1), await add(2)] as const
  const fileOf = (id: string): string => must(productImage(core.db, id)?.src, 'a file').replace('/media/', '')
  const files = [fileOf(ids[0]), fileOf(ids[1])] as const
  const yesterday = Date.parse(core.clock.now()) / 1000 - 86_400
  for (const file of files) utimesSync(join(core.mediaDir, file), yesterday, yesterday)
  return { ...core, ids, files, yesterday, add }
}
type Started = Awaited<ReturnType<typeof start>>

async function sweep({ clock, media }: Pick<Started, 'clock' | 'media'>): Promise<void> {
  media.start()
  await media.idle()
  clock.advance(60_000)
  await media.idle()
}

test('the file of a removed picture stays for undo, and goes a minute after the next start', async () => {
  const core = await start()
  core.media.start()
  await core.images['images.remove']({ id: core.ids[0] })
  core.clock.advance(120_000)
  await core.media.idle()
  expect(existsSync(join(core.mediaDir, core.files[0]))).toBe(true)
  await core.media[Symbol.asyncDispose]()
  const next = core.again()
  next.media.start()
  await next.media.idle()
  expect(readdirSync(core.mediaDir)).toHaveLength(2)
  await sweep(next)
  expect(readdirSync(core.mediaDir)).toEqual([core.files[1]])
})

test('a file that another picture still shows stays', async () => {
  const core = await start()
  const same = await core.add(1)
  await core.images['images.remove']({ id: core.ids[0] })
  await sweep(core)
  expect(productImage(core.db, same)?.state).toBe('ready')
  expect(readdirSync(core.mediaDir)).toContain(core.files[0])
})

test('half-written files of a crash go, young files and files of others stay', async () => {
  const core = await start()
  const at = (name: string): string => join(core.mediaDir, name)
  const stray = `${'a'.repeat(64)}.png`
  for (const name of ['x.part', 'notes.txt', stray, 'young.part']) writeFileSync(at(name), 'x')
  for (const name of ['x.part', 'notes.txt', stray]) utimesSync(at(name), core.yesterday, core.yesterday)
  const tomorrow = core.yesterday + 2 * 86_400
  utimesSync(at('young.part'), tomorrow, tomorrow)
  await sweep(core)
  expect(readdirSync(core.mediaDir).toSorted()).toEqual([...core.files, 'notes.txt', 'young.part'].toSorted())
})

test.each([
  '../hudson.db',
  'a.png',
  `${'a'.repeat(64)}.svg`,
  `${'A'.repeat(64)}.png`,
  `${'a'.repeat(64)}.png/..`,
  '',
  '.',
  `..%2f${'a'.repeat(64)}.png`,
])('the name %j is none of ours', async (name) => {
  const { media } = await start()
  expect(media.read(name)).toBe(null)
})

test('a name of ours without its file answers nothing', async () => {
  const { media } = await start()
  expect(media.read(`${'a'.repeat(64)}.png`)).toBe(null)
})
