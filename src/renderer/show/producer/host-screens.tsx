import type { Screen } from '#shared/screens.ts'
import { useQuery } from '@tanstack/react-query'
import { MonitorX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../../api.ts'
import './host-screens.css'

interface Props {
  readonly sessionId: string
  readonly onError: (error: unknown) => void
}

const none: readonly Screen[] = []

/** The screens of this computer; none where this is a browser. */
function useScreens(): readonly Screen[] {
  return useQuery(read('screens.list', {})).data?.screens ?? none
}

/** Puts the host view on a screen of this computer, and takes it off again. */
export function HostScreens({ sessionId, onError }: Props) {
  const { t } = useTranslation()
  const screens = useScreens()
  if (screens.length === 0) return null
  return (
    <section className="host-screens" aria-label={t('show.screens.title')}>
      <h3>{t('show.screens.title')}</h3>
      <ul>
        {screens.map((screen) => (
          <ScreenRow key={screen.id} {...{ screen, sessionId, onError }} />
        ))}
      </ul>
      <button type="button" className="button" onClick={() => void call('screens.identify', {}).catch(onError)}>
        {t('show.screens.identify')}
      </button>
    </section>
  )
}

function ScreenRow({ screen, sessionId, onError }: Props & { readonly screen: Screen }) {
  const { t } = useTranslation()
  const { id, number, name, width, height, primary, state } = screen
  const here = state === 'showing' && screen.sessionId === sessionId
  const show = (): void => void call('screens.show', { screenId: id, sessionId }).catch(onError)
  const hide = (): void => void call('screens.hide', { screenId: id }).catch(onError)
  const about = [
    ...(state === 'lost' ? [t('show.screens.lost')] : [`${width} × ${height}`]),
    ...(primary ? [t('show.screens.primary')] : []),
    ...(state === 'showing' && !here ? [t('show.screens.other')] : []),
  ]
  return (
    <li data-state={state}>
      <b>{number}</b>
      <span className="host-screen-name">
        <span className="truncate">{name}</span>
        <small>{about.join(', ')}</small>
      </span>
      <button
        type="button"
        className="button"
        aria-pressed={here}
        onClick={state === 'lost' || here ? hide : show}
        aria-label={t(state === 'lost' || here ? 'show.screens.hideOn' : 'show.screens.showOn', { name })}
      >
        {state === 'lost' ? t('show.screens.forget') : t(here ? 'show.screens.hide' : 'show.screens.show')}
      </button>
    </li>
  )
}

/** Says that a screen with the host view went away. It comes back by itself; until then a window may do. */
export function LostScreens({ sessionId, onError }: Props) {
  const { t } = useTranslation()
  const lost = useScreens().filter((screen) => screen.state === 'lost' && screen.sessionId === sessionId)
  return (
    // Always there, so that what comes into it is read out.
    <div className="lost-screens" role="alert">
      {lost.map(({ id, name }) => (
        <p key={id}>
          <MonitorX aria-hidden="true" />
          <span>{t('show.screens.gone', { name })}</span>
          <a className="button" href={`/host/${sessionId}`} target="_blank" rel="noopener">
            {t('show.screens.window')}
          </a>
          <button
            type="button"
            className="button"
            onClick={() => void call('screens.hide', { screenId: id }).catch(onError)}
          >
            {t('show.screens.forget')}
          </button>
        </p>
      ))}
    </div>
  )
}
