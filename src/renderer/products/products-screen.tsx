import { useQuery } from '@tanstack/react-query'
import { FileUp, Plus } from 'lucide-react'
import { useDeferredValue, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { read } from '../api.ts'
import { FirstSteps } from '../first-steps.tsx'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { ActionMenu } from '../ui/action-menu.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { DropShade } from '../ui/drop-shade.tsx'
import { ImportDialog } from './import/import-dialog.tsx'
import { NewProductDialog } from './new-product-dialog.tsx'
import { isNarrowed, readFilter, writeFilter } from './product-filter.ts'
import type { ProductFilter } from './product-filter.ts'
import { ProductList } from './product-list.tsx'
import { ProductToolbar } from './product-toolbar.tsx'
import { TiktokDialog } from './tiktok/tiktok-dialog.tsx'
import { useFileDrop } from '../ui/use-file-drop.ts'
import { useProductList } from './use-product-list.ts'
import { useSearchText } from './use-search-text.ts'
import './products-screen.css'

const dialogs = ['import', 'new', 'tiktok'] as const
type DialogName = (typeof dialogs)[number]

/** The catalogue: found, sorted, imported. What it shows stands in its address. */
export function ProductsScreen() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const inAddress = readFilter(address)
  const set = (change: Partial<ProductFilter>): void =>
    setAddress((before) => writeFilter(before, change), { replace: true })
  const [text, setText] = useSearchText(inAddress.q, (q) => set({ q }))
  const filter = { ...inAddress, q: text }
  // Typing is never held up by drawing rows.
  const q = useDeferredValue(text)
  const list = useProductList({ ...filter, q })
  const search = useRef<HTMLInputElement>(null)
  const [dropped, setDropped] = useState<File | null>(null)
  const dialog = dialogs.find((one) => address.has(one)) ?? null
  const change = ({ q: typed, ...rest }: Partial<ProductFilter>): void => {
    if (typed !== undefined) setText(typed)
    // With the text as it stands: its own way into the address pauses first.
    if (Object.keys(rest).length > 0) set({ ...rest, q: typed ?? text })
  }
  const openDialog = (name: DialogName): void => setAddress((before) => withOnly(before, name))
  const closeDialog = (): void => {
    setDropped(null)
    setAddress((before) => withOnly(before, null), { replace: true })
  }
  const over = useFileDrop(dialog === null, (files) => {
    setDropped(files[0] ?? null)
    openDialog('import')
  })
  useKeys('global', {
    find: () => {
      search.current?.focus()
      search.current?.select()
    },
  })
  return (
    <>
      <ScreenHeader title={t('products.title')} actions={<HeadActions onOpen={openDialog} />} />
      <ProductsBody {...{ list, filter, search }} onFilter={change} filterKey={JSON.stringify({ ...filter, q })} />
      <ImportDialog open={dialog === 'import'} onClose={closeDialog} dropped={dropped} />
      <TiktokDialog open={dialog === 'tiktok'} onClose={closeDialog} />
      <NewProductDialog open={dialog === 'new'} onClose={closeDialog} />
      <DropShade over={over} text={t('products.import.drop')} />
    </>
  )
}

function withOnly(address: URLSearchParams, dialog: DialogName | null): URLSearchParams {
  const next = new URLSearchParams(address)
  for (const one of dialogs) next.delete(one)
  if (dialog) next.set(dialog, '')
  return next
}

function HeadActions({ onOpen }: { readonly onOpen: (dialog: DialogName) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <ActionMenu
        label={t('products.more')}
        actions={[{ label: t('files.tiktokFile.open'), onSelect: () => onOpen('tiktok') }]}
      />
      <Button onClick={() => onOpen('import')}>
        <FileUp aria-hidden />
        {t('products.import.open')}
      </Button>
      <Button kind="primary" onClick={() => onOpen('new')}>
        <Plus aria-hidden />
        {t('products.new.open')}
      </Button>
    </>
  )
}

interface ProductsBodyProps {
  readonly list: ReturnType<typeof useProductList>
  readonly filter: ProductFilter
  readonly filterKey: string
  readonly search: RefObject<HTMLInputElement | null>
  readonly onFilter: (change: Partial<ProductFilter>) => void
}

function ProductsBody({ list, filter, filterKey, search, onFilter }: ProductsBodyProps) {
  const { t } = useTranslation()
  const { data: app } = useQuery(read('app.info', {}))
  // Archived products are products too: the count of all of them tells an empty catalogue from an empty list.
  const isEmpty = app?.counts.products === 0 && list.total === 0
  if (isEmpty && !isNarrowed(filter)) return <FirstSteps />
  return (
    <>
      <ProductToolbar {...{ filter, search, onFilter }} total={list.total} totalIsAtLeast={list.totalIsAtLeast} />
      {list.total === null && list.error === null && <Waiting />}
      {list.error !== null && (
        <EmptyState title={t('products.list.failed')} actions={<Button onClick={list.again}>{t('ui.retry')}</Button>}>
          {list.error.message}
        </EmptyState>
      )}
      {list.error === null && list.total === 0 && <NothingFound filter={filter} onFilter={onFilter} />}
      {list.error === null && list.products.length > 0 && (
        <ProductList list={list} filterKey={filterKey} searchRef={search} />
      )}
    </>
  )
}

function NothingFound({ filter, onFilter }: Pick<ProductsBodyProps, 'filter' | 'onFilter'>) {
  const { t } = useTranslation()
  if (!isNarrowed(filter))
    return <EmptyState title={t('products.list.allArchived')}>{t('products.list.allArchivedText')}</EmptyState>
  const q = filter.q.trim()
  return (
    <EmptyState
      title={q === '' ? t('products.list.nothing') : t('products.list.nothingFor', { q })}
      actions={
        <Button onClick={() => onFilter({ q: '', brand: '', status: 'current' })}>{t('products.list.showAll')}</Button>
      }
    >
      {t('products.list.nothingHint')}
    </EmptyState>
  )
}
