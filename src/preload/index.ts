import type { Bridge, BridgeEvent } from '#shared/bridge.ts'
import type { Reply } from '#shared/reply.ts'
import { contextBridge, ipcRenderer, webUtils } from 'electron'

// What a page of the desktop app has of the core: `window.hudson`, three methods. Nothing of Electron is passed on, and
// nothing here knows what can be called: that is the contract's business, in main.

const listeners = new Map<number, (event: BridgeEvent) => void>()

ipcRenderer.on('hudson:event', (_event, id: number, event: BridgeEvent) => {
  listeners.get(id)?.(event)
})

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('hudson:call', name, input) as Promise<Reply>,

  subscribe(topic, listener) {
    const id = nextId()
    listeners.set(id, listener)
    ipcRenderer.send('hudson:subscribe', id, topic)
    return () => {
      if (listeners.delete(id)) ipcRenderer.send('hudson:unsubscribe', id)
    }
  },

  pathOf: (file) => webUtils.getPathForFile(file as File),
}

const ids = { last: 0 }

/** Each subscription has its own number, so that each one gets the state of its topic when it begins. */
function nextId(): number {
  ids.last += 1
  return ids.last
}

contextBridge.exposeInMainWorld('hudson', bridge)
