import type { Dialog, MessageBoxOptions, MessageBoxReturnValue, OpenDialogOptions, SaveDialogOptions } from 'electron'
import { notBuilt, strict } from './not-built.ts'
import { phase } from './state.ts'

type Kind = 'message' | 'open' | 'save'

/** A dialog that the app has open: the test answers it. */
export interface OpenDialog {
  readonly id: number
  readonly kind: Kind
  readonly options: Readonly<Record<string, unknown>>
}

interface Waiting extends OpenDialog {
  readonly answer: (value: unknown) => void
}

const ids = { last: 0 }

/** The dialogs that are open, and the errors that were shown in a box of their own. */
export const dialogs: { readonly open: Waiting[]; readonly errors: { title: string; content: string }[] } = {
  open: [],
  errors: [],
}

/** Dialogs take a parent window first, or nothing. */
type Asked<T> = readonly [T] | readonly [unknown, T]

function ask<T>(kind: Kind, given: Asked<object>): Promise<T> {
  const options = given.length === 2 ? given[1] : given[0]
  // What cannot be sent to the test is not what the dialog shows.
  const { signal, icon: _icon, ...shown } = options as MessageBoxOptions
  ids.last += 1
  const id = ids.last
  return new Promise<T>((answer) => {
    const done = (value: unknown): void => {
      const place = dialogs.open.findIndex((one) => one.id === id)
      if (place >= 0) dialogs.open.splice(place, 1)
      answer(value as T)
    }
    dialogs.open.push({ id, kind, options: { ...shown }, answer: done })
    // docs/api/dialog.md: an aborted message box closes as if the user cancelled it.
    signal?.addEventListener('abort', () => done({ response: shown.cancelId ?? 0, checkboxChecked: false }))
  })
}

export const dialog: Pick<
  Dialog,
  | 'showErrorBox'
  | 'showMessageBox'
  | 'showOpenDialog'
  | 'showSaveDialog'
  | 'showMessageBoxSync'
  | 'showOpenDialogSync'
  | 'showSaveDialogSync'
> = strict('dialog', {
  showMessageBox: (...given: Asked<MessageBoxOptions>) => ask<MessageBoxReturnValue>('message', given),
  showOpenDialog: (...given: Asked<OpenDialogOptions>) => ask<Electron.OpenDialogReturnValue>('open', given),
  showSaveDialog: (...given: Asked<SaveDialogOptions>) => ask<Electron.SaveDialogReturnValue>('save', given),
  // A dialog that blocks the process cannot be answered by another one.
  showMessageBoxSync: () => notBuilt('dialog.showMessageBoxSync'),
  showOpenDialogSync: () => notBuilt('dialog.showOpenDialogSync'),
  showSaveDialogSync: () => notBuilt('dialog.showSaveDialogSync'),
  /** Before `ready` it goes to standard error on Linux (docs/api/dialog.md#dialogshowerrorboxtitle-content). */
  showErrorBox: (title: string, content: string): void => {
    if (phase.ready) dialogs.errors.push({ title, content })
    process.stderr.write(`${title}: ${content}\n`)
  },
})
