import type { ImportReport } from '#shared/library.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '#shared/app-error.ts'
import { call, sendFile } from '../../api.ts'
import { messageOf } from '../message-of.ts'

/** Where an import stands. A failure keeps the file, so that it can be tried again. */
export type ImportState =
  | { readonly step: 'choose' }
  | { readonly step: 'reading'; readonly file: File }
  | { readonly step: 'preview'; readonly file: File; readonly report: ImportReport }
  | { readonly step: 'importing'; readonly file: File; readonly report: ImportReport }
  | { readonly step: 'done'; readonly file: File; readonly report: ImportReport }
  | { readonly step: 'failed'; readonly file: File; readonly error: string; readonly report: ImportReport | null }

export interface Import {
  readonly state: ImportState
  /** Reads the file and tells what would happen. */
  readonly look: (file: File) => Promise<void>
  readonly run: () => Promise<void>
  readonly again: () => Promise<void>
  readonly reset: () => void
}

const MAX_MIB = 50

export function useImport(): Import {
  const { t } = useTranslation()
  const [state, setState] = useState<ImportState>({ step: 'choose' })
  const look = async (file: File): Promise<void> => {
    setState({ step: 'reading', file })
    const next = await attempt(file, null, async () => {
      // Before it is sent: a browser only hears that the sending broke off.
      if (file.size > MAX_MIB * 1024 * 1024)
        throw new AppError('bad-call', t('products.import.tooLarge', { max: MAX_MIB }))
      return { step: 'preview', file, report: await read(file, true) }
    })
    // The dialog may have been closed, or another file chosen, while this one was read.
    setState((now) => (now.step === 'reading' && now.file === file ? next : now))
  }
  const importIt = async (file: File, report: ImportReport): Promise<void> => {
    setState({ step: 'importing', file, report })
    setState(await attempt(file, report, async () => ({ step: 'done', file, report: await read(file, false) })))
  }
  return {
    state,
    look,
    run: async () => {
      if (state.step === 'preview') await importIt(state.file, state.report)
    },
    again: async () => {
      if (state.step !== 'failed') return
      await (state.report ? importIt(state.file, state.report) : look(state.file))
    },
    reset: () => setState({ step: 'choose' }),
  }
}

/** Sends the file each time: what was sent before may be gone by then. */
async function read(file: File, dryRun: boolean): Promise<ImportReport> {
  return call('library.importCsv', { ...(await sendFile(file)), dryRun })
}

async function attempt(
  file: File,
  report: ImportReport | null,
  task: () => Promise<ImportState>,
): Promise<ImportState> {
  try {
    return await task()
  } catch (error) {
    return { step: 'failed', file, report, error: messageOf(error) }
  }
}
