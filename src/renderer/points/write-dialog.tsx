import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { SegmentedControl } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'

interface Props {
  readonly sessionId: string
  readonly open: boolean
  readonly onClose: () => void
}

/** For which products of a line-up, and about what it costs, before anything is asked. */
export function WriteDialog({ sessionId, open, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const toasts = useToasts()
  const [mode, setMode] = useState<'missing' | 'all'>('missing')
  const { data: status } = useQuery(read('points.status', {}))
  const { data: estimate } = useQuery({ ...read('points.estimate', { sessionId, mode }), enabled: open })
  const start = useMutation({
    mutationFn: () => call('points.generate', { sessionId, mode }),
    onSuccess: () => {
      toasts.info(t('points.started'))
      onClose()
    },
    onError: toasts.failed,
  })
  const canStart = status?.configured === true && (estimate?.products ?? 0) > 0 && !start.isPending
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('points.writeTitle')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" disabled={!canStart} onClick={() => start.mutate()}>
            {t('points.start')}
          </Button>
        </>
      }
    >
      <SegmentedControl
        label={t('points.which')}
        value={mode}
        options={(['missing', 'all'] as const).map((value) => ({ value, label: t(`points.modes.${value}`) }))}
        onValue={setMode}
      />
      <p className="field-hint">{t(`points.modeHint.${mode}`)}</p>
      {estimate && estimate.products === 0 && <p>{t('points.nothingToDo')}</p>}
      {estimate && estimate.products > 0 && (
        <p className="tabular">
          {t('points.estimate', {
            count: estimate.products,
            tokens: (estimate.inputTokens + estimate.outputTokens).toLocaleString(i18n.language),
          })}
          {', '}
          {estimate.costUsd === null
            ? t('points.noCost', { model: estimate.model })
            : t('points.cost', { cost: money(estimate.costUsd, i18n.language) })}
        </p>
      )}
      {status?.configured === false && (
        <p>
          {t('points.notSetUp')} <Link to="/settings#points">{t('points.setUp')}</Link>
        </p>
      )}
    </Dialog>
  )
}

/** Two digits that mean something: a batch costs cents, or less. */
function money(usd: number, language: string): string {
  const digits = usd >= 0.1 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 1 }
  return new Intl.NumberFormat(language, digits).format(usd)
}
