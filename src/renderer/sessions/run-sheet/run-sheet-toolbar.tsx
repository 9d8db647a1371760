import type { RunSheetSize } from '#shared/run-sheet.ts'
import type { SessionDetail } from '#shared/sessions.ts'
import { ArrowLeft, FileDown, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call, isDesktop } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { SegmentedControl } from '../../ui/choice.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { useExport } from '../file/use-export.ts'

interface Props {
  readonly session: SessionDetail
  readonly size: RunSheetSize
  readonly onSize: (size: RunSheetSize) => void
}

/** Not on paper: the way back, the size, and the ways out. */
export function RunSheetToolbar({ session, size, onSize }: Props) {
  const { t } = useTranslation()
  const exportAs = useExport(session.id)
  const isEmpty = session.items.length === 0
  return (
    <header className="run-sheet-bar">
      <div className="run-sheet-title">
        <Link
          className="button"
          data-kind="ghost"
          data-icon=""
          to={`/sessions/${session.id}`}
          aria-label={t('files.runSheet.back')}
          title={t('files.runSheet.back')}
        >
          <ArrowLeft aria-hidden />
        </Link>
        <h1 className="truncate" dir="auto">
          {t('files.runSheet.title', { name: session.name })}
        </h1>
      </div>
      <div className="run-sheet-actions">
        <SegmentedControl
          label={t('files.runSheet.size')}
          hideLabel
          value={size}
          options={[
            { value: 'compact', label: t('files.runSheet.compact') },
            { value: 'large', label: t('files.runSheet.large') },
          ]}
          onValue={onSize}
        />
        <Button onClick={() => exportAs('csv')} disabled={isEmpty}>
          <FileDown aria-hidden />
          {t('files.runSheet.csv')}
        </Button>
        <Button onClick={() => exportAs('xlsx')} disabled={isEmpty}>
          <FileDown aria-hidden />
          {t('files.runSheet.xlsx')}
        </Button>
        {isDesktop && <SavePdf sessionId={session.id} size={size} disabled={isEmpty} />}
        <Button kind="primary" onClick={() => window.print()} disabled={isEmpty}>
          <Printer aria-hidden />
          {t('files.runSheet.print')}
        </Button>
      </div>
      {!isDesktop && <p className="run-sheet-hint quiet">{t('files.runSheet.pdfInBrowser')}</p>}
    </header>
  )
}

interface SavePdfProps {
  readonly sessionId: string
  readonly size: RunSheetSize
  readonly disabled: boolean
}

function SavePdf({ sessionId, size, disabled }: SavePdfProps) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [saving, setSaving] = useState(false)
  const save = async (): Promise<void> => {
    setSaving(true)
    try {
      const { savedAs } = await call('runSheet.savePdf', { sessionId, size })
      if (savedAs !== null) toasts.done(t('files.export.saved', { name: savedAs }))
    } catch (error) {
      toasts.failed(error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Button onClick={() => void save()} disabled={disabled || saving}>
      <FileDown aria-hidden />
      {t(saving ? 'files.runSheet.saving' : 'files.runSheet.pdf')}
    </Button>
  )
}
