import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { SegmentedControl } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { ColumnTable } from './column-table.tsx'
import { ImportReport } from './import-report.tsx'
import { tellsProducts, useLineUpImport } from './use-line-up-import.ts'
import type { LineUpImport } from './use-line-up-import.ts'
import './import-dialog.css'

interface Props {
  readonly open: boolean
  /** One that was dropped onto the line-up. */
  readonly file: File | null
  readonly sessionId: string
  readonly onClose: () => void
}

/** Takes a line-up out of a file: its columns are named, what would happen is shown, and then it happens. */
export function ImportDialog({ open, ...props }: Props) {
  return open ? <Import {...props} /> : null
}

function Import({ file, sessionId, onClose }: Omit<Props, 'open'>) {
  const { t } = useTranslation()
  const job = useLineUpImport(sessionId)
  const { state } = job
  const begin = useEffectEvent(() => {
    if (file) job.look(file)
  })
  useEffect(() => begin(), [file])
  return (
    <Dialog
      open
      wide
      // An import under way goes on; its outcome must have somewhere to be shown.
      onClose={() => state.step !== 'importing' && onClose()}
      title={t('files.importing.title')}
      actions={<Actions {...{ job, sessionId, onClose }} />}
    >
      <div className="line-up-import">
        {state.step !== 'choose' && (
          <p className="line-up-import-file">
            <strong>{state.file.name}</strong>
          </p>
        )}
        {state.step === 'choose' && (
          <FileDrop
            where={t('files.importing.where')}
            limits={t('files.importing.limits')}
            label={t('files.importing.file')}
            choose={t('files.importing.choose')}
            accept=".csv,.xlsx,.tsv,.txt,text/csv"
            onFile={job.look}
          />
        )}
        {state.step === 'reading' && <Waiting />}
        {(state.step === 'mapping' || state.step === 'importing') && <Mapping job={job} />}
        {state.step === 'done' && <ImportReport report={state.report} />}
        {state.step === 'failed' && (
          <div role="alert" className="line-up-import-failed">
            <p>{state.error}</p>
            <p className="quiet">{t('files.importing.nothingChanged')}</p>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Mapping({ job }: { readonly job: LineUpImport }) {
  const { t } = useTranslation()
  const { state } = job
  if (state.step !== 'mapping' && state.step !== 'importing') return null
  const { read, mapping, mode, report } = state
  return (
    <>
      {read.warning !== null && <p className="line-up-import-warning">{read.warning}</p>}
      <ColumnTable read={read} mapping={mapping} onMap={job.mapColumn} />
      <SegmentedControl
        label={t('files.importing.mode')}
        value={mode}
        options={[
          { value: 'update', label: t('files.importing.update') },
          { value: 'append', label: t('files.importing.append') },
        ]}
        onValue={job.setMode}
      />
      <p className="quiet">{t(mode === 'update' ? 'files.importing.updateHint' : 'files.importing.appendHint')}</p>
      <div role="status">
        {!tellsProducts(mapping) && <p>{t('files.importing.noKey')}</p>}
        {state.step === 'mapping' && state.problem !== null && <p>{state.problem}</p>}
        {report === null && tellsProducts(mapping) && !(state.step === 'mapping' && state.problem !== null) && (
          <Waiting />
        )}
      </div>
      {report && <ImportReport report={report} />}
    </>
  )
}

function Actions({ job, sessionId, onClose }: Omit<Props, 'open' | 'file'> & { readonly job: LineUpImport }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { state } = job
  const report = 'report' in state ? state.report : null
  const count = report ? report.added + report.updated : 0
  const undo = async (id: string): Promise<void> => {
    try {
      await call('history.undo', { scope: `session:${sessionId}`, id })
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
  return (
    <>
      {(state.step === 'mapping' || state.step === 'failed') && (
        <Button onClick={job.reset}>{t('files.importing.other')}</Button>
      )}
      <Button onClick={onClose} disabled={state.step === 'importing'}>
        {t('ui.cancel')}
      </Button>
      {(state.step === 'mapping' || state.step === 'importing') && (
        <Button kind="primary" disabled={state.step === 'importing' || count === 0} onClick={job.run}>
          {state.step === 'importing' ? t('files.importing.running') : t('files.importing.run', { count })}
        </Button>
      )}
    </>
  )
}
