import type { TiktokReport } from '#shared/library.ts'
import { useTranslation } from 'react-i18next'
import { Counts, Remarks } from '../../ui/report.tsx'
import '../product-table.css'

/** What TikTok's list does to products, or did. */
export function TiktokReportView({ report }: { readonly report: TiktokReport }) {
  const { t } = useTranslation()
  const { dryRun, matched, unchanged, unknown, ambiguous, problems } = report
  const left = unknown.length + ambiguous.length + problems.length
  const more = (count: number): string => t('ui.moreLines', { count })
  return (
    <>
      <Counts
        counts={[
          { label: t(dryRun ? 'files.tiktokFile.toMatch' : 'files.tiktokFile.matched'), value: matched },
          { label: t('files.importing.unchanged'), value: unchanged },
          { label: t('files.importing.left'), value: left, bad: left > 0 },
        ]}
      />
      {dryRun && matched === 0 && <p>{t('files.tiktokFile.nothingToDo')}</p>}
      <Remarks
        kind="bad"
        title={t('files.importing.problems', { count: problems.length })}
        remarks={problems.map(({ line, reason }) => ({ line, text: reason }))}
        more={more}
      />
      <Remarks
        kind="bad"
        title={t('files.tiktokFile.ambiguous', { count: ambiguous.length })}
        remarks={ambiguous.map(({ line, sku, products, reason }) => {
          return { line, text: `${sku} (${products.join(', ')}): ${reason}` }
        })}
        more={more}
      />
      <Remarks
        kind="warn"
        title={t('files.tiktokFile.unknown', { count: unknown.length })}
        remarks={unknown.map(({ line, sku, name }) => ({ line, text: name === '' ? sku : `${sku}: ${name}` }))}
        more={more}
      />
      <Sample report={report} />
    </>
  )
}

function Sample({ report: { sample, matched } }: { readonly report: TiktokReport }) {
  const { t } = useTranslation()
  if (sample.length === 0) return null
  const title = t('files.importing.sample', { count: sample.length, total: matched })
  return (
    <section className="import-sample">
      <h3>{title}</h3>
      <div className="product-table-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="product-table">
          <thead>
            <tr>
              <th scope="col">{t('products.list.name')}</th>
              <th scope="col">{t('products.list.sku')}</th>
              <th scope="col">{t('products.fields.pid')}</th>
            </tr>
          </thead>
          <tbody>
            {sample.map(({ name, sku, before, pid }) => (
              <tr key={`${sku} ${pid}`}>
                <td>{name}</td>
                <td>{sku}</td>
                <td>
                  {before !== null && <s>{before}</s>} {pid}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
