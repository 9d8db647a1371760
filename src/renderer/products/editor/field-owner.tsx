import { Lock, PencilLine, Undo2 } from 'lucide-react'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/badge.tsx'
import { changesOf } from './draft.ts'
import { ownershipOf } from './fields.ts'
import type { FieldName } from './fields.ts'
import type { Editor } from './use-editor.ts'

/** Whether Shopify decides about the field for now, so that it cannot be typed into. */
export function isLocked(editor: Editor, field: FieldName): boolean {
  const typed = editor.draft[field] !== undefined
  return ownershipOf(editor.product, field) === 'shopify' && !typed && !editor.unlocked.has(field)
}

interface FieldOwnerProps {
  readonly editor: Editor
  readonly field: FieldName
}

/** Beside a label: who decides about the field, and the way to change that. */
export function FieldOwner({ editor, field }: FieldOwnerProps) {
  const { t } = useTranslation()
  const ownership = ownershipOf(editor.product, field)
  const label = t(`products.changes.${field}`)
  if (ownership === 'none') return null
  if (ownership === 'yours') return <Badge>{t('products.owner.yours')}</Badge>
  if (isLocked(editor, field)) {
    return (
      <span className="owner">
        <Badge shape={<Lock />}>{t('products.owner.shopify')}</Badge>
        <button
          type="button"
          className="owner-act"
          aria-label={t('products.owner.overrideField', { field: label })}
          onClick={(event) => {
            editor.unlock(field)
            focusControl(event)
          }}
        >
          {t('products.owner.override')}
        </button>
      </span>
    )
  }
  const changed = field in changesOf(editor.draft, editor.saved)
  const isOwn = ownership === 'overridden'
  return (
    <span className="owner">
      {(isOwn || changed) && (
        <Badge kind="accent" shape={<PencilLine />}>
          {t(isOwn ? 'products.owner.overridden' : 'products.owner.overriding')}
        </Badge>
      )}
      <button
        type="button"
        className="owner-act"
        aria-label={t(isOwn ? 'products.owner.resetField' : 'products.owner.keepField', { field: label })}
        onClick={() => {
          if (isOwn && field !== 'pid' && field !== 'talkingPointsMd') void editor.reset(field)
          else editor.drop(field)
        }}
      >
        <Undo2 aria-hidden />
        {t(isOwn ? 'products.owner.reset' : 'products.owner.keep')}
      </button>
    </span>
  )
}

/** Leads from the button to what it unlocked, once that can be typed into. */
function focusControl(event: MouseEvent<HTMLElement>): void {
  const frame = event.currentTarget.closest('.field')
  requestAnimationFrame(() => frame?.querySelector<HTMLElement>('input, select, textarea, .field-control')?.focus())
}
