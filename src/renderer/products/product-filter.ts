import { ProductSort, ProductStatus } from '#shared/library.ts'
import type { Input } from '#shared/contract.ts'

/** What the list of products shows, as its address says it. */
export interface ProductFilter {
  readonly q: string
  readonly sort: ProductSort | 'best'
  readonly brand: string
  readonly status: ProductStatus | 'current'
}

const PAGE = 100
const LONGEST = 200

/** Reads the address; what is not a filter counts as not there. */
export function readFilter(address: URLSearchParams): ProductFilter {
  return {
    q: (address.get('q') ?? '').slice(0, LONGEST),
    sort: ProductSort.options.find((one) => one === address.get('sort')) ?? 'best',
    brand: /^[0-9a-f-]{36}$/i.exec(address.get('brand') ?? '')?.[0] ?? '',
    status: ProductStatus.options.find((one) => one === address.get('status')) ?? 'current',
  }
}

/** The address with some of the filter changed; what is as usual is not written. */
export function writeFilter(address: URLSearchParams, change: Partial<ProductFilter>): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const [name, value] of Object.entries(change)) {
    if (value === '' || value === 'best' || value === 'current') next.delete(name)
    else next.set(name, value)
  }
  return next
}

/** Whether anything narrows the list down. */
export function isNarrowed({ q, brand, status }: ProductFilter): boolean {
  return q.trim() !== '' || brand !== '' || status !== 'current'
}

/** What to ask for. Without a sort a search is ordered by how well it fits, and the rest by name. */
export function listInput({ q, sort, brand, status }: ProductFilter): Input<'products.list'> {
  const search = q.trim()
  return {
    limit: PAGE,
    ...(search !== '' && { search }),
    ...(sort !== 'best' && { sort }),
    ...(brand !== '' && { brandId: brand }),
    ...(status !== 'current' && { status }),
  }
}
