import { LineupField } from '#shared/sessions.ts'
import type { LineupMapping } from '#shared/sessions.ts'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/choice.tsx'
import type { FileRead } from './use-line-up-import.ts'

interface Props {
  readonly read: FileRead
  readonly mapping: LineupMapping
  readonly onMap: (column: number, field: LineupField | null) => void
}

/** How many values of a column are shown. */
const SHOWN = 3

/** Each column of the file: what it is called there, what stands in it, and what it is to the line-up. */
export function ColumnTable({ read: { columns, rows, total, sheet }, mapping, onMap }: Props) {
  const { t } = useTranslation()
  const fields = new Map(Object.entries(mapping).map(([field, at]) => [at, LineupField.parse(field)]))
  const options = [
    { value: 'none' as const, label: t('files.importing.notRead') },
    ...LineupField.options.map((field) => ({ value: field, label: t(`files.importing.fields.${field}`) })),
  ]
  const counted = t('files.importing.rows', { count: total })
  const title = sheet === null ? counted : t('files.importing.rowsOf', { rows: counted, sheet })
  return (
    <section className="line-up-import-columns">
      <h3>{title}</h3>
      {/* A region that scrolls must be reachable by keyboard. */}
      <div className="line-up-import-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="line-up-import-table">
          <thead>
            <tr>
              <th scope="col">{t('files.importing.column')}</th>
              <th scope="col">{t('files.importing.isRead')}</th>
              <th scope="col">{t('files.importing.values')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((name, column) => (
              // Two columns may have one name.
              <tr key={column}>
                <th scope="row">{name === '' ? t('files.importing.unnamed', { number: column + 1 }) : name}</th>
                <td>
                  <Select
                    hideLabel
                    label={t('files.importing.isReadAs', { column: name === '' ? String(column + 1) : name })}
                    value={fields.get(column) ?? 'none'}
                    options={options}
                    onValue={(field) => onMap(column, field === 'none' ? null : field)}
                  />
                </td>
                <td className="quiet">{valuesOf(rows, column).join(' · ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function valuesOf(rows: FileRead['rows'], column: number): readonly string[] {
  return rows
    .map((cells) => (cells[column] ?? '').trim().replaceAll(/\s+/g, ' '))
    .filter((text) => text !== '')
    .slice(0, SHOWN)
    .map((text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text))
}
