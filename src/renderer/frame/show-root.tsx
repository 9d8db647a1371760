import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatch } from 'react-router'
import { read } from '../api.ts'
import { TroubleNotices } from '../trouble/trouble-notices.tsx'
import { useLanguage } from '../words/use-language.ts'
import { AppKeys } from './app-keys.tsx'
import { useTheme } from './use-theme.ts'
import './frame.css'

/** Around the screens that fill the window. Displays follow their session alone, without keys of the app. */
export function ShowRoot() {
  const isOfSession = useMatch('/sessions/:id/*') !== null
  const isSetup = useMatch('/welcome') !== null
  return isSetup || isOfSession ? <Console notices={isSetup} /> : <Outlet />
}

/** `notices`: what is wrong with this computer stands above the screen; a show's console has its own. */
function Console({ notices }: { readonly notices: boolean }) {
  const { data: app } = useQuery(read('app.info', {}))
  useTheme()
  useLanguage(app?.language)
  return (
    <>
      {notices ? (
        <div className="full-window">
          <TroubleNotices />
          <Outlet />
        </div>
      ) : (
        <Outlet />
      )}
      <AppKeys />
    </>
  )
}
