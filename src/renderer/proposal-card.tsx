import type { Proposal } from '#shared/points.ts'
import { useMutation } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from './api.ts'
import { Button } from './ui/button.tsx'
import { Markdown } from './ui/markdown.tsx'
import { TextArea } from './ui/text-field.tsx'
import { useToasts } from './ui/toasts.tsx'
import './proposal-card.css'

interface Props {
  readonly proposal: Proposal
  /** Hears whether its text was changed and is not taken yet. */
  readonly onEdited?: (isEdited: boolean) => void
}

/** What a model wrote beside what is there: taken as it is, taken as edited, or turned down. */
export function ProposalCard({ proposal, onEdited }: Props) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { id, productName, current, author, flags } = proposal
  const [text, setText] = useState(proposal.text)
  const isEdited = text !== proposal.text
  const accept = useMutation({
    mutationFn: () => call('points.accept', { pointId: id, ...(isEdited && { text }) }),
    onSuccess: () => toasts.done(t('points.accepted', { count: 1 })),
    onError: toasts.failed,
  })
  const reject = useMutation({
    mutationFn: () => call('points.reject', { pointId: id }),
    onSuccess: () => toasts.info(t('points.rejected', { name: productName })),
    onError: toasts.failed,
  })
  const busy = accept.isPending || reject.isPending
  return (
    <div className="proposal">
      <div className="proposal-now">
        <h3>{t('points.now')}</h3>
        {current.trim() === '' ? <p className="quiet">{t('points.nothingNow')}</p> : <Markdown text={current} />}
      </div>
      <div className="proposal-new">
        <h3>{t('points.suggested', { model: author.name })}</h3>
        <TextArea
          hideLabel
          label={t('points.text', { name: productName })}
          className="textarea proposal-text"
          maxLength={20_000}
          rows={Math.min(12, Math.max(4, text.split('\n').length + 1))}
          value={text}
          onValue={(next) => {
            setText(next)
            onEdited?.(next !== proposal.text)
          }}
        />
        {flags.length > 0 && (
          <div className="proposal-flags">
            <p>
              <TriangleAlert aria-hidden /> {t('points.flags')}
            </p>
            <ul>
              {flags.map(({ kind, words }) => (
                <li key={words}>
                  <b>{words}</b> <span className="quiet">{t(`points.flagKinds.${kind}`)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="proposal-actions">
          <Button kind="ghost" disabled={busy} onClick={() => reject.mutate()}>
            {t('points.reject')}
          </Button>
          <Button disabled={busy || text.trim() === ''} onClick={() => accept.mutate()}>
            {t(isEdited ? 'points.acceptEdited' : 'points.accept')}
          </Button>
        </div>
      </div>
    </div>
  )
}
