import type { Product } from '#shared/library.ts'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { call } from '../../api.ts'

const PAGE = 60

interface Question {
  readonly search: string
  /** '' asks for all brands. */
  readonly brandId: string
}

/** The products that match, page by page. What was there stays until the next answer is. */
export function useProducts({ search, brandId }: Question) {
  const asked = search.trim()
  const query = useInfiniteQuery({
    queryKey: ['products', 'picker', asked, brandId],
    queryFn: ({ pageParam }) =>
      call('products.list', {
        limit: PAGE,
        ...(asked !== '' ? { search: asked } : { sort: 'name' as const }),
        ...(brandId !== '' && { brandId }),
        ...(pageParam !== null && { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const pages = query.data?.pages
  const products: readonly Product[] | undefined = pages?.flatMap(({ items }) => items)
  return { ...query, products, total: pages?.[0]?.total ?? 0, atLeast: pages?.[0]?.totalIsAtLeast ?? false }
}
