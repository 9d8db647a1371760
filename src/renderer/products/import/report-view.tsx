import type { ImportReport } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { SampleTable } from './sample-table.tsx'

/** Of more remarks than this the rest is counted; the copied report has them all. */
const SHOWN = 200

/** What an import does, or did: counts, lines left out, warnings, and the first products. */
export function ReportView({ report }: { readonly report: ImportReport }) {
  const { t } = useTranslation()
  const { found, skipped, warnings, dryRun } = report
  return (
    <>
      <dl className="import-counts">
        <Count label={t(dryRun ? 'products.import.toCreate' : 'products.import.created')} value={report.created} />
        <Count label={t(dryRun ? 'products.import.toUpdate' : 'products.import.updated')} value={report.updated} />
        <Count label={t('products.import.unchanged')} value={report.unchanged} />
        <Count label={t('products.import.skipped')} value={skipped.length} bad={skipped.length > 0} />
      </dl>
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
      <Remarks title={t('products.import.skippedTitle', { count: skipped.length })} remarks={skipped} kind="bad" />
      <Remarks title={t('products.import.warningsTitle', { count: warnings.length })} remarks={warnings} kind="warn" />
      {report.sample.length > 0 && <SampleTable report={report} />}
    </>
  )
}

function Count({
  label,
  value,
  bad = false,
}: {
  readonly label: string
  readonly value: number
  readonly bad?: boolean
}) {
  const { i18n } = useTranslation()
  return (
    <div className="import-count" data-bad={bad || undefined}>
      <dt>{label}</dt>
      <dd className="tabular">{value.toLocaleString(i18n.language)}</dd>
    </div>
  )
}

interface RemarksProps {
  readonly title: string
  readonly remarks: ImportReport['skipped']
  readonly kind: 'bad' | 'warn'
}

function Remarks({ title, remarks, kind }: RemarksProps) {
  const { t } = useTranslation()
  if (remarks.length === 0) return null
  return (
    <section className="import-remarks" data-kind={kind}>
      <h3>
        <span aria-hidden>{kind === 'bad' ? '▲ ' : '◆ '}</span>
        {title}
      </h3>
      {/* A region that scrolls must be reachable by keyboard. */}
      <div className="import-lines" tabIndex={0} role="group" aria-label={title}>
        {remarks.slice(0, SHOWN).map(({ line, reason }, index) => (
          <p key={`${String(line)}-${String(index)}`}>
            <span className="tabular quiet">{t('products.import.line', { line })}</span>
            <span>{reason}</span>
          </p>
        ))}
      </div>
      {remarks.length > SHOWN && (
        <p className="quiet">{t('products.import.more', { count: remarks.length - SHOWN })}</p>
      )}
    </section>
  )
}
