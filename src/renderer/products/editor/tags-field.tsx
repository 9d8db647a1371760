import { X } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/field.tsx'
import type { FieldFrame } from '../../ui/field.tsx'
import './tags-field.css'

interface TagsFieldProps extends Omit<FieldFrame, 'label'> {
  readonly tags: readonly string[]
  readonly onTags: (tags: readonly string[]) => void
  readonly readOnly: boolean
}

const LONGEST = 100
const MOST = 250

/** Tags as chips. Enter or a comma ends one, Backspace in the empty field takes the last away. */
export function TagsField({ tags, onTags, readOnly, ...frame }: TagsFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const add = (text: string): void => {
    const fresh = text
      .split(/[,\n]/)
      .map((one) => one.trim().slice(0, LONGEST))
      .filter((one) => one !== '')
    const known = new Set(tags.map((one) => one.toLowerCase()))
    const next = fresh.filter((one) => !known.has(one.toLowerCase()) && known.add(one.toLowerCase()))
    setTyped('')
    if (next.length > 0) onTags([...tags, ...next].slice(0, MOST))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      add(typed)
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) onTags(tags.slice(0, -1))
  }
  return (
    <Field {...frame} label={t('products.fields.tags')}>
      {(control) => (
        <div className="tags" data-locked={readOnly || undefined}>
          {tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
              {!readOnly && (
                <button
                  type="button"
                  aria-label={t('products.editor.removeTag', { tag })}
                  onClick={() => onTags(tags.filter((one) => one !== tag))}
                >
                  <X aria-hidden />
                </button>
              )}
            </span>
          ))}
          <input
            {...control}
            className="tags-input"
            readOnly={readOnly}
            value={typed}
            placeholder={readOnly ? '' : t('products.editor.addTag')}
            onChange={({ currentTarget: { value } }) => (value.includes(',') ? add(value) : setTyped(value))}
            onKeyDown={onKeyDown}
            onBlur={() => add(typed)}
          />
        </div>
      )}
    </Field>
  )
}
