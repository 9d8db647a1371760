import { createBrowserRouter, redirect } from 'react-router'
import type { RouteObject } from 'react-router'
import { Frame } from './frame/frame.tsx'
import { NotFound, ScreenError } from './frame/screen-error.tsx'
import { ShowRoot } from './frame/show-root.tsx'
import { startPath } from './start-path.ts'

const screens: RouteObject[] = [
  { index: true, loader: async () => redirect(await startPath()) },
  {
    path: 'sessions',
    lazy: async () => ({ Component: (await import('./sessions/sessions-screen.tsx')).SessionsScreen }),
  },
  {
    path: 'sessions/:id',
    lazy: async () => ({ Component: (await import('./sessions/builder-screen.tsx')).BuilderScreen }),
  },
  {
    path: 'products',
    lazy: async () => ({ Component: (await import('./products/products-screen.tsx')).ProductsScreen }),
  },
  {
    path: 'products/:id',
    lazy: async () => ({ Component: (await import('./products/product-screen.tsx')).ProductScreen }),
  },
  {
    path: 'activity',
    lazy: async () => ({ Component: (await import('./activity/activity-screen.tsx')).ActivityScreen }),
  },
  {
    path: 'conflicts',
    lazy: async () => ({ Component: (await import('./conflicts/conflicts-screen.tsx')).ConflictsScreen }),
  },
  {
    path: 'diagnostics',
    lazy: async () => ({ Component: (await import('./diagnostics/diagnostics-screen.tsx')).DiagnosticsScreen }),
  },
  {
    path: 'points',
    lazy: async () => ({ Component: (await import('./points/review-screen.tsx')).ReviewScreen }),
  },
  {
    path: 'settings',
    lazy: async () => ({ Component: (await import('./settings/settings-screen.tsx')).SettingsScreen }),
  },
  {
    path: 'settings/backups',
    lazy: async () => ({ Component: (await import('./settings/backups/backups-screen.tsx')).BackupsScreen }),
  },
  {
    path: 'settings/keyboard',
    lazy: async () => ({ Component: (await import('./settings/keyboard/keyboard-screen.tsx')).KeyboardScreen }),
  },
  { path: 'dev', lazy: async () => ({ Component: (await import('./dev/dev-screen.tsx')).DevScreen }) },
  { path: '*', Component: NotFound },
]

/** Screens that fill the window, without the frame. */
const bare: RouteObject[] = [
  { path: 'welcome', lazy: async () => ({ Component: (await import('./wizard/wizard-screen.tsx')).WizardScreen }) },
  {
    path: 'sessions/:id/producer',
    lazy: async () => ({ Component: (await import('./show/producer/producer-screen.tsx')).ProducerScreen }),
  },
  {
    path: 'sessions/:id/run-sheet',
    lazy: async () => ({ Component: (await import('./sessions/run-sheet/run-sheet-screen.tsx')).RunSheetScreen }),
  },
  { path: 'host/:id', lazy: async () => ({ Component: (await import('./show/host/host-screen.tsx')).HostScreen }) },
  {
    path: 'identify/:number',
    lazy: async () => ({ Component: (await import('./show/identify/identify-screen.tsx')).IdentifyScreen }),
  },
  {
    path: 'overlay/:id',
    lazy: async () => ({ Component: (await import('./show/overlay/overlay-screen.tsx')).OverlayScreen }),
  },
]

/** The addresses of the app. Each screen's code is loaded when it is first opened. */
export function createRoutes() {
  return createBrowserRouter([
    { Component: ShowRoot, ErrorBoundary: ScreenError, HydrateFallback: () => null, children: bare },
    {
      path: '/',
      Component: Frame,
      ErrorBoundary: ScreenError,
      HydrateFallback: () => null,
      children: screens.map(guarded),
    },
  ])
}

/** A screen that fails leaves the frame standing. */
function guarded(screen: RouteObject): RouteObject {
  return Object.assign(screen, { ErrorBoundary: ScreenError })
}
