import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { ImportActions } from './import-actions.tsx'
import { ReportView } from './report-view.tsx'
import { useImport } from './use-import.ts'
import type { ImportState } from './use-import.ts'
import './import.css'

interface ImportDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** A file that was dropped outside of the dialog. */
  readonly dropped: File | null
}

/** Imports a CSV in two steps: first what would happen, then that. */
export function ImportDialog({ open, onClose, dropped }: ImportDialogProps) {
  const { t } = useTranslation()
  const job = useImport()
  const { state } = job
  // Opening begins anew; what happens later is the dialog's own.
  const begin = useEffectEvent(() => {
    if (!open) job.reset()
    else if (dropped) void job.look(dropped)
  })
  useEffect(() => begin(), [open, dropped])
  useOutcome(state)
  return (
    <Dialog
      open={open}
      // An import under way goes on; its outcome must have somewhere to be shown.
      onClose={() => state.step !== 'importing' && onClose()}
      title={t('products.import.title')}
      wide
      actions={<ImportActions job={job} onClose={onClose} />}
    >
      <div className="import-body">
        {state.step !== 'choose' && <FileName file={state.file} />}
        {state.step === 'choose' && (
          <FileDrop
            where={t('products.import.where')}
            limits={t('products.import.limits')}
            label={t('products.import.file')}
            choose={t('products.import.choose')}
            accept=".csv,text/csv"
            onFile={(file) => void job.look(file)}
          />
        )}
        {state.step === 'reading' && <Waiting />}
        {(state.step === 'preview' || state.step === 'importing' || state.step === 'done') && (
          <ReportView report={state.report} />
        )}
        {state.step === 'failed' && (
          <div role="alert" className="import-failed">
            <p>{state.error}</p>
            <p className="quiet">{t('products.import.nothingChanged')}</p>
          </div>
        )}
        {state.step === 'failed' && <Button onClick={() => job.reset()}>{t('products.import.other')}</Button>}
      </div>
    </Dialog>
  )
}

function FileName({ file }: { readonly file: File }) {
  const { t, i18n } = useTranslation()
  const size = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  const large = file.size >= 1024 * 1024
  const amount = size.format(large ? file.size / 1024 / 1024 : Math.max(0.1, file.size / 1024))
  return (
    <p className="import-file">
      <strong>{file.name}</strong>{' '}
      <span className="quiet tabular">{t(large ? 'products.import.mb' : 'products.import.kb', { size: amount })}</span>
    </p>
  )
}

/** Tells screen readers what came out, which others see. */
function useOutcome(state: ImportState): void {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const { step } = state
  const say = useEffectEvent(() => {
    if (state.step !== 'preview' && state.step !== 'done') return
    const { created, updated, unchanged, skipped } = state.report
    const key = state.step === 'done' ? 'products.import.saidDone' : 'products.import.saidPreview'
    announce(t(key, { created, updated, unchanged, skipped: skipped.length }))
  })
  useEffect(() => say(), [step])
}
