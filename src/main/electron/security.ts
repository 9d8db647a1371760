import type { OnBeforeRequestListenerDetails, Session, WebContents } from 'electron'
import { appOrigin, isAppUrl, planOpening } from './links.ts'

export interface ContentsRules {
  /** Opens a window of ours at that path. */
  readonly openWindow: (path: string) => void
  /** Opens an address in the program that the system has for it. */
  readonly openOutside: (url: string) => void
  readonly development: boolean
}

/** What every page lives under, whatever opened it: it stays where it is, and opens nothing by itself. */
export function restrictContents(contents: WebContents, rules: ContentsRules): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault()
    answer('')
  })
  // The windows are made without them; this is for whatever else would open them.
  if (!rules.development) contents.on('devtools-opened', () => contents.closeDevTools())
  contents.setWindowOpenHandler(({ url }) => {
    const opening = planOpening(url)
    if (opening.kind === 'own') rules.openWindow(opening.path)
    if (opening.kind === 'outside') rules.openOutside(opening.url)
    return { action: 'deny' }
  })
}

/** What the session grants: no permission, no device, no screen, no download, and nothing from the network. */
export function restrictSession(session: Session, options: { readonly development: boolean }): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details, options) }))
}

type Asked = Pick<OnBeforeRequestListenerDetails, 'url' | 'resourceType'>

/**
 * Told by address and kind alone. The frame that asks is not looked at: it may be gone by now, and then touching it throws.
 * What `file:` holds, or a socket, is none of ours either.
 */
function mayLoad({ url, resourceType }: Asked, { development }: { readonly development: boolean }): boolean {
  if (development && url.startsWith('devtools://')) return true
  // No page of ours has a frame in it, so whatever wants to be in one is not ours.
  if (resourceType === 'subFrame') return false
  if (isAppUrl(url)) return true
  // Pictures that a page made itself, such as the preview of a pasted one; never a script, a page or a style.
  return resourceType === 'image' && (url.startsWith(`blob:${appOrigin}/`) || url.startsWith('data:image/'))
}
