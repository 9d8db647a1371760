import type { TiktokReport } from '#shared/library.ts'
import { useState } from 'react'
import { call, sendFile } from '../../api.ts'
import { messageOf } from '../message-of.ts'

/** Where the import of TikTok's list stands. */
export type TiktokState =
  | { readonly step: 'choose' }
  | { readonly step: 'reading'; readonly file: File }
  | { readonly step: 'preview' | 'importing' | 'done'; readonly file: File; readonly report: TiktokReport }
  | { readonly step: 'failed'; readonly file: File; readonly error: string }

export interface TiktokFile {
  readonly state: TiktokState
  /** Reads the file and tells what would happen. */
  readonly look: (file: File) => void
  readonly run: () => void
  readonly reset: () => void
}

export function useTiktokFile(): TiktokFile {
  const [state, setState] = useState<TiktokState>({ step: 'choose' })
  const failed =
    (file: File) =>
    (error: unknown): TiktokState => ({ step: 'failed', file, error: messageOf(error) })
  const look = async (file: File): Promise<void> => {
    setState({ step: 'reading', file })
    const next = await take(file, true).then((report): TiktokState => ({ step: 'preview', file, report }), failed(file))
    // The dialog may have been closed, or another file chosen, while this one was read.
    setState((now) => (now.step === 'reading' && now.file === file ? next : now))
  }
  const run = async (): Promise<void> => {
    if (state.step !== 'preview') return
    const { file, report } = state
    setState({ step: 'importing', file, report })
    setState(await take(file, false).then((made): TiktokState => ({ step: 'done', file, report: made }), failed(file)))
  }
  return {
    state,
    look: (file) => void look(file),
    run: () => void run(),
    reset: () => setState({ step: 'choose' }),
  }
}

/** Sends the file each time: what was sent before may be gone by then. */
async function take(file: File, dryRun: boolean): Promise<TiktokReport> {
  return call('library.importTiktok', { ...(await sendFile(file)), dryRun })
}
