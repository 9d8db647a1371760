import { parse } from 'csv-parse/sync'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testLibrary } from './support.ts'

const folder = resolve('../shared/fixtures/shopify-csv')

/** What the file holds, counted without any of our code. */
function expected(path: string) {
  const rows = parse<Record<string, string>>(readFileSync(path), { columns: true, bom: true })
  const images = new Set(rows.filter((row) => row['Image Src']).map((row) => `${row['Handle']} ${row['Image Src']}`))
  return {
    products: new Set(rows.map((row) => row['Handle'])).size,
    variants: rows.filter((row) => row['Variant Price'] !== '').length,
    images: images.size,
  }
}

describe.each(['jewelery.csv', 'apparel.csv'])('the real export %s', (name) => {
  const path = resolve(folder, name)
  const missing = !existsSync(path)
  if (missing) console.warn(`Skipped: ${path} is missing.`)

  test.skipIf(missing)('brings all of its products, variants and pictures, and now is never above was', async () => {
    const { call, db } = testLibrary()
    const report = await call('library.importCsv', { path })
    const counts = expected(path)
    expect(report).toMatchObject({ created: counts.products, updated: 0, unchanged: 0, skipped: [], found: counts })
    const count = (table: string) => db.statement(`SELECT count(*) FROM ${table}`).pluck(true).get()
    expect(count('products')).toBe(counts.products)
    expect(count('product_variants')).toBe(counts.variants)
    expect(count('product_images')).toBe(counts.images)
    const { items } = await call('products.list', { limit: 500 })
    for (const { priceCents, compareAtPriceCents } of items) {
      expect(priceCents).toBeGreaterThan(0)
      expect(compareAtPriceCents ?? Infinity).toBeGreaterThan(priceCents ?? 0)
    }
  })

  test.skipIf(missing)('changes nothing the second time, and writes nothing', async () => {
    const { call, clock, changed, db } = testLibrary()
    const { created } = await call('library.importCsv', { path })
    const rows = () => db.statement('SELECT * FROM products ORDER BY id').all()
    const before = rows()
    changed.length = 0
    clock.advance(1000)
    expect(await call('library.importCsv', { path })).toMatchObject({ created: 0, updated: 0, unchanged: created })
    expect(rows()).toEqual(before)
    expect(changed).toEqual([])
  })

  test.skipIf(missing)('is counted alike and not written by a dry run', async () => {
    const { call, db } = testLibrary()
    const planned = await call('library.importCsv', { path, dryRun: true })
    expect(db.statement('SELECT count(*) FROM products').pluck(true).get()).toBe(0)
    expect(db.statement('SELECT count(*) FROM brands').pluck(true).get()).toBe(0)
    expect(await call('library.importCsv', { path })).toEqual({ ...planned, dryRun: false })
  })
})
