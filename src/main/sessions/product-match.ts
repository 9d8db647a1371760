import type { Db } from '../db/database.ts'

export interface Match {
  readonly productId: string
  readonly name: string
}

/** Finds the product that a text means, or nothing. */
export type Matcher = (text: string) => Match | undefined

/**
 * Several products may answer to one text. The session's brand goes first, then what is active, then the newest; an
 * archived product only where there is no other.
 */
const BEST = `ORDER BY p.status = 'archived', p.brand_id IS NOT @brandId, p.status <> 'active', p.created_at DESC, p.id DESC LIMIT 1`

/** In this order: the first that finds something decides. Names never find what is archived. */
const LOOKUPS = [
  `SELECT p.id AS productId, p.name FROM products p
   WHERE p.id IN (SELECT id FROM products WHERE sku = @text COLLATE NOCASE
                  UNION SELECT product_id FROM product_variants WHERE sku = @text COLLATE NOCASE) ${BEST}`,
  `SELECT p.id AS productId, p.name FROM products p WHERE p.pid = @text ${BEST}`,
  `SELECT p.id AS productId, p.name FROM products p WHERE p.id = lower(@text) AND @brandId IS @brandId`,
  `SELECT p.id AS productId, p.name FROM products p
   WHERE p.name = @text COLLATE NOCASE AND p.status <> 'archived' ${BEST}`,
]

/** Matches whole texts against SKU (of products and variants), pid, id and exact name, in this order, whatever their case. */
export function productMatcher(db: Db, brandId: string | null): Matcher {
  const known = new Map<string, Match | undefined>()
  let folded: ReadonlyMap<string, Match> | undefined
  const look = (text: string): Match | undefined => {
    for (const sql of LOOKUPS) {
      const match = db.statement(sql).get({ text, brandId }) as Match | undefined
      if (match) return match
    }
    // SQLite folds ASCII letters only; other texts are compared here, with all names, once they occur.
    if (!/[^\x20-\x7e]/.test(text)) return undefined
    folded ??= foldedNames(db, brandId)
    return folded.get(fold(text))
  }
  return (text) => {
    if (!known.has(text)) known.set(text, look(text))
    return known.get(text)
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
