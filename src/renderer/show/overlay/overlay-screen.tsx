import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { priceText } from '../../ui/money.ts'
import { useLive } from '../../live-state.ts'
import { useLanguage } from '../../words/use-language.ts'
import './overlay.css'

/** A lower third for OBS: number, name and price over nothing. */
export function OverlayScreen() {
  const { id = '' } = useParams()
  const { t } = useTranslation()
  const { state } = useLive(id)
  useLanguage(state?.language)
  useEffect(() => {
    document.documentElement.classList.add('overlay-page')
    return () => document.documentElement.classList.remove('overlay-page')
  }, [])
  const card = state?.card
  if (!card || state.blank) return <main className="overlay" />
  const { priceCents, compareAtPriceCents } = card
  const isWas = priceCents !== null && compareAtPriceCents !== null && compareAtPriceCents > priceCents
  return (
    <main className="overlay">
      <section className="overlay-third" aria-label={t('show.overlay.title')}>
        <p className="overlay-number">{card.number}</p>
        <h1 className="overlay-name" dir="auto">
          {card.name}
        </h1>
        {priceCents !== null && (
          <p className="overlay-price">
            {isWas && <s>{priceText(compareAtPriceCents)}</s>}
            <b>{priceText(priceCents)}</b>
          </p>
        )}
      </section>
    </main>
  )
}
