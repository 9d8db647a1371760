import type { Db } from '../db/database.ts'

export interface Match {
  readonly productId: string
  readonly name: string
}

/** Finds the product that a text means, or nothing. */
export type Matcher = (text: string) => Match | undefined

/** What a text may be of a product. */
export type ProductKey = 'sku' | 'pid' | 'id' | 'name'

/** Finds the product of which this is the SKU, the pid, the id or the name, or nothing. */
export type Finder = (key: ProductKey, text: string) => Match | undefined

/**
 * Several products may answer to one text. The session's brand goes first, then what is active, then the newest; an
 * archived product only where there is no other.
 */
const BEST = `ORDER BY p.status = 'archived', p.brand_id IS NOT @brandId, p.status <> 'active', p.created_at DESC, p.id DESC LIMIT 1`

/** Names never find what is archived. */
const LOOKUPS: Readonly<Record<ProductKey, string>> = {
  sku: `SELECT p.id AS productId, p.name FROM products p
   WHERE p.id IN (SELECT id FROM products WHERE sku = @text COLLATE NOCASE
                  UNION SELECT product_id FROM product_variants WHERE sku = @text COLLATE NOCASE) ${BEST}`,
  pid: `SELECT p.id AS productId, p.name FROM products p WHERE p.pid = @text ${BEST}`,
  id: `SELECT p.id AS productId, p.name FROM products p WHERE p.id = lower(@text) AND @brandId IS @brandId`,
  name: `SELECT p.id AS productId, p.name FROM products p
   WHERE p.name = @text COLLATE NOCASE AND p.status <> 'archived' ${BEST}`,
}

/** In this order: the first that finds something decides. */
const ORDER: readonly ProductKey[] = ['sku', 'pid', 'id', 'name']

/** Matches whole texts against SKU (of products and variants), pid, id and exact name, in this order, whatever their case. */
export function productMatcher(db: Db, brandId: string | null): Matcher {
  const find = productFinder(db, brandId)
  const known = new Map<string, Match | undefined>()
  return (text) => {
    if (!known.has(text))
      known.set(
        text,
        firstOf(ORDER, (key) => find(key, text)),
      )
    return known.get(text)
  }
}

function firstOf<K, V>(keys: readonly K[], find: (key: K) => V | undefined): V | undefined {
  for (const key of keys) {
    const found = find(key)
    if (found !== undefined) return found
  }
  return undefined
}

/** The same where it is known what a text is. */
export function productFinder(db: Db, brandId: string | null): Finder {
  let folded: ReadonlyMap<string, Match> | undefined
  return (key, text) => {
    const match = db.statement(LOOKUPS[key]).get({ text, brandId }) as Match | undefined
    // SQLite folds ASCII letters only; other names are compared here, with all of them, once they occur.
    if (match || key !== 'name' || !/[^\x20-\x7e]/.test(text)) return match
    folded ??= foldedNames(db, brandId)
    return folded.get(fold(text))
  }
}

function foldedNames(db: Db, brandId: string | null): ReadonlyMap<string, Match> {
  const all = db
    .statement(
      `SELECT p.id AS productId, p.name FROM products p WHERE p.status <> 'archived' ${BEST.replace(' LIMIT 1', '')}`,
    )
    .all({ brandId }) as Match[]
  const byName = new Map<string, Match>()
  for (const match of all) if (!byName.has(fold(match.name))) byName.set(fold(match.name), match)
  return byName
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
