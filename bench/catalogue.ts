import { v7 as uuid } from 'uuid'
import type { Db } from '../src/main/db/database.ts'
import { seeded } from './support.ts'

const words =
  'gold silver hoop ring lariat cuff charm pearl opal stone chain anchor leather velvet linen cedar moss ember coral dune ' +
  'classic oversized knitted cotton shirt dress jacket scarf bracelet necklace Größe Café 18k XL'
const WORDS = words.split(' ')
const TAGS = 'new sale summer winter women men gift bestseller handmade eco'.split(' ')

/** Fills an empty database with a shop's catalogue, the same in every run: one picture and one to four variants each. */
export function fillCatalogue(db: Db, count: number): void {
  const random = seeded(42)
  const any = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const now = '2026-11-22T10:00:00.000Z'
  const brands = Array.from({ length: 20 }, (_, index) => ({ id: uuid(), name: `Brand ${index}` }))
  const addBrand = db.statement('INSERT INTO brands (id, name, slug, created_at, updated_at) VALUES (?, ?, ?, ?, ?)')
  const addProduct = db.statement(
    `INSERT INTO products (id, brand_id, name, description_html, status, price_cents, sku, pid, tags, source, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'manual', ?, ?)`,
  )
  const addVariant = db.statement(
    `INSERT INTO product_variants (id, product_id, title, sku, price_cents, position, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addImage = db.statement(
    `INSERT INTO product_images (id, product_id, source_url, origin, position, is_primary, created_at, updated_at)
      VALUES (?, ?, ?, 'shopify', 1, 1, ?, ?)`,
  )
  db.sqlite.transaction(() => {
    for (const { id, name } of brands) addBrand.run(id, name, name, now, now)
    for (let index = 0; index < count; index += 1) {
      const id = uuid()
      const name = Array.from({ length: 3 + Math.floor(random() * 3) }, () => any(WORDS)).join(' ')
      const sku = `${any(WORDS).slice(0, 3).toUpperCase()}-${String(index).padStart(6, '0')}`
      const status = random() < 0.05 ? 'archived' : random() < 0.1 ? 'draft' : 'active'
      const brand = brands[index % brands.length]?.id
      const tags = JSON.stringify([any(TAGS), any(TAGS)])
      const price = 500 + Math.floor(random() * 20_000)
      addProduct.run(
        id,
        brand,
        name,
        `<p>${name}. `.repeat(20),
        status,
        price,
        sku,
        `17${index * 7919}`,
        tags,
        now,
        now,
      )
      for (let variant = 1 + Math.floor(random() * 4); variant > 0; variant -= 1) {
        addVariant.run(uuid(), id, `Size ${variant}`, `${sku}-${variant}`, price, variant, now, now)
      }
      addImage.run(uuid(), id, `https://pictures.example/${index}.jpg`, now, now)
    }
  })()
}
