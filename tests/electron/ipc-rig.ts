import { EventEmitter } from 'node:events'
import { must } from '#shared/must.ts'
import type { IpcMainInvokeEvent } from 'electron'
import type { Dispatch } from '../../src/main/dispatch.ts'
import { serveIpc } from '../../src/main/electron/ipc.ts'
import type { IpcPort } from '../../src/main/electron/ipc.ts'
import { Events } from '../../src/main/events.ts'
import type { LogFields } from '../../src/main/log.ts'

type Invoke = (event: IpcMainInvokeEvent, ...args: readonly unknown[]) => unknown

/** A page: what Electron knows of it, and what it was sent. */
export class FakePage extends EventEmitter {
  readonly id: number
  readonly mainFrame: { readonly url: string }
  readonly sent: (readonly unknown[])[] = []
  destroyed = false

  constructor(id = 1, url = 'app://hudson/') {
    super()
    this.id = id
    this.mainFrame = { url }
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  send(...args: readonly unknown[]): void {
    this.sent.push(args)
  }
}

/** The sender part of an IPC event. */
export interface From {
  readonly sender: unknown
  readonly senderFrame: unknown
}

/**
 * Our IPC layer with Electron's part played: what a page passes is cloned on its way in, and the Reply on its way back, as
 * Electron does; what cannot be cloned fails at the page and never comes here.
 */
export function ipcRig(dispatch: Dispatch, events = new Events((error) => void error)) {
  const invokes = new Map<string, Invoke>()
  const sends = new EventEmitter()
  const logged: LogFields[] = []
  const note = (event: string, fields?: LogFields): void => void logged.push({ event, ...fields })
  const ipc = {
    handle: (channel: string, handler: Invoke) => void invokes.set(channel, handler),
    on: (channel: string, listener: Invoke) => sends.on(channel, listener),
  } as unknown as IpcPort
  const log = { debug: note, info: note, warn: note, error: note }
  serveIpc(ipc, { dispatch, events, log, isOwnWindow: (id) => id === 1 })

  const page = new FakePage()
  const own: From = { sender: page, senderFrame: page.mainFrame }
  const invoke = async (channel: string, args: readonly unknown[], from = own): Promise<unknown> => {
    const handler = must(invokes.get(channel), `a handler for ${channel}`)
    return structuredClone(await handler(from as IpcMainInvokeEvent, ...structuredClone(args)))
  }
  return {
    page,
    events,
    logged,
    invoke,
    call: (name: unknown, input?: unknown, from = own) => invoke('hudson:call', [name, input], from),
    send: (channel: string, args: readonly unknown[], from = own) =>
      void sends.emit(channel, from, ...structuredClone(args)),
    /** Hands over arguments as they are: for those that must not be touched. */
    raw: (channel: string, args: readonly unknown[], from: From) => {
      const handler = invokes.get(channel)
      return handler ? handler(from as IpcMainInvokeEvent, ...args) : void sends.emit(channel, from, ...args)
    },
    /** Every channel that a page can send to. */
    channels: () => [...invokes.keys(), ...sends.eventNames().map(String)],
  }
}
