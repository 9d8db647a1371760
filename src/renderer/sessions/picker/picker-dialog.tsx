import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../../api.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { PickList } from './pick-list.tsx'
import { PickStrip } from './pick-strip.tsx'
import { usePicks } from './use-picks.ts'
import type { Picks } from './use-picks.ts'
import { useProducts } from './use-products.ts'
import './picker.css'

interface Props {
  readonly open: boolean
  /** The item that they go behind; null = at the end. */
  readonly after: string | null
  readonly onClose: () => void
  readonly lineUp: LineUp
}

/** Searches the catalogue and adds what is chosen, in the order of the choosing. */
export function PickerDialog({ open, after, onClose, lineUp }: Props) {
  // Kept while the dialog is open only: the next time begins with nothing chosen.
  return open ? <Picker {...{ after, onClose, lineUp }} /> : null
}

function Picker({ after, onClose, lineUp }: Omit<Props, 'open'>) {
  const { t } = useTranslation()
  const numbers = useMemo(
    () => new Map(lineUp.items.map(({ productId, number }) => [productId, number])),
    [lineUp.items],
  )
  const picks = usePicks((id) => !numbers.has(id))
  const behind = lineUp.items.find(({ id }) => id === after)
  const count = picks.chosen.length
  const submit = (): void => {
    if (count === 0) return
    lineUp.add(
      picks.chosen.map(({ id }) => id),
      behind?.id ?? null,
    )
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('sessions.picker.title')}
      actions={
        <>
          <span className="picker-where quiet">
            {behind ? t('sessions.picker.afterItem', { number: behind.number }) : t('sessions.picker.atEnd')}
          </span>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={count === 0} onClick={submit}>
            {t('sessions.picker.submit', { count })}
          </Button>
        </>
      }
    >
      <Choosing {...{ picks, numbers, submit }} brandId={lineUp.session.brand?.id ?? ''} />
    </Dialog>
  )
}

interface ChoosingProps {
  readonly picks: Picks
  readonly numbers: ReadonlyMap<string, number>
  readonly brandId: string
  readonly submit: () => void
}

function Choosing({ picks, numbers, brandId, submit }: ChoosingProps) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [brand, setBrand] = useState(brandId)
  const brands = useQuery(read('brands.list', {})).data?.items ?? []
  const found = useProducts({ search, brandId: brand })
  const { products, total, atLeast } = found
  const first = products?.find(({ id }) => !numbers.has(id))
  return (
    // ⌘Enter adds from anywhere in the dialog; everything else has keys of its own.
    <div
      role="presentation"
      className="picker"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <div className="picker-search">
        <SearchField
          label={t('sessions.searchProducts')}
          value={search}
          maxLength={200}
          // The dialog is opened to search.
          autoFocus
          onValue={setSearch}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey) return
            if (event.key === 'ArrowDown') focusResults(event)
            else if (event.key === 'Enter' && picks.chosen.length > 0) submit()
            else if (event.key === 'Enter' && first) picks.toggle(first)
          }}
        />
        <Select
          label={t('sessions.picker.brand')}
          hideLabel
          value={brand}
          options={[
            { value: '', label: t('sessions.picker.allBrands') },
            ...brands.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValue={setBrand}
        />
        <span className="quiet tabular picker-total" role="status">
          {products && t(atLeast ? 'sessions.picker.totalAtLeast' : 'sessions.picker.total', { count: total })}
        </span>
      </div>
      {products && products.length > 0 && (
        <PickList
          key={`${search}\n${brand}`}
          {...{ products, picks, numbers, submit }}
          onMore={() => found.hasNextPage && !found.isFetchingNextPage && void found.fetchNextPage()}
        />
      )}
      {products?.length === 0 && <NothingFound searched={search !== '' || brand !== ''} />}
      <PickStrip picks={picks} />
    </div>
  )
}

function focusResults(event: { preventDefault(): void; readonly currentTarget: HTMLElement }): void {
  event.preventDefault()
  event.currentTarget.closest('.picker')?.querySelector<HTMLElement>('.pick-list')?.focus()
}

function NothingFound({ searched }: { readonly searched: boolean }) {
  const { t } = useTranslation()
  if (searched) return <EmptyState title={t('sessions.picker.nothing')}>{t('sessions.picker.nothingHint')}</EmptyState>
  return (
    <EmptyState
      title={t('sessions.picker.noProducts')}
      actions={
        <Link className="button" to="/products">
          {t('sessions.picker.toProducts')}
        </Link>
      }
    />
  )
}
