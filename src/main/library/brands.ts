import type { Handlers } from '#shared/contract.ts'
import { AppError } from '#shared/app-error.ts'
import type { Brand, library } from '#shared/library.ts'
import { must } from '#shared/must.ts'
import { v7 as uuid } from 'uuid'
import type { Db } from '../db/database.ts'
import type { Tx, Writer } from '../db/write.ts'
import { slugOf } from './slug.ts'

/** Brand names are compared without case: two spellings are one brand. */
export function brandKey(name: string): string {
  return name.trim().toLowerCase()
}

/** The ids of all brands by `brandKey`; where two share it, the older one. */
export function brandIds(db: Db): Map<string, string> {
  const rows = db.all(db.build.selectFrom('brands').select(['id', 'name']).orderBy('id', 'desc'))
  return new Map(rows.map(({ id, name }) => [brandKey(name), id]))
}

/** The id of the brand with that name, which is made where there is none. */
export function brandNamed(db: Db, tx: Tx, name: string): string {
  return brandIds(db).get(brandKey(name)) ?? addBrand(tx, name)
}

/** Makes a brand; answers its id. */
export function addBrand(tx: Tx, name: string, notes = ''): string {
  const id = uuid()
  tx.insert('brands', { id, name: name.trim(), slug: slugOf(name, 'brand'), notes })
  return id
}

/** brands.* */
export function createBrands({
  db,
  writer,
}: {
  readonly db: Db
  readonly writer: Writer
}): Handlers<Pick<typeof library, 'brands.list' | 'brands.create'>> {
  const list = (): Brand[] =>
    db
      .statement(
        `SELECT b.id, b.name, b.slug, b.notes,
        (SELECT count(*) FROM products p WHERE p.brand_id = b.id AND p.status <> 'archived') AS productCount
      FROM brands b ORDER BY b.name COLLATE NOCASE, b.id`,
      )
      .all() as Brand[]
  return {
    'brands.list': () => ({ items: list() }),
    'brands.create': ({ name, notes }) => {
      if (brandIds(db).has(brandKey(name))) {
        throw new AppError(
          'conflict',
          `There is a brand named "${name}" already. Choose it, or give this one another name.`,
        )
      }
      const id = writer.transact((tx) => addBrand(tx, name, notes))
      return must(
        list().find((brand) => brand.id === id),
        'the brand just made',
      )
    },
  }
}
