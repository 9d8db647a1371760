import type { SessionDetail } from '#shared/sessions.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api.ts'
import { Select } from '../../ui/choice.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import type { Edits } from '../builder/use-edits.ts'
import { DraftField } from '../draft/draft-field.tsx'
import { fromLocalInput, toLocalInput } from '../schedule.ts'

interface Props {
  readonly session: SessionDetail
  readonly edits: Edits
}

/** The session's own fields. They save themselves. */
export function SessionPanel({ session, edits }: Props) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const brands = useQuery(read('brands.list', {})).data?.items ?? []
  const draft = (field: string): string => `session:${session.id}:${field}`
  return (
    <div className="detail-fields">
      <Select
        label={t('sessions.field.brand')}
        value={session.brand?.id ?? ''}
        options={[
          { value: '', label: t('sessions.noBrand') },
          ...brands.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onValue={(id) => {
          edits.saveSession({ brandId: id === '' ? null : id }).catch((error: unknown) => toasts.failed(error))
        }}
      />
      <div className="detail-pair">
        <DraftField
          name={draft('schedule')}
          label={t('sessions.field.schedule')}
          type="datetime-local"
          source={{
            saved: toLocalInput(session.scheduledAt),
            check: (text) => (text !== '' && fromLocalInput(text) === null ? t('sessions.field.wrongTime') : null),
            save: (text) => edits.saveSession({ scheduledAt: fromLocalInput(text) }),
          }}
        />
        <DraftField
          name={draft('code')}
          label={t('sessions.field.code')}
          maxLength={60}
          source={{ saved: session.code, save: (code) => edits.saveSession({ code }) }}
        />
      </div>
      <p className="quiet detail-note">{t('sessions.field.codeHint')}</p>
      <DraftField
        name={draft('notes')}
        label={t('sessions.field.notes')}
        multiline
        rows={6}
        maxLength={20_000}
        source={{ saved: session.notes, save: (notes) => edits.saveSession({ notes }) }}
      />
    </div>
  )
}
