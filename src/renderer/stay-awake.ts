import { call } from './api.ts'

const AGAIN_MS = 60_000

/**
 * Tells the core that a person is in front of this page, so that it asks the team for news: when the page gains the focus, while it
 * keeps it, and when the network comes back.
 */
export function stayAwake(): void {
  const tell = (): void => {
    if (!document.hasFocus()) return
    // Nobody waits for it, and the next one comes in a minute.
    call('sync.focus', {}).catch(() => {})
  }
  window.addEventListener('focus', tell)
  window.addEventListener('online', tell)
  window.setInterval(tell, AGAIN_MS)
  tell()
}
