import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import { changedMeanwhile } from './draft.ts'
import { FieldOwner, isLocked } from './field-owner.tsx'
import { ownershipOf } from './fields.ts'
import type { FieldName } from './fields.ts'
import type { Editor } from './use-editor.ts'

/** What every field of the editor has beside its value. */
interface Frame {
  readonly mark: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly readOnly: boolean
}

/** Makes the frame of a field: who owns it, what Shopify says, what somebody else did to it, what is wrong with it. */
export function useFrames(editor: Editor): (field: FieldName, hint?: ReactNode) => Frame {
  const { t } = useTranslation()
  return (field, hint) => {
    const notes = [hint, <Meanwhile key="meanwhile" editor={editor} field={field} />, shopifyNote(editor, field, t)]
    const hasMeanwhile = changedMeanwhile(editor.draft, editor.saved, field)
    const shown = notes.filter((note, index) => (index === 1 ? hasMeanwhile : note !== undefined && note !== null))
    return {
      mark: <FieldOwner editor={editor} field={field} />,
      ...(shown.length > 0 && { hint: <span className="field-notes">{shown}</span> }),
      error: editor.errors.fields[field],
      readOnly: isLocked(editor, field),
    }
  }
}

function Meanwhile({ editor, field }: { readonly editor: Editor; readonly field: FieldName }) {
  const { t } = useTranslation()
  const value = fieldText(editor.saved[field], t)
  return (
    <span className="field-meanwhile" role="status">
      {t('products.editor.meanwhile', { value })}{' '}
      <button type="button" className="owner-act" onClick={() => editor.drop(field)}>
        {t('products.editor.takeTheirs')}
      </button>
    </span>
  )
}

function shopifyNote({ product }: Editor, field: FieldName, t: TFunction): ReactNode {
  if (ownershipOf(product, field) !== 'overridden' || field === 'pid' || field === 'talkingPointsMd') return undefined
  if (product.shopifyValues === null || product.shopifyValues[field] === undefined) return undefined
  return <span key="shopify">{t('products.owner.says', { value: fieldText(product.shopifyValues[field], t) })}</span>
}

const LONGEST = 120

/** A value in a sentence. */
function fieldText(value: unknown, t: TFunction): string {
  if (typeof value === 'number') return priceText(value)
  if (Array.isArray(value) && value.length > 0) return value.map(String).join(', ')
  if (typeof value !== 'string' || value.trim() === '') return t('products.editor.nothing')
  const plain = value
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return t('products.editor.quoted', { text: plain.length > LONGEST ? `${plain.slice(0, LONGEST)} …` : plain })
}
