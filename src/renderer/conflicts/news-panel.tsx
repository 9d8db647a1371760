import type { Conflict } from '#shared/conflicts.ts'
import { useTranslation } from 'react-i18next'
import { isWhole } from './draft.ts'
import type { News } from './draft.ts'
import { fieldName, valueText } from './field-words.ts'
import { deviceOf, isMe } from './side-words.ts'

/** What changed of a conflict since it was looked at, from what to what. */
export function NewsPanel({ conflict, news }: { readonly conflict: Conflict; readonly news: readonly News[] }) {
  const { t, i18n } = useTranslation()
  const words = { t, locale: i18n.language }
  const whose = ({ side }: News): string => {
    if (side === 'base') return t('conflicts.news.whose.base')
    if (isMe(conflict, side)) return t('conflicts.news.whose.mine')
    return t('conflicts.news.whose.named', { name: deviceOf(t, conflict, side) })
  }
  const hasMore = !isWhole(conflict) && conflict.fields.some(({ name }) => news.every((one) => one.name !== name))
  return (
    <div role="status" className="conflict-news" data-empty={news.length === 0 || undefined}>
      {news.length > 0 && (
        <>
          <h3>
            <span aria-hidden>◆ </span>
            {t('conflicts.news.title')}
          </h3>
          <ul className="conflict-edit-list">
            {news.map((one) => (
              <li key={`${one.side} ${one.name}`}>
                {t('conflicts.news.changed', {
                  field: fieldName(t, one.name),
                  whose: whose(one),
                  old: valueText(words, one.name, one.old),
                  now: valueText(words, one.name, one.now),
                })}
              </li>
            ))}
          </ul>
          {hasMore && <p className="quiet">{t('conflicts.news.text')}</p>}
        </>
      )}
    </div>
  )
}
