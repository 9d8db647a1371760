import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import './identify.css'

/** What stands for a moment in the middle of a screen, so that the user knows which one it is. */
export function IdentifyScreen() {
  const { t } = useTranslation()
  const { number = '' } = useParams()
  const [search] = useSearchParams()
  return (
    <main className="identify">
      <p className="identify-number">{number.slice(0, 3)}</p>
      <p className="truncate">{search.get('name')?.slice(0, 60) || t('show.screens.unnamed')}</p>
    </main>
  )
}
