import { app, dialog, ipcMain, protocol, session, shell } from 'electron'
import type { Dispatch } from '../dispatch.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'
import { serveIpc } from './ipc.ts'
import type { Pages } from './ipc.ts'
import { createOpenOutside } from './open-outside.ts'
import { createAppProtocol } from './protocol.ts'
import type { AppProtocolOptions } from './protocol.ts'
import { restrictContents, restrictSession } from './security.ts'
import type { Windows } from './windows.ts'

export interface PagesDeps {
  readonly dispatch: Dispatch
  readonly events: Events
  readonly files: AppProtocolOptions
  readonly windows: Windows
  readonly log: Log
  readonly say: Say
  readonly development: boolean
}

/** Gives pages what they may have: their files, calls and events; and nothing else. Before the first window. */
export function servePages({ dispatch, events, files, windows, log, say, development }: PagesDeps): Pages {
  const openWindow = (path: string): void => void windows.open(path)
  const openOutside = createOpenOutside({ shell, dialog, log, say })
  app.on('web-contents-created', (_event, contents) =>
    restrictContents(contents, { openWindow, openOutside, development }),
  )
  restrictSession(session.defaultSession, { development })
  protocol.handle('app', createAppProtocol(files))
  return serveIpc(ipcMain, { dispatch, events, log, isOwnWindow: (id) => windows.isOwn(id) })
}
