import type { IpcMain } from 'electron'
import { strictEmitter } from './not-built.ts'
import type { WebFrame } from './web-frame.ts'

type Handler = (event: object, ...args: readonly unknown[]) => unknown

/** Electron's `ipcMain` (docs/api/ipc-main.md). */
class StandInIpcMain extends strictEmitter('ipcMain') implements Pick<IpcMain, 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Calls the handler; an error has the words that the page will read. */
  async invoke(channel: string, event: object, args: readonly unknown[]): Promise<unknown> {
    try {
      const handler = this.#handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return await handler(event, ...args)
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
    }
  }
}

export const ipcMain = new StandInIpcMain()

/**
 * An event of IPC. `senderFrame` is looked up when it is asked for, and is null once the frame shows another document or is
 * gone (docs/api/structures/ipc-main-event.md).
 */
export function ipcEvent(sender: object, frame: WebFrame): object {
  const { documents } = frame
  return {
    type: 'frame',
    sender,
    processId: frame.processId,
    frameId: frame.routingId,
    ports: [],
    reply: (channel: string, ...args: readonly unknown[]) => frame.send(channel, ...args),
    get senderFrame() {
      return frame.detached || frame.documents !== documents ? null : frame
    },
  }
}
