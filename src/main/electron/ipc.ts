import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'
import type { Log } from '../log.ts'
import { isPlainData } from '../plain-data.ts'
import { describeSender, isOwnPage } from './sender-gate.ts'
import { Subscriptions } from './subscriptions.ts'
import type { PageEvent, SubscriptionsDeps } from './subscriptions.ts'

/** The same as for `POST /call`: more than any form holds; files travel by their path. */
const MAX_INPUT_CHARS = 1024 * 1024
/** How many refused messages one run writes to the log. */
const MAX_LOGGED = 50

export interface IpcDeps extends SubscriptionsDeps {
  readonly log: Log
  readonly isOwnWindow: (id: number) => boolean
}

/** As much of Electron's `ipcMain` as is used here. */
export type IpcPort = Pick<IpcMain, 'handle' | 'on'>

/** The pages that listen. */
export interface Pages {
  /** Tells one page something. Answers whether it listens, which it does soon after it has loaded. */
  tell(contentsId: number, event: PageEvent): boolean
}

/** Registers, once for the whole app, what pages may send: calls, and topics to listen to. */
export function serveIpc(ipc: IpcPort, deps: IpcDeps): Pages {
  const { dispatch, log, isOwnWindow } = deps
  const pages = new Map<number, Subscriptions>()
  const refused = { count: 0 }

  const admits = (event: IpcMainEvent | IpcMainInvokeEvent, channel: string): boolean => {
    if (isOwnPage(event, isOwnWindow)) return true
    // A page that knocks without end must not push everything else out of the log.
    if (++refused.count <= MAX_LOGGED) {
      log.warn('a message from a foreign page was refused', { channel, url: describeSender(event) })
    }
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

  ipc.handle('hudson:call', async (event, name: unknown, input: unknown): Promise<Reply> => {
    if (!admits(event, 'hudson:call')) return failure('unauthorized', 'This page may not call Hudson.')
    if (typeof name !== 'string') {
      return failure('bad-call', 'A call needs the name of what it calls.', { name: 'must be a text' })
    }
    if (!isPlainData(input, MAX_INPUT_CHARS)) {
      return failure('bad-call', 'This call is too large, or is not plain data.', { input: 'must be plain data' })
    }
    return dispatch(name, asJson(input))
  })
  ipc.on('hudson:subscribe', (event, id: unknown, topic: unknown) => {
    if (admits(event, 'hudson:subscribe')) pageOf(event.sender).add(id, topic)
  })
  ipc.on('hudson:unsubscribe', (event, id: unknown) => {
    if (admits(event, 'hudson:unsubscribe')) pageOf(event.sender).remove(id)
  })
  return { tell: (contentsId, event) => pages.get(contentsId)?.tell(event) ?? false }
}

/** The input as it would have come over HTTP, so that both ways in take the same: no NaN, no holes, no `undefined`. */
function asJson(input: unknown): unknown {
  return JSON.parse(JSON.stringify(input ?? {}))
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
