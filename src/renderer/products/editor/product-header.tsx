import { Archive, ArchiveRestore, ArrowLeft, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { ScreenHeader } from '../../frame/screen-header.tsx'
import { ActionMenu } from '../../ui/action-menu.tsx'
import { SyncMarks } from '../../sync-marks.tsx'
import { useProductActions } from '../use-product-actions.tsx'
import type { Editor } from './use-editor.ts'

/** The product's name with the way back to the list, and what can be done to the whole product. */
export function ProductHeader({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const actions = useProductActions()
  const { product } = editor
  const back = useListAddress()
  const remove = async (): Promise<void> => {
    if (!(await actions.remove(product))) return
    // What was typed belongs to a product that is gone.
    editor.discard()
    setTimeout(() => void navigate(back))
  }
  const archived = product.status === 'archived'
  const menu = [
    archived
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
    'separator' as const,
    { label: t('products.actions.delete'), icon: <Trash2 aria-hidden />, danger: true, onSelect: () => void remove() },
  ]
  return (
    <ScreenHeader title={product.name} actions={<ActionMenu label={t('products.editor.menu')} actions={menu} />}>
      <Link
        className="button"
        data-kind="ghost"
        data-icon=""
        to={back}
        aria-label={t('products.editor.back')}
        title={t('products.editor.back')}
      >
        <ArrowLeft aria-hidden />
      </Link>
      <h1 className="truncate">{product.name}</h1>
      <SyncMarks pending={product.pending} />
    </ScreenHeader>
  )
}

/** The list as it was left: its filters stand in its address. */
function useListAddress(): string {
  const { state } = useLocation() as { readonly state: unknown }
  const search = typeof state === 'object' && state !== null && 'list' in state ? String(state.list) : ''
  return `/products${search}`
}
