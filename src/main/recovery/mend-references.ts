import type Database from 'better-sqlite3'
import { v7 as uuid } from 'uuid'

/**
 * Gives rows whose whole was lost a whole again, so that they can be seen and sorted out: nothing else has them. For a data
 * dir without a team; elsewhere the team brings what is missing. Answers how many wholes were made.
 */
export function mendReferences(db: Database.Database, now: string): number {
  const run = (sql: string): number => db.prepare(sql).run({ now }).changes
  return db.transaction(() => {
    let made = run(SESSIONS)
    db.exec('UPDATE sessions SET brand_id = NULL WHERE brand_id NOT IN (SELECT id FROM brands)')
    db.exec('DELETE FROM session_states WHERE id NOT IN (SELECT id FROM sessions)')
    if (db.prepare(`SELECT 1 FROM (${PRODUCTS_WANTED}) WHERE id NOT IN (SELECT id FROM products)`).get()) {
      const brand = uuid()
      db.prepare(BRAND).run({ id: brand, now })
      made += 1 + db.prepare(PRODUCTS).run({ brand, now }).changes
    }
    return made + run(BRANDS)
  })()
}

const BRAND = `INSERT INTO brands (id, name, slug, created_at, updated_at)
  VALUES (:id, 'Recovered', 'recovered', :now, :now)`

const BRANDS = `INSERT INTO brands (id, name, slug, created_at, updated_at)
  SELECT DISTINCT brand_id, 'Recovered brand', 'recovered-brand', :now, :now FROM products
    WHERE brand_id NOT IN (SELECT id FROM brands)`

const SESSIONS = `INSERT INTO sessions (id, name, slug, status, created_at, updated_at)
  SELECT DISTINCT session_id, 'Recovered session', 'recovered-session', 'draft', :now, :now FROM session_products
    WHERE session_id NOT IN (SELECT id FROM sessions)`

const PRODUCTS_WANTED = ['session_products', 'product_variants', 'product_images', 'talking_points']
  .map((table) => `SELECT product_id AS id FROM ${table}`)
  .join(' UNION ')

const PRODUCTS = `INSERT INTO products (id, brand_id, name, status, source, created_at, updated_at)
  SELECT id, :brand, 'Recovered product', 'draft', 'manual', :now, :now FROM (${PRODUCTS_WANTED})
    WHERE id NOT IN (SELECT id FROM products)`
