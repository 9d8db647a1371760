import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../ui/picture.tsx'
import type { Picks } from './use-picks.ts'

/** What is chosen, in order, each with a way to take it out. */
export function PickStrip({ picks }: { readonly picks: Picks }) {
  const { t } = useTranslation()
  if (picks.chosen.length === 0) return <p className="pick-strip-empty quiet">{t('sessions.picker.noneChosen')}</p>
  return (
    <ol className="pick-strip" aria-label={t('sessions.picker.chosen')}>
      {picks.chosen.map(({ id, name, src }, index) => (
        <li key={id} className="pick-chip">
          <span className="tabular pick-chip-place">{index + 1}</span>
          <Picture src={src} alt="" />
          <span className="truncate" title={name}>
            {name}
          </span>
          <button
            type="button"
            className="button"
            data-kind="ghost"
            aria-label={t('sessions.picker.unchoose', { name })}
            onClick={() => picks.drop(id)}
          >
            <X aria-hidden />
          </button>
        </li>
      ))}
    </ol>
  )
}
