import type { Product } from '#shared/library.ts'
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '../api.ts'
import { listInput } from './product-filter.ts'
import type { ProductFilter } from './product-filter.ts'

/** The products that fit a filter, as far as they were looked at. */
export interface ProductList {
  readonly products: readonly Product[]
  /** Null until the first answer. */
  readonly total: number | null
  readonly totalIsAtLeast: boolean
  readonly error: Error | null
  /** The rows are those of the filter before; the new ones are on their way. */
  readonly stale: boolean
  readonly hasMore: boolean
  readonly more: () => void
  readonly again: () => void
}

const pages = (filter: ProductFilter) => {
  const input = listInput(filter)
  return infiniteQueryOptions({
    queryKey: ['products', 'products.list', input, 'pages'] as const,
    queryFn: ({ pageParam }) => call('products.list', { ...input, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
}

export function useProductList(filter: ProductFilter): ProductList {
  const query = useInfiniteQuery(pages(filter))
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage } = query
  const products = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const first = data?.pages[0]
  return {
    products,
    total: first?.total ?? null,
    totalIsAtLeast: first?.totalIsAtLeast ?? false,
    error,
    stale: isPlaceholderData,
    hasMore: hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage && !isPlaceholderData) void query.fetchNextPage()
    },
    again: () => void query.refetch(),
  }
}
