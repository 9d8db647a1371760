import { app, dialog } from 'electron'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'
import type { Quitting } from './quitting.ts'
import type { ShowWatch } from './show-watch.ts'
import type { OwnWindow, Windows } from './windows.ts'

interface ClosingDeps {
  readonly windows: Windows
  readonly show: ShowWatch
  readonly quitting: Quitting
  readonly log: Log
  readonly say: Say
}

/**
 * What happens when the user closes a window.
 *
 * 1. A host view stays while a show is live, unless the user says that it should go.
 * 2. With the last window that has controls Hudson ends (but for macOS, where it stays in the Dock), so that no host view is
 *    left on a screen that nobody can take away. While a show is live that asks first.
 */
export function guardClosing({ windows, show, quitting, log, say }: ClosingDeps): void {
  const asking = new Set<OwnWindow>()
  const ask = async (closing: OwnWindow): Promise<void> => {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: say('You are LIVE. Take the host view off this screen?'),
      detail: say('The host reads from it. The show itself goes on.'),
      buttons: [say('Keep it'), say('Take it off')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    if (response === 1 && !closing.window.isDestroyed()) closing.window.destroy()
  }
  windows.guard((closing) => {
    if (quitting.isQuitting) return true
    if (closing.kind === 'host') {
      if (!show.isLive) return true
      if (!asking.has(closing)) {
        asking.add(closing)
        ask(closing)
          .catch((error: unknown) => log.error('the question could not be asked', { error }))
          .finally(() => asking.delete(closing))
      }
      return false
    }
    const others = windows.all.filter((one) => one !== closing)
    if (process.platform === 'darwin' || others.some(({ kind }) => kind !== 'host')) return true
    if (others.length === 0 && !show.isLive) return true
    app.quit()
    return false
  })
}
