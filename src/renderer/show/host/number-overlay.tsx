import type { LiveState } from '#shared/live.ts'
import { useTranslation } from 'react-i18next'
import { numberRange } from '../../keys/number-entry.ts'
import type { NumberEntry } from '../../keys/number-entry.ts'

interface Props {
  readonly entry: NumberEntry
  readonly lineup: LiveState['lineup']
}

/** What is being typed, large, with the item that it leads to, before anything moves. */
export function NumberOverlay({ entry, lineup }: Props) {
  const { t } = useTranslation()
  if (entry.digits === '' && entry.unknown === null) return null
  const item = entry.unknown === null ? lineup.find(({ number }) => number === Number(entry.digits)) : undefined
  const range = numberRange(lineup.map(({ number }) => number))
  const image = item?.images[0]
  return (
    // Keyed, so that a wider number is another box and moves nothing.
    <div
      key={entry.unknown ?? entry.digits}
      className="number-overlay"
      data-unknown={entry.unknown !== null || undefined}
    >
      {entry.unknown === null ? (
        <>
          <b className="number-overlay-digits">{entry.digits}</b>
          {image && <img src={image.src} alt="" />}
          <span className="number-overlay-name">{item?.name ?? '…'}</span>
        </>
      ) : (
        <b className="number-overlay-digits">
          {range ? t('show.number.unknown', { number: entry.unknown, ...range }) : t('show.number.empty')}
        </b>
      )}
    </div>
  )
}
