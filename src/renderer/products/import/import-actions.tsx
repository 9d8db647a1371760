import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../copy-text.ts'
import { Button } from '../../ui/button.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { reportText } from './report-text.ts'
import type { Import } from './use-import.ts'

interface ImportActionsProps {
  readonly job: Import
  readonly onClose: () => void
}

/** The buttons at the bottom of the import: they follow its steps. */
export function ImportActions({ job, onClose }: ImportActionsProps) {
  const { t } = useTranslation()
  const { state } = job
  const report = 'report' in state ? state.report : null
  const writes = report ? report.created + report.updated : 0
  return (
    <>
      {report && 'file' in state && <CopyReport text={reportText(report, { fileName: state.file.name, t })} />}
      {state.step === 'preview' && <Button onClick={job.reset}>{t('products.import.other')}</Button>}
      {state.step !== 'done' && (
        <Button onClick={onClose} disabled={state.step === 'importing'}>
          {t('ui.cancel')}
        </Button>
      )}
      {state.step === 'failed' && (
        <Button kind="primary" onClick={() => void job.again()}>
          {t('ui.retry')}
        </Button>
      )}
      {(state.step === 'preview' || state.step === 'importing') && (
        <Button kind="primary" disabled={state.step === 'importing' || writes === 0} onClick={() => void job.run()}>
          {state.step === 'importing' ? t('products.import.importing') : t('products.import.run', { count: writes })}
        </Button>
      )}
      {state.step === 'done' && (
        <Button kind="primary" onClick={onClose}>
          {t('products.import.finish')}
        </Button>
      )}
    </>
  )
}

function CopyReport({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const copy = async (): Promise<void> => {
    if (await copyText(text)) toasts.done(t('products.import.copied'))
    else toasts.failed(new Error(t('products.import.notCopied')))
  }
  return (
    <Button kind="ghost" className="import-copy" onClick={() => void copy()}>
      <Copy aria-hidden />
      {t('products.import.copy')}
    </Button>
  )
}
