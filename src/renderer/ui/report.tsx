import { useTranslation } from 'react-i18next'
import './report.css'

/** Of more remarks than this the rest is counted. */
const SHOWN = 200

interface CountsProps {
  readonly counts: readonly { readonly label: string; readonly value: number; readonly bad?: boolean }[]
}

/** How many of each, in large figures. */
export function Counts({ counts }: CountsProps) {
  const { i18n } = useTranslation()
  return (
    <dl className="report-counts">
      {counts.map(({ label, value, bad = false }) => (
        <div key={label} className="report-count" data-bad={bad || undefined}>
          <dt>{label}</dt>
          <dd className="tabular">{value.toLocaleString(i18n.language)}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface Remark {
  readonly line: number
  readonly text: string
}

interface RemarksProps {
  readonly title: string
  readonly remarks: readonly Remark[]
  readonly kind: 'bad' | 'warn'
  /** What is said of those that are not shown. */
  readonly more: (count: number) => string
}

/** Lines of a file, and what is the matter with each. */
export function Remarks({ title, remarks, kind, more }: RemarksProps) {
  const { t } = useTranslation()
  if (remarks.length === 0) return null
  return (
    <section className="report-remarks" data-kind={kind}>
      <h3>
        <span aria-hidden>{kind === 'bad' ? '▲ ' : '◆ '}</span>
        {title}
      </h3>
      {/* A region that scrolls must be reachable by keyboard. */}
      <div className="report-lines" tabIndex={0} role="group" aria-label={title}>
        {remarks.slice(0, SHOWN).map(({ line, text }, index) => (
          <p key={`${String(line)}-${String(index)}`}>
            <span className="tabular quiet">{t('ui.line', { line })}</span>
            <span>{text}</span>
          </p>
        ))}
      </div>
      {remarks.length > SHOWN && <p className="quiet">{more(remarks.length - SHOWN)}</p>}
    </section>
  )
}
