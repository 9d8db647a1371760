import { AppError } from '#shared/app-error.ts'
import type { ImportReport } from '#shared/library.ts'
import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import { fieldErrorsOf } from '../../src/renderer/products/editor/field-errors.ts'
import { ownershipOf } from '../../src/renderer/products/editor/fields.ts'
import { behindFor, dropPlace } from '../../src/renderer/products/editor/picture-order.ts'
import { reportText } from '../../src/renderer/products/import/report-text.ts'
import { isNarrowed, listInput, readFilter, writeFilter } from '../../src/renderer/products/product-filter.ts'

describe('the address of the list of products', () => {
  it('gives back what was written to it', () => {
    const filter = {
      q: 'gold & "ring"',
      sort: '-price',
      brand: '0190aaaa-0000-7000-8000-000000000001',
      status: 'draft',
    } as const
    expect(readFilter(writeFilter(new URLSearchParams(), filter))).toEqual(filter)
  })

  it('holds only what is not as usual, and keeps what is not its own', () => {
    const address = writeFilter(new URLSearchParams('import=&q=x&status=draft'), {
      q: '',
      status: 'current',
      sort: 'best',
    })
    expect(address.toString()).toBe('import=')
  })

  it('counts what is no filter as not there', () => {
    const filter = readFilter(new URLSearchParams(`sort=drop&brand=1%27OR&status=gone&q=${'a'.repeat(300)}`))
    expect(filter).toEqual({ q: 'a'.repeat(200), sort: 'best', brand: '', status: 'current' })
    expect(isNarrowed(readFilter(new URLSearchParams('q=%20')))).toBe(false)
  })

  it('asks without a search where nothing but spaces is typed', () => {
    expect(listInput(readFilter(new URLSearchParams('q=%20%20&sort=updated')))).toEqual({ limit: 100, sort: 'updated' })
  })
})

describe('the order of pictures', () => {
  const images = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
  const moved = (id: string, place: number): string => {
    const after = behindFor(images, id, place)
    const others = images.map((image) => image.id).filter((one) => one !== id)
    others.splice(after === null ? 0 : others.indexOf(after) + 1, 0, id)
    return others.join('')
  }

  it('puts a picture at the place that was meant, from either side', () => {
    expect([moved('a', 2), moved('d', 0), moved('c', 1), moved('b', 9), moved('b', -1)]).toEqual([
      'bcad',
      'dabc',
      'acbd',
      'acdb',
      'bacd',
    ])
  })

  it('reads a drop beside another picture', () => {
    const drop = (id: string, target: string, after: boolean): string =>
      moved(id, dropPlace(images, { id, target, after }))
    expect([drop('a', 'c', true), drop('a', 'c', false), drop('d', 'a', false), drop('c', 'b', true)]).toEqual([
      'bcad',
      'bacd',
      'dabc',
      'abcd',
    ])
  })
})

describe('who owns a field', () => {
  it('is nobody’s question but on a product of Shopify', () => {
    expect(ownershipOf({ source: 'manual', overridden: [] }, 'name')).toBe('none')
    const shop = { source: 'shopify', overridden: ['priceCents'] } as const
    const product = { ...shop, overridden: [...shop.overridden] }
    expect(ownershipOf(product, 'name')).toBe('shopify')
    expect(ownershipOf(product, 'priceCents')).toBe('overridden')
    expect(ownershipOf(product, 'talkingPointsMd')).toBe('yours')
  })
})

describe('the errors of the form', () => {
  it('stand under their fields, and above all where they have none', () => {
    const error = new AppError('bad-call', 'No', { fields: { 'patch.tags.3': 'too long', 'patch.name': 'empty' } })
    expect(fieldErrorsOf(error)).toEqual({ fields: { tags: 'too long', name: 'empty' }, other: null })
    expect(fieldErrorsOf(new AppError('busy', 'Later', { fields: { patch: 'odd' } }))).toEqual({
      fields: {},
      other: 'Later',
    })
    expect(fieldErrorsOf(null)).toEqual({ fields: {}, other: null })
  })
})

describe('the report of an import as text', () => {
  it('has every line that was left out, however many', () => {
    const skipped = Array.from({ length: 500 }, (_, index) => ({ line: index + 2, reason: `reason ${index}` }))
    const report: ImportReport = {
      dryRun: true,
      created: 1,
      updated: 2,
      unchanged: 3,
      found: { products: 6, variants: 6, images: 0, brands: 1 },
      skipped,
      warnings: [{ line: 9, reason: 'odd' }],
      sample: [],
    }
    const t = ((key: string, values?: { line?: number }) =>
      values?.line === undefined ? key : `L${values.line}`) as unknown as TFunction
    const text = reportText(report, { fileName: 'shop.csv', t })
    expect(text).toContain('shop.csv')
    expect(text).toContain('L501: reason 499')
    expect(text.split('\n').filter((line) => /^L\d+: reason/.test(line))).toHaveLength(500)
    expect(text).toContain('L9: odd')
  })
})
