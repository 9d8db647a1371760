import type { Dialog, Shell } from 'electron'
import type { Log } from '../log.ts'
import type { Say } from '../words/speech.ts'

export interface OutsideDeps {
  readonly shell: Pick<Shell, 'openExternal'>
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly log: Log
  readonly say: Say
}

const OPEN = 0
const CANCEL = 1

/**
 * Opens addresses outside the app once the user has read where they lead and agreed. The addresses come from `planOpening`,
 * which lets web pages and mail pass and nothing else.
 *
 * 1. One question at a time: a page that asks for a hundred windows gets one.
 * 2. The question belongs to no window: it never lies over what the host reads.
 */
export function createOpenOutside({ shell, dialog, log, say }: OutsideDeps): (url: string) => void {
  const question = { open: false }
  const ask = async (url: string): Promise<void> => {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: say(url.startsWith('mailto:') ? 'Write a mail?' : 'Open this page in the browser?'),
      detail: url,
      buttons: [say('Open'), say('Cancel')],
      defaultId: CANCEL,
      cancelId: CANCEL,
      noLink: true,
    })
    if (response === OPEN) await shell.openExternal(url)
  }
  return (url) => {
    if (question.open) return
    question.open = true
    ask(url)
      .catch((error: unknown) => log.warn('an address could not be opened', { error }))
      .finally(() => (question.open = false))
  }
}
