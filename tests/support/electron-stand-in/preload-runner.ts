/**
 * The script that runs before a page's own: brings the built preload what Electron's sandbox would, which is `require` of
 * `electron` and nothing else. Plain JavaScript in a text, because it runs in the browser. Unlike in Electron, it shares
 * the page's world: that the worlds are apart is a setting of the window, which tests look at.
 */
export function runnerFor(preload: string): string {
  return `(() => {
  const ipc = window.__standInIpc
  window.open = (url) => { void ipc('open', new URL(url, location.href).href); return null }
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[target=_blank]') : null
    if (link) { event.preventDefault(); void ipc('open', link.href) }
  })
  if (window !== window.top) return
  const listeners = new Map()
  window.__standInDeliver = (channel, args) => { for (const one of listeners.get(channel) ?? []) one({}, ...args) }
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze({ ...api }) }),
    },
    ipcRenderer: {
      invoke: (channel, ...args) => ipc('invoke', channel, ...args),
      send: (channel, ...args) => void ipc('send', channel, ...args),
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
    webUtils: { getPathForFile: (file) => (file instanceof File ? '/dropped/' + file.name : '') },
  }
  const require = (name) => {
    if (name === 'electron') return electron
    throw new Error('module not found: ' + name)
  }
  const module = { exports: {} }
  try {
    ;(function (require, module, exports) {
${preload}
    })(require, module, module.exports)
  } catch (error) {
    void ipc('preload-error', String(error))
  }
})()`
}
