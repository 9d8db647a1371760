import { decode, encode } from './clone.ts'
import { createWorldBridge, sourceOf } from './world-bridge.ts'
import type { WorldBridge } from './world-bridge.ts'

/** The name that Electron gives the world of its preload scripts. */
export const preloadWorld = 'Electron Isolated Context'

/** The function by which that world, and no other, talks to the main process. */
export const sendBinding = '__standInSend'

/** What the main process calls in that world. */
export const receiver = '__standInReceive'

interface Tools {
  readonly bridge: WorldBridge
  readonly encode: (value: unknown) => string
  readonly decode: (text: string) => unknown
  readonly send: (text: string) => void
  readonly withPreload: boolean
}

type Listener = (event: object, ...args: unknown[]) => void

/**
 * Runs in the preload's world, before the preload: answers what Electron's sandbox would be asked for
 * (docs/tutorial/sandbox.md#preload-scripts). Uses nothing from outside itself.
 */
function enterPreloadWorld({ bridge, encode: toText, decode: fromText, send, withPreload }: Tools) {
  const listeners = new Map<string, Listener[]>()
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  const paths = new Map<string, string>()
  const pending = new Map<number, { files: readonly File[]; retry: () => void }>()
  const ids = { last: 0 }
  const tell = (...message: unknown[]): void => send(JSON.stringify(message))
  const strict = <T extends object>(name: string, built: T): T =>
    new Proxy(built, {
      get: (target, key, self) => {
        if (typeof key === 'symbol' || key in target || key === 'then') return Reflect.get(target, key, self) as unknown
        throw new Error(`${name}.${key} is not built in the stand-in for Electron`)
      },
    })

  const keyOf = ({ name, size, lastModified }: File): string => [name, size, lastModified].join('/')
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown): void => {
      if (key in globalThis) throw new Error('Cannot bind an API on top of an existing property on the window object')
      bridge.offer(key, api)
    },
  })
  const on = (channel: string, listener: Listener): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return ipcRenderer
  }
  const off = (channel: string, listener: Listener): object => {
    const left = [...(listeners.get(channel) ?? [])]
    const place = left.lastIndexOf(listener)
    if (place >= 0) left.splice(place, 1)
    listeners.set(channel, left)
    return ipcRenderer
  }
  const ipcRenderer: object = strict('ipcRenderer', {
    on,
    off,
    addListener: on,
    removeListener: off,
    once: (channel: string, listener: Listener) => {
      const heard: Listener = (event, ...args) => {
        off(channel, heard)
        listener(event, ...args)
      }
      return on(channel, heard)
    },
    removeAllListeners: (channel: string) => {
      listeners.delete(channel)
      return ipcRenderer
    },
    send: (channel: string, ...args: unknown[]): void => tell('send', 0, channel, toText(args)),
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const text = toText(args)
      ids.last += 1
      const id = ids.last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        tell('invoke', id, channel, text)
      })
    },
  })
  const webUtils = strict('webUtils', {
    // docs/api/web-utils.md: empty for a file that a script made.
    getPathForFile: (file: unknown): string => {
      if (!(file instanceof File)) throw new TypeError('getPathForFile needs a File')
      return paths.get(keyOf(file)) ?? ''
    },
  })

  /** A file's place on disk is asked for as soon as a page gets it; the page hears of its file once that is known. */
  const catchFiles = (event: Event): void => {
    const input = event.target
    const files = input instanceof HTMLInputElement && input.type === 'file' ? Array.from(input.files ?? []) : []
    if (files.every((file) => paths.has(keyOf(file)))) return
    event.stopImmediatePropagation()
    ids.last += 1
    const retry = (): void => void input?.dispatchEvent(new Event(event.type, { bubbles: true, composed: true }))
    pending.set(ids.last, { files, retry })
    tell('files', ids.last, '', '')
  }
  for (const type of ['input', 'change']) window.addEventListener(type, catchFiles, { capture: true })

  const receive = {
    message: (_id: number, channel: string, text: string): void => {
      for (const listener of listeners.get(channel) ?? [])
        listener({ sender: ipcRenderer, ports: [] }, ...(fromText(text) as unknown[]))
    },
    reply: (id: number, error: string, text: string): void => {
      const { resolve, reject } = waiting.get(id) ?? {}
      waiting.delete(id)
      if (error === '') resolve?.(fromText(text))
      else reject?.(new Error(error))
    },
    /** The files that wait, for the main process to look at. */
    files: (id: number): readonly File[] => pending.get(id)?.files ?? [],
    paths: (id: number, _none: string, text: string): void => {
      const waited = pending.get(id)
      const found = fromText(text) as readonly string[]
      for (const [place, file] of waited?.files.entries() ?? []) paths.set(keyOf(file), found[place] ?? '')
      pending.delete(id)
      waited?.retry()
    },
  }
  bridge.offer('', (url: string, name: string, features: string) => tell('open', 0, url, toText({ name, features })))

  const modules = new Map([
    ['electron', strict('electron in a sandboxed preload', { contextBridge, ipcRenderer, webUtils })],
  ])
  const require = (name: string): object => {
    const found = modules.get(name)
    if (!found) throw new Error(`module not found: ${name}`)
    return found
  }
  const run = (preload: (need: typeof require, module: object, exports: object) => void): void => {
    if (!withPreload && window !== window.top) return
    const module = { exports: {} }
    try {
      preload(require, module, module.exports)
    } catch (error) {
      tell('preload-error', 0, error instanceof Error ? (error.stack ?? error.message) : String(error), '')
    }
  }
  return { receive, run }
}

/** The script for the preload's world; the preload runs in the main frame, or in all of them. */
export function preloadWorldScript(token: string, preload: string, inSubFrames: boolean): string {
  return `(() => {
  const encode = ${sourceOf(encode)}
  const decode = ${sourceOf(decode)}
  const bridge = (${sourceOf(createWorldBridge)})(${JSON.stringify(token)}, 'preload', 'page')
  const send = globalThis.${sendBinding}
  const { receive, run } = (${sourceOf(enterPreloadWorld)})({ bridge, encode, decode, send, withPreload: ${inSubFrames} })
  Object.defineProperty(globalThis, '${receiver}', { value: receive })
  run(function (require, module, exports) {
${preload}
  })
})()`
}
