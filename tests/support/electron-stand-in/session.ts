import { EventEmitter } from 'node:events'
import { onlyBeforeReady, onlyWhenReady } from './state.ts'

type SchemeHandler = (request: Request) => Promise<Response>
type IpcHandler = (event: unknown, ...args: readonly unknown[]) => unknown
type PermissionRequest = (contents: null, permission: string, answer: (granted: boolean) => void) => void
type BeforeRequest = (
  details: { url: string; resourceType: string },
  answer: (reply: { cancel?: boolean }) => void,
) => void
type DisplayMedia = (request: null, answer: (streams: object | null) => void) => void

/** What the app registered, for the browser to ask. */
export const registered = {
  privileged: [] as string[],
  schemes: new Map<string, SchemeHandler>(),
  ipc: new Map<string, IpcHandler>(),
  permissionRequest: null as PermissionRequest | null,
  permissionCheck: null as (() => boolean) | null,
  device: null as (() => boolean) | null,
  displayMedia: null as DisplayMedia | null,
  beforeRequest: null as BeforeRequest | null,
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly { scheme: string }[]): void => {
    onlyBeforeReady('protocol.registerSchemesAsPrivileged')
    registered.privileged.push(...schemes.map(({ scheme }) => scheme))
  },
  handle: (scheme: string, handler: SchemeHandler): void => {
    onlyWhenReady('protocol.handle')
    registered.schemes.set(scheme, handler)
  },
}

class StandInIpcMain extends EventEmitter {
  handle(channel: string, handler: IpcHandler): void {
    if (registered.ipc.has(channel)) throw new Error(`A second handler for ${channel}`)
    registered.ipc.set(channel, handler)
  }
}

export const ipcMain = new StandInIpcMain()

const defaultSession = new EventEmitter()

export const session = {
  get defaultSession() {
    onlyWhenReady('session.defaultSession')
    return Object.assign(defaultSession, {
      setPermissionRequestHandler: (handler: PermissionRequest) => void (registered.permissionRequest = handler),
      setPermissionCheckHandler: (handler: () => boolean) => void (registered.permissionCheck = handler),
      setDevicePermissionHandler: (handler: () => boolean) => void (registered.device = handler),
      setDisplayMediaRequestHandler: (handler: DisplayMedia) => void (registered.displayMedia = handler),
      setBluetoothPairingHandler: (): void => {},
      webRequest: { onBeforeRequest: (handler: BeforeRequest) => void (registered.beforeRequest = handler) },
    })
  },
}

/** Whether the app lets a page load that address. */
export function isCancelled(url: string, resourceType: string): boolean {
  const reply: { cancel?: boolean } = {}
  registered.beforeRequest?.({ url, resourceType }, (given) => Object.assign(reply, given))
  return reply.cancel === true
}
