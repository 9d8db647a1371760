import type { FakeProduct } from './catalogue.ts'

/** What a filter means, and the parts of it that are ignored: those match everything. */
export interface Filter {
  readonly fits: (product: FakeProduct, updatedAt: string) => boolean
  readonly ignored: readonly string[]
}

type Test = Filter['fits']

/** Reads the filter of `products(query:)`: terms joined by spaces, `field:value` with a comparison before the value. */
export function readFilter(query: string): Filter {
  const tests: Test[] = []
  const ignored: string[] = []
  for (const [, field = '', comparison = '', quoted, bare = ''] of query.matchAll(
    /([a-z_]+):(>=|<=|>|<)?(?:'([^']*)'|(\S+))/g,
  )) {
    const value = quoted ?? bare
    if (field === 'updated_at')
      tests.push((_, updatedAt) => compare(Date.parse(updatedAt), comparison, Date.parse(value)))
    else if (field === 'id') tests.push(({ number }) => compare(number, comparison, Number(value)))
    else if (field === 'status') tests.push(({ status }) => status.toLowerCase() === value.toLowerCase())
    else ignored.push(field)
  }
  return { fits: (product, updatedAt) => tests.every((test) => test(product, updatedAt)), ignored }
}

function compare(a: number, comparison: string, b: number): boolean {
  switch (comparison) {
    case '>=':
      return a >= b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '<':
      return a < b
    default:
      return a === b
  }
}
