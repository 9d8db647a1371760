import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { Select } from '../ui/choice.tsx'
import { SearchField } from '../ui/search-field.tsx'
import type { ProductFilter } from './product-filter.ts'

interface ProductToolbarProps {
  readonly filter: ProductFilter
  readonly onFilter: (change: Partial<ProductFilter>) => void
  readonly search: RefObject<HTMLInputElement | null>
  readonly total: number | null
  readonly totalIsAtLeast: boolean
}

/** Search, filters and order above the list, and how many products there are. */
export function ProductToolbar({ filter, onFilter, search, total, totalIsAtLeast }: ProductToolbarProps) {
  const { t, i18n } = useTranslation()
  const { data: brands } = useQuery(read('brands.list', {}))
  const brandOptions = (brands?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  const count = total === null ? '' : total.toLocaleString(i18n.language)
  return (
    <div className="product-toolbar" role="search">
      <SearchField
        ref={search}
        label={t('products.list.search')}
        maxLength={200}
        value={filter.q}
        onValue={(q) => onFilter({ q })}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          document.querySelector<HTMLElement>('.product-row[tabindex="0"]')?.focus()
        }}
      />
      <Select
        hideLabel
        label={t('products.list.brand')}
        value={filter.brand}
        options={[{ value: '', label: t('products.list.allBrands') }, ...brandOptions]}
        onValue={(brand) => onFilter({ brand })}
      />
      <Select
        hideLabel
        label={t('products.list.status')}
        value={filter.status}
        options={[
          { value: 'current', label: t('products.list.current') },
          { value: 'active', label: t('products.status.active') },
          { value: 'draft', label: t('products.list.drafts') },
          { value: 'archived', label: t('products.status.archived') },
        ]}
        onValue={(status) => onFilter({ status })}
      />
      <Select
        hideLabel
        label={t('products.list.sort')}
        value={filter.sort}
        options={
          [
            { value: 'best', label: t(filter.q.trim() === '' ? 'products.sort.usual' : 'products.sort.best') },
            { value: 'name', label: t('products.sort.name') },
            { value: 'price', label: t('products.sort.price') },
            { value: '-price', label: t('products.sort.priceDown') },
            { value: 'updated', label: t('products.sort.updated') },
          ].filter(({ value }) => value !== 'name' || filter.q.trim() !== '' || filter.sort === 'name') as {
            value: ProductFilter['sort']
            label: string
          }[]
        }
        onValue={(sort) => onFilter({ sort })}
      />
      <span className="product-total quiet tabular" role="status">
        {total !== null && t('products.list.total', { count: total, number: totalIsAtLeast ? `${count}+` : count })}
      </span>
    </div>
  )
}
