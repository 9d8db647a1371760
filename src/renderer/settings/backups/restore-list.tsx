import type { RestoreChanges } from '#shared/backups.ts'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly changes: readonly RestoreChanges[]
  readonly removeNewer: boolean
}

/** What a restore does to each kind of thing: how many, and some of them by name. */
export function RestoreList({ changes, removeNewer }: Props) {
  const { t } = useTranslation()
  return (
    <dl className="restore-list">
      {changes.map(({ kind, comeBack, change, newer, examples }) => (
        <div key={kind}>
          <dt>{t(`backups.what.${kind}`)}</dt>
          {comeBack > 0 && (
            <Line
              title={t('backups.preview.comeBack', { count: comeBack })}
              count={comeBack}
              names={examples.comeBack}
            />
          )}
          {change > 0 && (
            <ChangedLine
              title={t('backups.preview.change', { count: change })}
              count={change}
              examples={examples.change}
            />
          )}
          {newer > 0 && (
            <Line
              title={t(removeNewer ? 'backups.preview.newerGo' : 'backups.preview.newer', { count: newer })}
              count={newer}
              names={examples.newer}
            />
          )}
        </div>
      ))}
    </dl>
  )
}

interface LineProps {
  readonly title: string
  readonly count: number
  readonly names: readonly string[]
}

function Line({ title, count, names }: LineProps) {
  const { t } = useTranslation()
  const list = names.join('; ')
  const more = count - names.length
  return (
    <dd>
      {title}
      <span className="quiet">{more > 0 ? t('backups.preview.more', { names: list, count: more }) : list}</span>
    </dd>
  )
}

interface ChangedLineProps extends Omit<LineProps, 'names'> {
  readonly examples: RestoreChanges['examples']['change']
}

/** Each with what of it changes, where there is a word for that. */
function ChangedLine({ examples, ...line }: ChangedLineProps) {
  const { t, i18n } = useTranslation()
  const names = examples.map(({ name, fields }) => {
    const known = fields.filter((field) => i18n.exists(`backups.fields.${field}`))
    const words = [...new Set(known.map((field) => t(`backups.fields.${field}` as 'backups.fields.name')))]
    return words.length === 0 ? name : t('backups.preview.changed', { name, fields: words.join(', ') })
  })
  return <Line {...line} names={names} />
}
