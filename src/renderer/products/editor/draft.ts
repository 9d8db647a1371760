import { sameField } from './fields.ts'
import type { FieldName, ProductFields } from './fields.ts'

/** One field that a person changed, and what it said when they began. */
interface Touched {
  readonly mine: unknown
  readonly base: unknown
}

/**
 * What a person typed and has not saved.
 *
 * 1. A field that was not touched follows the product, whoever changes it.
 * 2. A field that was touched keeps what was typed, whatever happens to the product.
 * 3. A field that says again what it said before it was touched is not touched.
 */
export type Draft = { readonly [F in FieldName]?: Touched }

/** The form: the product with what was typed on top. */
export function shownFields(draft: Draft, product: ProductFields): ProductFields {
  const mine = Object.entries(draft).map(([field, touched]) => [field, touched.mine] as const)
  return { ...product, ...Object.fromEntries(mine) }
}

export function typeField<F extends FieldName>(
  draft: Draft,
  product: ProductFields,
  { field, value }: { readonly field: F; readonly value: ProductFields[F] },
): Draft {
  const { [field]: touched, ...others } = draft
  const base = touched ? touched.base : product[field]
  if (sameField(value, product[field])) return others
  return { ...others, [field]: { mine: value, base } }
}

/** Without what was typed into one field. */
export function dropField(draft: Draft, field: FieldName): Draft {
  const { [field]: _dropped, ...others } = draft
  return others
}

/** What differs from the product, and so must be written. */
export function changesOf(draft: Draft, product: ProductFields): Partial<ProductFields> {
  const mine = Object.entries(draft) as [FieldName, Touched][]
  return Object.fromEntries(
    mine
      .filter(([field, touched]) => !sameField(touched.mine, product[field]))
      .map(([field, touched]) => [field, touched.mine]),
  )
}

/** What is left to save after `sent` was: a field that was typed into meanwhile stays. */
export function afterSave(draft: Draft, sent: Partial<ProductFields>): Draft {
  const left = Object.entries(draft).filter(
    ([field, { mine }]) => !(field in sent) || !sameField(sent[field as FieldName], mine),
  )
  return Object.fromEntries(
    left.map(([field, { mine }]) => [
      field,
      { mine, base: field in sent ? sent[field as FieldName] : draft[field as FieldName]?.base },
    ]),
  )
}

/** Whether somebody else changed a field to something that the typed text would overwrite. */
export function changedMeanwhile(draft: Draft, product: ProductFields, field: FieldName): boolean {
  const touched = draft[field]
  return touched !== undefined && !sameField(touched.base, product[field]) && !sameField(touched.mine, product[field])
}
