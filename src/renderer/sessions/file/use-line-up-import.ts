import type { Input, Output } from '#shared/contract.ts'
import { AppError } from '#shared/app-error.ts'
import type { LineupField, LineupMapping } from '#shared/sessions.ts'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, sendFile } from '../../api.ts'

type Source = Awaited<ReturnType<typeof sendFile>>
export type FileRead = Output<'lineup.readFile'>
export type LineUpReport = Output<'lineup.importFile'>
export type ImportMode = Input<'lineup.importFile'>['mode']

/** A file that was read, and how its columns are taken. */
export interface Mapped {
  readonly file: File
  readonly source: Source
  readonly read: FileRead
  readonly mapping: LineupMapping
  readonly mode: ImportMode
}

/** Where an import stands. */
export type LineUpImportState =
  | { readonly step: 'choose' }
  | { readonly step: 'reading'; readonly file: File }
  /** `report` is what would happen; null while that is found out, or where no column tells the products. */
  | (Mapped & { readonly step: 'mapping'; readonly report: LineUpReport | null; readonly problem: string | null })
  | (Mapped & { readonly step: 'importing'; readonly report: LineUpReport })
  | { readonly step: 'done'; readonly file: File; readonly report: LineUpReport }
  | { readonly step: 'failed'; readonly file: File; readonly error: string }

export interface LineUpImport {
  readonly state: LineUpImportState
  readonly look: (file: File) => void
  /** Takes that column as the field, or as nothing. */
  readonly mapColumn: (column: number, field: LineupField | null) => void
  readonly setMode: (mode: ImportMode) => void
  readonly run: () => void
  readonly reset: () => void
}

const MAX_MIB = 50
const ASK_AFTER_MS = 150
/** Without one of these it is not known which product a row is. */
const telling: readonly LineupField[] = ['itemId', 'sku', 'pid', 'productId', 'name']

export function tellsProducts(mapping: LineupMapping): boolean {
  return telling.some((field) => mapping[field] !== undefined)
}

/** The steps of an import: the file is read, its columns are named, what would happen is shown, and then it happens. */
export function useLineUpImport(sessionId: string): LineUpImport {
  const { t } = useTranslation()
  const [state, setState] = useState<LineUpImportState>({ step: 'choose' })
  useDryRun(sessionId, state, (report, problem, asked) =>
    setState((now) => (isSame(now, asked) ? { ...now, report, problem } : now)),
  )
  const look = async (file: File): Promise<void> => {
    setState({ step: 'reading', file })
    const next = await readMapped(sessionId, file, t('files.importing.tooLarge', { max: MAX_MIB })).catch(failed(file))
    // The dialog may have been closed, or another file chosen, while this one was read.
    setState((now) => (now.step === 'reading' && now.file === file ? next : now))
  }
  const run = async (): Promise<void> => {
    if (state.step !== 'mapping' || !state.report) return
    const { file, source, mapping, mode, read, report } = state
    setState({ step: 'importing', file, source, mapping, mode, read, report })
    const done = call('lineup.importFile', { sessionId, ...source, mapping, mode })
    setState(await done.then((made): LineUpImportState => ({ step: 'done', file, report: made }), failed(file)))
  }
  const remap = (change: (now: Mapped) => Partial<Mapped>): void =>
    setState((now) => (now.step === 'mapping' ? { ...now, ...change(now), report: null, problem: null } : now))
  return {
    state,
    look: (file) => void look(file),
    mapColumn: (column, field) => remap(({ mapping }) => ({ mapping: withColumn(mapping, column, field) })),
    setMode: (mode) => remap(() => ({ mode })),
    run: () => void run(),
    reset: () => setState({ step: 'choose' }),
  }
}

async function readMapped(sessionId: string, file: File, tooLarge: string): Promise<LineUpImportState> {
  // Before it is sent: a browser only hears that the sending broke off.
  if (file.size > MAX_MIB * 1024 * 1024) throw new AppError('bad-call', tooLarge)
  const source = await sendFile(file)
  const read = await call('lineup.readFile', { sessionId, ...source })
  return { step: 'mapping', file, source, read, mapping: read.suggested, mode: 'update', report: null, problem: null }
}

function failed(file: File): (error: unknown) => LineUpImportState {
  return (error) => ({ step: 'failed', file, error: error instanceof Error ? error.message : String(error) })
}

/** Asks what the import would do, a moment after the last change of its columns. */
function useDryRun(
  sessionId: string,
  state: LineUpImportState,
  tell: (report: LineUpReport | null, problem: string | null, asked: Mapped) => void,
): void {
  const asked = state.step === 'mapping' && state.report === null && state.problem === null ? state : null
  const [source, mapping, mode] = [asked?.source, asked?.mapping, asked?.mode]
  const ask = useEffectEvent(async (): Promise<void> => {
    if (!asked) return
    const given = { sessionId, ...asked.source, mapping: asked.mapping, mode: asked.mode, dryRun: true }
    try {
      tell(await call('lineup.importFile', given), null, asked)
    } catch (error) {
      tell(null, error instanceof Error ? error.message : String(error), asked)
    }
  })
  useEffect(() => {
    if (!source || !mapping || !tellsProducts(mapping)) return undefined
    const timer = setTimeout(() => void ask(), ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [source, mapping, mode])
}

/** Whether an answer is about what stands there now. */
function isSame(now: LineUpImportState, asked: Mapped): now is Extract<LineUpImportState, { step: 'mapping' }> {
  return (
    now.step === 'mapping' && now.source === asked.source && now.mapping === asked.mapping && now.mode === asked.mode
  )
}

/** A column is one field, and a field is one column. */
function withColumn(mapping: LineupMapping, column: number, field: LineupField | null): LineupMapping {
  const others = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field)
  return Object.fromEntries(field === null ? others : [...others, [field, column]])
}
