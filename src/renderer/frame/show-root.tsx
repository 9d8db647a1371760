import { useQuery } from '@tanstack/react-query'
import { Outlet, useMatch } from 'react-router'
import { read } from '../api.ts'
import { useLanguage } from '../words/use-language.ts'
import { AppKeys } from './app-keys.tsx'
import { useTheme } from './use-theme.ts'

/** Around the screens that fill the window. Displays follow their session alone, without keys of the app. */
export function ShowRoot() {
  const isOfSession = useMatch('/sessions/:id/*') !== null
  const isOwners = useMatch('/welcome') !== null || isOfSession
  return isOwners ? <Console /> : <Outlet />
}

function Console() {
  const { data: app } = useQuery(read('app.info', {}))
  useTheme()
  useLanguage(app?.language)
  return (
    <>
      <Outlet />
      <AppKeys />
    </>
  )
}
