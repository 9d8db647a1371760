import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import { brandIds, brandKey } from './brands.ts'
import type { BrandRef } from './import-plan.ts'
import type { Write } from './import-write.ts'
import { NO_BRAND } from './product-edit.ts'
import { slugOf } from './slug.ts'

interface Plan {
  /** By `brandKey` of a vendor's name; the empty one too. */
  readonly brands: Map<string, BrandRef>
  readonly added: Write[]
}

/**
 * The brand of each vendor, with those that have to be made. `fallback`: the brand of what names no vendor; the first one of the
 * others where nobody says. `idOf` makes the id of a brand that is new.
 */
export function planBrands(
  db: Db,
  products: readonly { readonly vendor: string }[],
  { fallback, idOf = () => uuid() }: { fallback?: string; idOf?: (key: string) => string } = {},
): Plan {
  const known = brandIds(db)
  const names = new Map(db.all(db.build.selectFrom('brands').select(['id', 'name'])).map(({ id, name }) => [id, name]))
  const first = fallback ?? products.find(({ vendor }) => vendor !== '')?.vendor ?? NO_BRAND
  const brands = new Map<string, BrandRef>()
  const added: Write[] = []
  for (const { vendor } of products) {
    const name = vendor || first
    const key = brandKey(name)
    if (!brands.has(key)) {
      const id = known.get(key) ?? idOf(key)
      brands.set(key, { id, name: names.get(id) ?? name })
      const values = { id, name, slug: slugOf(name, 'brand'), notes: '' }
      if (!known.has(key)) added.push({ op: 'insert', entity: 'brands', values })
    }
    if (vendor === '') brands.set('', brands.get(key) ?? { id: '', name })
  }
  return { brands, added }
}
