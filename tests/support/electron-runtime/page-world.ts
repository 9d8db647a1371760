import { createWorldBridge, sourceOf } from './world-bridge.ts'
import type { WorldBridge } from './world-bridge.ts'

/** Runs in the page's own world, before any script of the page. Uses nothing from outside itself. */
function enterPageWorld(bridge: WorldBridge): void {
  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
      for (const held of Object.values(value)) freeze(held)
    return ArrayBuffer.isView(value) ? value : Object.freeze(value)
  }
  const openings: { ask: ((url: string, name: string, features: string) => void) | null } = { ask: null }
  const open = (url: string, name: string, features: string): null => {
    openings.ask?.(new URL(url, location.href).href, name, features)
    return null
  }
  bridge.onOffer((key, value) => {
    if (key === '') openings.ask = value as typeof openings.ask
    else Object.defineProperty(window, key, { value: freeze(value), enumerable: true })
  })
  // No page opens a window by itself: the app is asked, and what it allows it opens itself.
  window.open = (url = 'about:blank', name = '', features = '') => open(String(url), name, features)
  window.addEventListener('click', (event) => {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement)
    const target = link?.target ?? ''
    if (!link?.href || ['', '_self', '_top', '_parent'].includes(target) || event.defaultPrevented) return
    event.preventDefault()
    open(link.href, target === '_blank' ? '' : target, '')
  })
}

/** The script for the page's own world. */
export function pageWorldScript(token: string): string {
  return `(${sourceOf(enterPageWorld)})((${sourceOf(createWorldBridge)})(${JSON.stringify(token)}, 'page', 'preload'))`
}
