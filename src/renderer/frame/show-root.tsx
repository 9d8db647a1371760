import { Outlet, useMatch } from 'react-router'
import { AppKeys } from './app-keys.tsx'
import { useTheme } from './use-theme.ts'

/** Around the screens of a show: they fill the window. Displays follow their session alone, without keys of the app. */
export function ShowRoot() {
  return useMatch('/sessions/:id/producer') ? <Console /> : <Outlet />
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
