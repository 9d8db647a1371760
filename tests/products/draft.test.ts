import { describe, expect, it } from 'vitest'
import {
  afterSave,
  changedMeanwhile,
  changesOf,
  dropField,
  shownFields,
  typeField,
} from '../../src/renderer/products/editor/draft.ts'
import type { Draft } from '../../src/renderer/products/editor/draft.ts'
import type { ProductFields } from '../../src/renderer/products/editor/fields.ts'

const product: ProductFields = {
  name: 'Ring',
  brand: 'Acme',
  status: 'active',
  tags: ['gold'],
  descriptionHtml: '',
  priceCents: 1200,
  compareAtPriceCents: null,
  sku: 'R-1',
  pid: '',
  talkingPointsMd: '- one',
}
const typed = (name: string, draft: Draft = {}): Draft => typeField(draft, product, { field: 'name', value: name })

describe('what was typed into the product editor', () => {
  it('stays when the product changes elsewhere, and says so', () => {
    const elsewhere = { ...product, name: 'Band', priceCents: 900 }
    const draft = typed('Signet')
    expect(shownFields(draft, elsewhere)).toEqual({ ...elsewhere, name: 'Signet' })
    expect(changedMeanwhile(draft, elsewhere, 'name')).toBe(true)
    expect(changedMeanwhile(draft, elsewhere, 'priceCents')).toBe(false)
    expect(changedMeanwhile(draft, product, 'name')).toBe(false)
  })

  it('is no change once it says again what the product says', () => {
    expect(typed('Ring', typed('Rin'))).toEqual({})
    expect(typeField({}, product, { field: 'tags', value: ['gold'] })).toEqual({})
  })

  it('still knows what it began from after more typing', () => {
    const draft = typeField(typed('A'), { ...product, name: 'Band' }, { field: 'name', value: 'AB' })
    expect(changedMeanwhile(draft, { ...product, name: 'Band' }, 'name')).toBe(true)
  })

  it('is written field by field, and only where it differs', () => {
    const draft = typeField(typed('Signet'), product, { field: 'compareAtPriceCents', value: 2000 })
    expect(changesOf(draft, product)).toEqual({ name: 'Signet', compareAtPriceCents: 2000 })
    expect(changesOf(draft, { ...product, name: 'Signet' })).toEqual({ compareAtPriceCents: 2000 })
  })

  it('keeps what was typed while it was being saved', () => {
    const sent = { name: 'Signet', priceCents: 1000 }
    const draft = typeField(typed('Signet ring', typed('Signet')), product, { field: 'priceCents', value: 1000 })
    const left = afterSave(draft, sent)
    expect(changesOf(left, { ...product, ...sent })).toEqual({ name: 'Signet ring' })
    expect(changedMeanwhile(left, { ...product, ...sent }, 'name')).toBe(false)
  })

  it('is gone from one field alone when that is dropped', () => {
    const draft = typeField(typed('Signet'), product, { field: 'sku', value: 'R-2' })
    expect(changesOf(dropField(draft, 'name'), product)).toEqual({ sku: 'R-2' })
  })
})
