import type { Session, WebContents } from 'electron'
import { shell } from 'electron'
import { isAppUrl, planOpening } from './links.ts'

export interface ContentsRules {
  /** Opens a window of ours at that path. */
  readonly openWindow: (path: string) => void
}

/** What every page lives under, whatever opened it: it stays where it is, and opens nothing by itself. */
export function restrictContents(contents: WebContents, { openWindow }: ContentsRules): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    const opening = planOpening(url)
    if (opening.kind === 'own') openWindow(opening.path)
    if (opening.kind === 'browser') void shell.openExternal(opening.url)
    return { action: 'deny' }
  })
}

/** What the session grants: no permission at all, and nothing from the network. */
export function restrictSession(session: Session, options: { readonly development: boolean }): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, options) }))
}

function mayLoad(url: string, { development }: { readonly development: boolean }): boolean {
  return isAppUrl(url) || /^(blob|data):/.test(url) || (development && url.startsWith('devtools://'))
}
