import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import type { Editor } from './use-editor.ts'

/** At the bottom while something is not saved: how much, and the two ways out. */
export function SaveBar({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const { changes, errors, saving } = editor
  if (changes === 0 && errors.other === null) return null
  const failed = errors.other ?? (Object.keys(errors.fields).length > 0 ? t('products.editor.fixFields') : null)
  return (
    <div className="save-bar" role="region" aria-label={t('products.editor.unsaved')}>
      <p className={failed === null ? 'quiet' : 'field-error'} role={failed === null ? 'status' : 'alert'}>
        {failed ?? t('products.editor.changes', { count: changes })}
      </p>
      <Button disabled={saving} onClick={editor.discard}>
        {t('ui.discard')}
      </Button>
      <Button kind="primary" disabled={saving} onClick={() => void editor.save()}>
        {t(saving ? 'products.editor.saving' : 'ui.save')}
      </Button>
    </div>
  )
}
