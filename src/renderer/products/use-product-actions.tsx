import type { Output } from '#shared/contract.ts'
import type { Product } from '#shared/library.ts'
import { useQueryClient } from '@tanstack/react-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { call } from '../api.ts'
import { showFirst } from '../show-first.ts'
import type { MenuAction } from '../ui/action-menu.tsx'
import { useToasts } from '../ui/toasts.tsx'

type Subject = Pick<Product, 'id' | 'name' | 'status'>

/** What can be done to a whole product. It shows at once, and every one of them can be taken back. */
export interface ProductActions {
  readonly open: (product: Subject) => void
  readonly archive: (product: Subject) => Promise<void>
  readonly unarchive: (product: Subject) => Promise<void>
  /** Answers whether it is gone. */
  readonly remove: (product: Subject) => Promise<boolean>
}

export function useProductActions(): ProductActions {
  const { t } = useTranslation()
  const toasts = useToasts()
  const navigate = useNavigate()
  const { search } = useLocation()
  const client = useQueryClient()
  const attempt = async (task: () => Promise<unknown>): Promise<boolean> => {
    try {
      await task()
      return true
    } catch (error) {
      toasts.failed(error)
      return false
    }
  }
  const setArchived = async ({ id, name }: Subject, archived: boolean): Promise<void> => {
    const names = archived
      ? (['products.archive', 'products.unarchive'] as const)
      : (['products.unarchive', 'products.archive'] as const)
    if (!(await attempt(() => without(client, id, () => call(names[0], { id }))))) return
    const text = t(archived ? 'products.actions.archived' : 'products.actions.unarchived', { name })
    toasts.done(text, () => void attempt(() => call(names[1], { id })))
  }
  return {
    open: ({ id }) => void navigate(`/products/${id}`, { state: { list: search } }),
    archive: (product) => setArchived(product, true),
    unarchive: (product) => setArchived(product, false),
    remove: ({ id, name }) =>
      attempt(async () => {
        const { undoId } = await without(client, id, () => call('products.delete', { id }))
        toasts.done(
          t('products.actions.deleted', { name }),
          () => void attempt(() => call('history.undo', { scope: 'products', id: undoId })),
        )
      }),
  }
}

type Listed = Output<'products.list'>

/** Out of every list; one that it still belongs in gets it back with the next read. */
function without<T>(client: QueryClient, id: string, send: () => Promise<T>): Promise<T> {
  const change = (list: Listed): Listed => ({ ...list, items: list.items.filter((one) => one.id !== id) })
  return showFirst(client, {
    name: 'products.list',
    change: (data: Listed | InfiniteData<Listed>) =>
      'pages' in data ? { ...data, pages: data.pages.map(change) } : change(data),
    send,
  })
}

/** The lines of a row's menu. */
export function useRowMenu(): (product: Subject) => readonly MenuAction[] {
  const { t } = useTranslation()
  const actions = useProductActions()
  return (product) => [
    { label: t('products.actions.open'), icon: <Pencil aria-hidden />, onSelect: () => actions.open(product) },
    product.status === 'archived'
      ? {
          label: t('products.actions.unarchive'),
          icon: <ArchiveRestore aria-hidden />,
          onSelect: () => void actions.unarchive(product),
        }
      : {
          label: t('products.actions.archive'),
          icon: <Archive aria-hidden />,
          onSelect: () => void actions.archive(product),
        },
    'separator',
    {
      label: t('products.actions.delete'),
      icon: <Trash2 aria-hidden />,
      danger: true,
      onSelect: () => void actions.remove(product),
    },
  ]
}
