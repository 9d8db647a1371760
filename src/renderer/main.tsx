import '@fontsource-variable/inter/index.css'
import './ui/tokens.css'
import './ui/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { must } from '#shared/must.ts'
import { subscribe } from './api.ts'
import { createRoutes } from './routes.tsx'
import { noteCrashes } from './note-crashes.ts'
import { stayAwake } from './stay-awake.ts'
import { Announcer } from './ui/announcer.tsx'
import { ToastProvider } from './ui/toasts.tsx'
import { loadWords } from './words/words.ts'

// The core is on this machine: no answer is too old until it says so, and none is tried again by itself.
const queries = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: Infinity, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** The one listener behind every query: what changed is asked for again; after a lost connection, everything. */
function followChanges(): void {
  let lost = false
  subscribe('client:desktop', (event) => {
    if (event.event === 'changed') void queries.invalidateQueries({ queryKey: [event.feature] })
    if (event.event !== 'connected') return
    if (event.connected && lost) void queries.invalidateQueries()
    lost = !event.connected
  })
}

noteCrashes()
const isDisplay = /^\/(host|overlay)\//.test(window.location.pathname)
// A display may not hear of anything but its session.
if (!isDisplay) {
  followChanges()
  stayAwake()
}
await loadWords()
createRoot(must(document.querySelector('#root'), 'the page has a root')).render(
  <StrictMode>
    {/* Base UI would add <style> elements, which the page's policy refuses; ui/base.css has what they say. */}
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <Tooltip.Provider delay={500}>
          <Announcer>
            <ToastProvider>
              <RouterProvider router={createRoutes()} />
            </ToastProvider>
          </Announcer>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
