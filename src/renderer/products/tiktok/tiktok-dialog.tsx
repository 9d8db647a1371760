import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { TiktokReportView } from './tiktok-report.tsx'
import { useTiktokFile } from './use-tiktok-file.ts'
import type { TiktokFile } from './use-tiktok-file.ts'
import '../import/import.css'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
}

/** Gives products their TikTok ids, from a file that TikTok Shop exports: first what would happen, then that. */
export function TiktokDialog({ open, onClose }: Props) {
  return open ? <Tiktok onClose={onClose} /> : null
}

function Tiktok({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation()
  const job = useTiktokFile()
  const { state } = job
  return (
    <Dialog
      open
      wide
      // An import under way goes on; its outcome must have somewhere to be shown.
      onClose={() => state.step !== 'importing' && onClose()}
      title={t('files.tiktokFile.title')}
      actions={<Actions job={job} onClose={onClose} />}
    >
      <div className="import-body">
        {state.step === 'choose' ? (
          <FileDrop
            where={t('files.tiktokFile.where')}
            limits={t('files.tiktokFile.limits')}
            label={t('files.importing.file')}
            choose={t('files.importing.choose')}
            accept=".csv,.xlsx,text/csv"
            onFile={job.look}
          />
        ) : (
          <p className="import-file">
            <strong>{state.file.name}</strong>
          </p>
        )}
        {state.step === 'choose' && <p className="quiet">{t('files.tiktok')}</p>}
        {state.step === 'reading' && <Waiting />}
        {'report' in state && <TiktokReportView report={state.report} />}
        {state.step === 'failed' && (
          <div role="alert" className="import-failed">
            <p>{state.error}</p>
            <p className="quiet">{t('files.importing.nothingChanged')}</p>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Actions({ job, onClose }: Pick<Props, 'onClose'> & { readonly job: TiktokFile }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { state } = job
  const undo = async (id: string): Promise<void> => {
    try {
      await call('history.undo', { scope: 'products', id })
      onClose()
    } catch (error) {
      toasts.failed(error)
    }
  }
  if (state.step === 'done') {
    const { undoId } = state.report
    return (
      <>
        {undoId !== null && <Button onClick={() => void undo(undoId)}>{t('files.importing.undo')}</Button>}
        <Button kind="primary" onClick={onClose}>
          {t('files.importing.finish')}
        </Button>
      </>
    )
  }
  const matched = 'report' in state ? state.report.matched : 0
  return (
    <>
      {(state.step === 'preview' || state.step === 'failed') && (
        <Button onClick={job.reset}>{t('files.importing.other')}</Button>
      )}
      <Button onClick={onClose} disabled={state.step === 'importing'}>
        {t('ui.cancel')}
      </Button>
      {'report' in state && (
        <Button kind="primary" disabled={state.step === 'importing' || matched === 0} onClick={job.run}>
          {state.step === 'importing' ? t('files.importing.running') : t('files.tiktokFile.run', { count: matched })}
        </Button>
      )}
    </>
  )
}
