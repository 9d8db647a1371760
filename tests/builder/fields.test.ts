import { describe, expect, test } from 'vitest'
import { catalogueText, overridePatch, overrideText } from '../../src/renderer/sessions/detail/override-text.ts'
import { fromLocalInput, toLocalInput } from '../../src/renderer/sessions/schedule.ts'
import { itemOf } from './item.ts'

const item = itemOf('a')
const onSale = itemOf('b', { catalogue: { ...item.catalogue, compareAtPriceCents: 12_000 } })

describe('the field of an override', () => {
  test('saves what differs from the catalogue, and nothing where it does not', () => {
    expect(overridePatch(item, 'priceCents', '79')).toEqual({ overrides: { priceCents: 7_900 } })
    expect(overridePatch(item, 'priceCents', '89.00')).toEqual({ overrides: { priceCents: null } })
    expect(overridePatch(item, 'name', ' Name a ')).toEqual({ overrides: { name: null } })
    expect(overridePatch(item, 'name', 'Other')).toEqual({ overrides: { name: 'Other' } })
  })
  test('goes back to the catalogue where a name or a price is emptied', () => {
    expect(overridePatch(item, 'name', ' ')).toEqual({ overrides: { name: null } })
    expect(overridePatch(item, 'priceCents', '')).toEqual({ overrides: { priceCents: null } })
  })
  test('hides the "was" of the catalogue where it is emptied', () => {
    expect(overridePatch(onSale, 'compareAtPriceCents', '')).toEqual({ overrides: { compareAtPriceCents: 0 } })
    expect(overridePatch(item, 'compareAtPriceCents', '')).toEqual({ overrides: { compareAtPriceCents: null } })
    expect(overrideText({ ...onSale, compareAtPriceCents: 0 }, 'compareAtPriceCents')).toBe('')
  })
  test('keeps empty talking points as an override: nothing is to be read', () => {
    expect(overridePatch(item, 'talkingPointsMd', '')).toEqual({ overrides: { talkingPointsMd: '' } })
  })
  test('shows what the catalogue says', () => {
    expect(catalogueText(item, 'priceCents')).toBe('89.00')
    expect(catalogueText(item, 'compareAtPriceCents')).toBe('')
  })
})

describe('a schedule', () => {
  test('goes into the field and comes back as the same time', () => {
    const at = '2026-11-25T18:30:00.000Z'
    expect(toLocalInput(at)).toMatch(/^2026-11-2[4-6]T\d\d:[03]0$/)
    expect(fromLocalInput(toLocalInput(at))).toBe(at)
  })
  test('is none for an empty or broken field', () => {
    expect(toLocalInput(null)).toBe('')
    expect(fromLocalInput('')).toBeNull()
    expect(fromLocalInput('2026-13-40T99:00')).toBeNull()
  })
})
