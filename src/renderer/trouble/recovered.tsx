import type { RecoveryReport } from '#shared/recovery.ts'
import { useTranslation } from 'react-i18next'
import { dateTime } from '../format.ts'
import { Counts } from '../ui/report.tsx'

interface Props {
  readonly report: RecoveryReport
}

/** What became of damaged data, count by count. */
export function Recovered({ report }: Props) {
  const { t, i18n } = useTranslation()
  const { at, edits, rows, incomplete, backup, folder } = report
  const kept = edits.fromDatabase + edits.fromJournal + edits.rebuilt
  return (
    <div className="recovered">
      <p>{t('trouble.recovery.at', { time: dateTime(at, i18n.language) })}</p>
      <Counts
        counts={[
          { label: t('trouble.recovery.editsKept'), value: kept },
          { label: t('trouble.recovery.editsLost'), value: edits.lost, bad: edits.lost > 0 },
          { label: t('trouble.recovery.rowsRead'), value: rows.kept },
          { label: t('trouble.recovery.rowsMended'), value: rows.mended, bad: rows.mended > 0 },
          { label: t('trouble.recovery.rowsFromBackup'), value: rows.fromBackup },
          { label: t('trouble.recovery.rowsMade'), value: rows.made, bad: rows.made > 0 },
        ]}
      />
      <ul>
        {edits.lost > 0 && <li>{t('trouble.recovery.lostAdvice')}</li>}
        {rows.mended > 0 && <li>{t('trouble.recovery.mendedAdvice')}</li>}
        {rows.made > 0 && <li>{t('trouble.recovery.madeAdvice')}</li>}
        {incomplete.length > 0 && <li>{t('trouble.recovery.incomplete')}</li>}
        {backup !== null && <li>{t('trouble.recovery.backup', { name: backup })}</li>}
        {folder !== null && <li>{t('trouble.recovery.folder', { name: `quarantine/${folder}` })}</li>}
      </ul>
    </div>
  )
}
