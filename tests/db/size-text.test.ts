import { expect, test } from 'vitest'
import { sizeText } from '../../src/main/db/size-text.ts'

const size = (name: string, ...values: string[]) => sizeText(values.map((value) => [{ name, value }]))

test.each([
  [['S', 'M', 'L', 'XL'], 'S–XL'],
  [['xl', 'm', 'L', 's'], 'S–XL'],
  [['Small', 'Medium', 'Large'], 'S–L'],
  [['S', 'L', '3XL'], 'S, L, 3XL'],
  [['XL', '2XL', 'XXXL'], 'XL–3XL'],
  [['M'], 'M'],
  [['36', '37', '38', '39', '40', '41'], '36–41'],
  [['41', '36', '38.5'], '36–41'],
  [['36', '40'], '36, 40'],
  [['EU 36', 'EU 37', 'EU 38'], 'EU 36–38'],
  [['40 cm', '45cm', '50 cm'], '40–50 cm'],
  [['7"', '8"', '9"'], '7–9"'],
  [['One Size'], 'One size'],
  [['OS'], 'One size'],
  [['S/M', 'L/XL'], 'S/M, L/XL'],
  [['a', 'b', 'c', 'd', 'e'], '5 sizes'],
])('sizes %j read %s', (values, text) => {
  expect(size('Size', ...values)).toBe(text)
})

test.each(['Size', 'size', 'Größe', 'GROESSE', 'Taille', 'Ring size', 'Shoe Size (EU)', 'Talla'])(
  'an option named %s holds sizes',
  (name) => {
    expect(size(name, '36', '37', '38')).toBe('36–38')
  },
)

test('without a telling name only letters are sizes', () => {
  expect(size('Option 1', 'S', 'M')).toBe('S–M')
  expect(size('Option 1', '36', '37')).toBeNull()
  expect(size('Title', 'Default Title')).toBeNull()
  expect(size('Colour', 'Red', 'S')).toBeNull()
  expect(size('Resized', '1', '2')).toBeNull()
})

test('no variants and empty values give nothing', () => {
  expect(sizeText([])).toBeNull()
  expect(sizeText([[]])).toBeNull()
  expect(size('Size', ' ', '')).toBeNull()
})

test('the size is found among other options, each value once', () => {
  const variants = ['S', 'M'].flatMap((value) =>
    ['Red', 'Blue'].map((colour) => [
      { name: 'Colour', value: colour },
      { name: 'Size', value },
    ]),
  )
  expect(sizeText(variants)).toBe('S–M')
})
