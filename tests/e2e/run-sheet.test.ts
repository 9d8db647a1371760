import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SessionDetail } from '#shared/sessions.ts'
import { tempDir } from '../system/hudson.ts'
import { seriousProblems } from './builder-stage.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

const ITEMS = 40
const points = Array.from(
  { length: 5 },
  (_, index) => `- Point ${index + 1}: light, and it keeps its colour for years`,
).join('\n')

let stage: SignedIn
let session: SessionDetail
let folder: Awaited<ReturnType<typeof tempDir>>

beforeAll(async () => {
  folder = tempDir()
  stage = await signIn('--demo')
  const more = Array.from(
    { length: 20 },
    (_, index) => `more-${index},Ring of twenty ${index},House,MORE-${index},19.00`,
  )
  await stage.call('library.importCsv', {
    content: `Handle,Title,Vendor,Variant SKU,Variant Price\n${more.join('\n')}`,
  })
  const { items: products } = await stage.call<{ items: { id: string }[] }>('products.list', { limit: 500 })
  const { id } = await stage.call<SessionDetail>('sessions.create', {
    name: 'Friday "evening" show\\',
    code: 'FRIDAY10',
    scheduledAt: '2026-11-27T19:00:00Z',
    productIds: products.slice(0, ITEMS).map((product) => product.id),
  })
  const { items } = await stage.call<SessionDetail>('sessions.get', { id })
  const itemIds = (from: number, to: number) => items.slice(from, to).map((item) => item.id)
  const update = (ids: string[], patch: object) => stage.call('lineup.update', { itemIds: ids, patch })
  await update(itemIds(8, 20), { section: 'Rings' })
  await update(itemIds(20, ITEMS), { section: 'Necklaces and bracelets' })
  await update(itemIds(3, 5), { skip: true, notes: 'Only while stock lasts.\nAsk Anna first.' })
  await update(itemIds(6, 30), {
    overrides: { talkingPointsMd: points, priceCents: 4_900, compareAtPriceCents: 7_900 },
  })
  await update(itemIds(12, 13), {
    overrides: {
      name: 'A name that is far too long for one line of paper, and for two of them as well, and yet it stands here',
    },
  })
  session = await stage.call<SessionDetail>('sessions.get', { id })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

async function openSheet(size: string, viewport?: { width: number; height: number }): Promise<Page> {
  const page = await stage.open(`/sessions/${session.id}/run-sheet?size=${size}`, viewport)
  await page
    .locator('.run-sheet-item')
    .nth(ITEMS - 1)
    .waitFor()
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
  })
  return page
}

/** The texts of the pages of a PDF. */
function pagesOf(path: string): string[] {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1)
}

/** Pictures of it, where somebody asks to look at them. */
function keepPictures(path: string, name: string): void {
  const where = process.env['HUDSON_PICTURES']
  if (where === undefined) return
  mkdirSync(where, { recursive: true })
  execFileSync('pdftoppm', ['-r', '60', '-png', path, join(where, name)])
}

const hasPdfTools = spawnSync('pdftotext', ['-v']).error === undefined

const papers = [
  ['compact', 'A4'],
  ['compact', 'Letter'],
  ['large', 'A4'],
  ['large', 'Letter'],
] as const

const pdfs = new Map<string, Promise<string>>()

/** The path of the PDF; each is printed once. */
function printed(size: string, format: string): Promise<string> {
  const known = pdfs.get(`${size}-${format}`) ?? print(size, format)
  pdfs.set(`${size}-${format}`, known)
  return known
}

async function print(size: string, format: string): Promise<string> {
  const page = await openSheet(size)
  const path = join(folder.path, `${size}-${format}.pdf`)
  writeFileSync(path, await page.pdf({ format, preferCSSPageSize: true, printBackground: true }))
  keepPictures(path, `${size}-${format}`)
  await page.close()
  return path
}

test.each(papers)('a line-up of 40 items, %s, takes a handful of pages of %s', async (size, format) => {
  expect(session.items).toHaveLength(ITEMS)
  const path = await printed(size, format)
  const count = readFileSync(path, 'latin1').match(/\/Type \/Page\b/g)?.length ?? 0
  expect(count).toBeGreaterThan(size === 'large' ? 6 : 2)
  expect(count).toBeLessThan(size === 'large' ? 14 : 7)
})

test.skipIf(!hasPdfTools).each(papers)(
  'every page, %s on %s, has its head, and no item is split (skipped where there is no pdftotext)',
  async (size, format) => {
    const pages = pagesOf(await printed(size, format))
    const heading = size === 'large' ? 'Product, talking points and notes' : 'Talking points and notes'
    pages.forEach((text, index) => {
      expect(text).toContain('Friday "evening" show\\')
      expect(text).toMatch(/November 27, 2026|27 November 2026/)
      expect(text).toMatch(new RegExp(`\\b${index + 1} ?/ ?${pages.length}\\b`))
      expect(text).toContain(heading)
    })
    // Of the items with five points, the last one stands on the page of the first.
    const times = (text: string, words: string): number => text.split(words).length - 1
    expect(pages.map((text) => times(text, 'Point 1:'))).toEqual(pages.map((text) => times(text, 'Point 5:')))
    expect(times(pages.join(''), 'Point 1:')).toBe(24)
    for (const { name } of session.items.slice(0, 12))
      expect(pages.filter((text) => text.includes(name))).toHaveLength(1)
  },
)

test('a large picture does not make a large PDF', async () => {
  const page = await stage.open('/products')
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2_000, 1_500)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('There is no canvas')
    const noise = context.createImageData(canvas.width, canvas.height)
    for (let start = 0; start < noise.data.length; start += 65_536)
      crypto.getRandomValues(noise.data.subarray(start, start + 65_536))
    for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255
    context.putImageData(noise, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
    const { promise, resolve } = Promise.withResolvers<string>()
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.readAsDataURL(blob)
    return await promise
  })
  expect(picture.length).toBeGreaterThan(1_000_000)
  const path = join(folder.path, 'noise.jpg')
  writeFileSync(path, Buffer.from(picture.split(',')[1] ?? '', 'base64'))
  const product = await stage.call<{ id: string }>('products.create', { name: 'Noise', brand: 'House' })
  await stage.call('images.add', { productId: product.id, path })
  const { id } = await stage.call<SessionDetail>('sessions.create', { name: 'One', productIds: [product.id] })
  await page.goto(page.url().replace('/products', `/sessions/${id}/run-sheet?size=large`))
  await page.locator('.run-sheet-picture img[src^="blob:"]').waitFor()
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.length).toBeLessThan(500_000)
  await page.close()
})

test('it is clean for axe, dark and light, and fits a phone', async () => {
  const looks = [
    { colorScheme: 'dark', width: 1280, size: 'compact' },
    { colorScheme: 'light', width: 390, size: 'large' },
  ] as const
  for (const { colorScheme, width, size } of looks) {
    const page = await openSheet(size, { width, height: 800 })
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    if (process.env['HUDSON_PICTURES'] !== undefined) {
      await page.screenshot({ path: join(process.env['HUDSON_PICTURES'], `screen-${colorScheme}-${width}.png`) })
    }
    await page.close()
  }
  expect(stage.errors).toEqual([])
})
