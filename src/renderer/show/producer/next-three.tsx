import type { LiveState } from '#shared/live.ts'
import { useTranslation } from 'react-i18next'
import { priceText } from '../../ui/money.ts'
import type { ShowCommands } from '../live/show-commands.ts'
import './next-three.css'

/** The items that follow, in the order in which they will. */
export function NextThree({ state, commands }: { readonly state: LiveState; readonly commands: ShowCommands }) {
  const { t } = useTranslation()
  return (
    <ol className="next-three" aria-label={t('show.next.title')}>
      {state.next.map((item, index) => (
        <li key={item.itemId}>
          <button type="button" onClick={() => commands.goTo({ itemId: item.itemId })} title={item.name}>
            {item.images[0] ? <img src={item.images[0].src} alt="" /> : <span className="lineup-no-image" />}
            <span className="next-when">{t(index === 0 ? 'show.next.first' : 'show.next.later')}</span>
            <b>{item.number}</b>
            <span className="next-name">{item.name}</span>
            <span className="next-price">{item.priceCents === null ? '' : priceText(item.priceCents)}</span>
          </button>
        </li>
      ))}
      {state.next.length === 0 && <li className="producer-empty">{t('show.next.none')}</li>}
    </ol>
  )
}
