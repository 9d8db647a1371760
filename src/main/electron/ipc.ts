import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import { ipcMain } from 'electron'
import type { Log } from '../log.ts'
import { isOwnPage } from './sender-gate.ts'
import { Subscriptions } from './subscriptions.ts'
import type { SubscriptionsDeps } from './subscriptions.ts'

/** The same as for `POST /call`: more than any form holds; files travel by their path. */
const MAX_INPUT_CHARS = 1024 * 1024

export interface IpcDeps extends SubscriptionsDeps {
  readonly log: Log
  readonly isOwnWindow: (id: number) => boolean
}

/** Registers, once for the whole app, what pages may send: calls, and topics to listen to. */
export function serveIpc(deps: IpcDeps): void {
  const { dispatch, log, isOwnWindow } = deps
  const pages = new Map<number, Subscriptions>()

  const admits = (event: IpcMainEvent | IpcMainInvokeEvent, channel: string): boolean => {
    if (isOwnPage(event, isOwnWindow)) return true
    log.warn('a message from a foreign page was refused', { channel, url: event.senderFrame?.url })
    return false
  }
  const pageOf = (contents: WebContents): Subscriptions => {
    const known = pages.get(contents.id)
    if (known) return known
    const page = new Subscriptions(deps, (id, event) => {
      if (!contents.isDestroyed()) contents.send('hudson:event', id, event)
    })
    pages.set(contents.id, page)
    endWith(contents, page, () => pages.delete(contents.id))
    return page
  }

  ipcMain.handle('hudson:call', async (event, name: unknown, input: unknown): Promise<Reply> => {
    if (!admits(event, 'hudson:call')) return failure('unauthorized', 'This page may not call Hudson.')
    if (typeof name !== 'string') return failure('bad-call', 'A call needs the name of what it calls.')
    const plain = asJson(input)
    return plain === undefined
      ? failure('bad-call', 'This call is too large, or is not plain data.')
      : dispatch(name, plain)
  })
  ipcMain.on('hudson:subscribe', (event, id: unknown, topic: unknown) => {
    if (admits(event, 'hudson:subscribe')) pageOf(event.sender).add(id, topic)
  })
  ipcMain.on('hudson:unsubscribe', (event, id: unknown) => {
    if (admits(event, 'hudson:unsubscribe')) pageOf(event.sender).remove(id)
  })
}

/**
 * The input as it would have come over HTTP, so that both ways in take the same; undefined where it is too large or is no
 * plain data (what Electron clones may hold cycles, maps and big integers).
 */
function asJson(input: unknown): unknown {
  try {
    const text = JSON.stringify(input ?? {})
    return text.length <= MAX_INPUT_CHARS ? JSON.parse(text) : undefined
  } catch {
    // JSON.stringify and JSON.parse throw for exactly the inputs that are refused here.
    return undefined
  }
}

/** Ends a page's subscriptions with the page: reload and navigation, a crash, a closed window. */
function endWith(contents: WebContents, page: Subscriptions, forget: () => void): void {
  // Not at its start: one that is prevented has started too, and the page stays.
  contents.on('did-navigate', () => page.clear())
  contents.on('render-process-gone', () => page.clear())
  contents.once('destroyed', () => {
    page.clear()
    forget()
  })
}
