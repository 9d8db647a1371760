import { useTranslation } from 'react-i18next'
import { Badge } from '../../ui/badge.tsx'
import { Counts, Remarks } from '../../ui/report.tsx'
import type { LineUpReport } from './use-line-up-import.ts'

/** What an import does to the line-up, or did. */
export function ImportReport({ report }: { readonly report: LineUpReport }) {
  const { t } = useTranslation()
  const { dryRun, added, updated, unchanged, missing, duplicates, problems } = report
  const left = missing.length + duplicates.length + problems.length
  const more = (count: number): string => t('ui.moreLines', { count })
  const reasons = problems.map(({ line, field, reason }) => {
    return { line, text: field === null ? reason : `${t(`files.importing.fields.${field}`)}: ${reason}` }
  })
  return (
    <>
      <Counts
        counts={[
          { label: t(dryRun ? 'files.importing.toAdd' : 'files.importing.added'), value: added },
          { label: t(dryRun ? 'files.importing.toUpdate' : 'files.importing.updated'), value: updated },
          { label: t('files.importing.unchanged'), value: unchanged },
          { label: t('files.importing.left'), value: left, bad: left > 0 },
        ]}
      />
      {dryRun && added + updated === 0 && <p>{t('files.importing.nothingToDo')}</p>}
      <Remarks
        kind="bad"
        title={t('files.importing.problems', { count: problems.length })}
        remarks={reasons}
        more={more}
      />
      <Remarks
        kind="bad"
        title={t('files.importing.missing', { count: missing.length })}
        remarks={missing}
        more={more}
      />
      <Remarks
        kind="warn"
        title={t('files.importing.duplicates', { count: duplicates.length })}
        remarks={duplicates}
        more={more}
      />
      <Changes report={report} />
    </>
  )
}

function Changes({ report: { sample, added, updated } }: { readonly report: LineUpReport }) {
  const { t } = useTranslation()
  if (sample.length === 0) return null
  const title = t('files.importing.sample', { count: sample.length, total: added + updated })
  return (
    <section className="line-up-import-columns">
      <h3>{title}</h3>
      <div className="line-up-import-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="line-up-import-table">
          <tbody>
            {sample.map(({ line, name, action, changes }) => (
              <tr key={line}>
                <th scope="row">{name}</th>
                <td>
                  <Badge kind={action === 'add' ? 'ok' : 'info'}>{t(`files.importing.actions.${action}`)}</Badge>
                </td>
                <td className="quiet">{changes.map((field) => t(`files.importing.fields.${field}`)).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
