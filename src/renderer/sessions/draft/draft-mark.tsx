import { useTranslation } from 'react-i18next'
import type { Draft } from './use-draft.ts'
import './draft.css'

/** Whether a field is saved. What failed is said under the field; here is the way to try again. */
export function DraftMark({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  if (draft.status === 'saved') return <span className="draft-mark">✓ {t('sessions.saved')}</span>
  if (draft.status === 'saving') return <span className="draft-mark">{t('sessions.saving')}</span>
  if (draft.status !== 'failed') return null
  return (
    <button type="button" className="button draft-retry" data-kind="ghost" onClick={draft.flush}>
      {t('sessions.retry')}
    </button>
  )
}
