import { Outlet, useMatch } from 'react-router'
import { AppKeys } from './app-keys.tsx'
import { useTheme } from './use-theme.ts'

/** Around the screens that fill the window. Displays follow their session alone, without keys of the app. */
export function ShowRoot() {
  const isOfSession = useMatch('/sessions/:id/*') !== null
  const isOwners = useMatch('/welcome') !== null || isOfSession
  return isOwners ? <Console /> : <Outlet />
}

function Console() {
  useTheme()
  return (
    <>
      <Outlet />
      <AppKeys />
    </>
  )
}
