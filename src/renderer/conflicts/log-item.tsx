import type { LogEntry } from '#shared/conflicts.ts'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/badge.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { fieldName, valueText } from './field-words.ts'
import { SideValue } from './marked-text.tsx'
import { RestoreButtons } from './restore-buttons.tsx'
import { sideTitle } from './side-words.ts'

const looks = {
  overwrote: { kind: 'info', shape: '⇄' },
  merged: { kind: 'ok', shape: '⊕' },
  kept: { kind: 'info', shape: '⊖' },
  deleted: { kind: 'warn', shape: '✕' },
  'deleted changed': { kind: 'warn', shape: '✕' },
  duplicate: { kind: 'plain', shape: '=' },
  renumbered: { kind: 'plain', shape: '#' },
  rejected: { kind: 'bad', shape: '▲' },
  resolved: { kind: 'ok', shape: '✓' },
} as const

/** One decision: what became of what, and the way back. */
export function LogItem({ entry }: { readonly entry: LogEntry }) {
  const { t } = useTranslation()
  const known = (Object.keys(looks) as (keyof typeof looks)[]).find((one) => one === entry.decision)
  const { kind, shape } = known ? looks[known] : ({ kind: 'plain', shape: '○' } as const)
  return (
    <li className="conflict-row">
      <Badge kind={kind} shape={shape}>
        {known ? t(`conflicts.log.kinds.${known}`) : entry.decision}
      </Badge>
      <div className="conflict-row-text">
        <p>{entry.text}</p>
        {entry.detail !== null && <p className="quiet">{entry.detail}</p>}
        <p className="quiet">
          {entry.sessionName !== null && <>{entry.sessionName}, </>}
          <RelativeTime at={entry.at} />
        </p>
        {entry.fields.length > 0 && <Values entry={entry} />}
      </div>
      {entry.restorable && <RestoreButtons entry={entry} />}
    </li>
  )
}

function Values({ entry }: { readonly entry: LogEntry }) {
  const { t } = useTranslation()
  return (
    <details className="conflict-values">
      <summary>
        {t('conflicts.log.values')}: {entry.fields.map(({ name }) => fieldName(t, name)).join(', ')}
      </summary>
      {entry.fields.map((field) => (
        <FieldValues key={field.name} entry={entry} field={field} />
      ))}
    </details>
  )
}

function FieldValues({ entry, field }: { readonly entry: LogEntry; readonly field: LogEntry['fields'][number] }) {
  const { t, i18n } = useTranslation()
  const words = { t, locale: i18n.language }
  return (
    <dl className="conflict-value-list">
      <div>
        <dt>
          {fieldName(t, field.name)}, {t('conflicts.was').toLocaleLowerCase(i18n.language)}
        </dt>
        <dd>{field.labels ? (field.labels.base ?? '') : valueText(words, field.name, field.base)}</dd>
      </div>
      {(['mine', 'theirs'] as const).map((side) => (
        <div key={side} data-kept={field.kept === side || undefined}>
          <dt>
            {sideTitle(t, entry, side)}
            {field.kept === side && <Badge shape="✓">{t('conflicts.log.kept')}</Badge>}
          </dt>
          <dd>
            <SideValue field={field} side={side} />
          </dd>
        </div>
      ))}
      {field.kept === 'other' && (
        <div data-kept>
          <dt>
            {t('conflicts.own')}
            <Badge shape="✓">{t('conflicts.log.kept')}</Badge>
          </dt>
          <dd>{valueText(words, field.name, field.value)}</dd>
        </div>
      )}
    </dl>
  )
}
