import type { ImportReport } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { Counts, Remarks } from '../../ui/report.tsx'
import type { Remark } from '../../ui/report.tsx'
import { SampleTable } from './sample-table.tsx'

/** What an import does, or did: counts, lines left out, warnings, and the first products. */
export function ReportView({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation()
  const { found, skipped, warnings, dryRun } = report
  return (
    <>
      <Counts
        counts={[
          { label: t(dryRun ? 'products.import.toCreate' : 'products.import.created'), value: report.created },
          { label: t(dryRun ? 'products.import.toUpdate' : 'products.import.updated'), value: report.updated },
          { label: t('products.import.unchanged'), value: report.unchanged },
          { label: t('products.import.skipped'), value: skipped.length, bad: skipped.length > 0 },
        ]}
      />
      <p className="quiet">
        {t('products.import.found', {
          products: t('products.import.products', { count: found.products }),
          variants: t('products.import.variants', { count: found.variants }),
          images: t('products.import.images', { count: found.images }),
          brands: t('products.import.brands', { count: found.brands }),
        })}
      </p>
      {!dryRun && found.images > 0 && <p>{t('products.import.picturesFollow')}</p>}
      {dryRun && report.created + report.updated === 0 && <p>{t('products.import.nothingToDo')}</p>}
      <Remarks
        title={t('products.import.skippedTitle', { count: skipped.length })}
        remarks={skipped.map(asRemark)}
        kind="bad"
        more={(count) => t('products.import.more', { count })}
      />
      <Remarks
        title={t('products.import.warningsTitle', { count: warnings.length })}
        remarks={warnings.map(asRemark)}
        kind="warn"
        more={(count) => t('products.import.more', { count })}
      />
      {report.sample.length > 0 && <SampleTable report={report} />}
    </>
  )
}

function asRemark({ line, reason }: ImportReport['skipped'][number]): Remark {
  return { line, text: reason }
}
