import { expect } from 'vitest'
import { AppError } from '../../src/shared/app-error.ts'
import type { Input, Output } from '../../src/shared/contract.ts'
import { contract } from '../../src/shared/contract.ts'
import { diskWork } from '../../src/main/disk-work.ts'
import { createSessions } from '../../src/main/sessions/sessions.ts'
import { SheetFiles } from '../../src/main/sheets/sheet-files.ts'
import { testCore } from '../support/core.ts'
import { catalogue } from './catalogue.ts'

type Served = Extract<keyof typeof contract, `${'sessions' | 'lineup' | 'history'}.${string}`>

/** Sessions on an empty database, called as dispatch calls them: input parsed, answer checked against the contract. */
export function sessionsCore() {
  const core = testCore()
  const sheets = new SheetFiles({
    pathOf: () => {
      throw new Error('there are no uploads here')
    },
    runDiskJob: diskWork(undefined),
  })
  const saved = new Map<string, string>()
  const documents = {
    save: async ({ fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array }) => {
      saved.set(fileName, Buffer.from(bytes).toString('base64'))
      return fileName
    },
  }
  const handlers = createSessions({ ...core, random: Math.random, sheets, documents })
  const call = <N extends Served>(name: N, input: Input<N>): Output<N> => {
    core.clock.advance(1_000)
    const handler = handlers[name] as (input: unknown) => Output<N>
    const value = handler(contract[name].input.parse(input))
    expect(contract[name].output.parse(value)).toEqual(value)
    return value
  }
  /** The same for those that read or write files. */
  const later = async <N extends Served>(name: N, input: Input<N>): Promise<Output<N>> => {
    core.clock.advance(1_000)
    const handler = handlers[name] as (input: unknown) => Promise<Output<N>>
    const value = await handler(contract[name].input.parse(input))
    expect(contract[name].output.parse(value)).toEqual(value)
    return value
  }
  const make = catalogue(core)
  /** A session with `count` products named P1, P2, …; answers its id and its items' ids in order. */
  const filled = (count: number): { id: string; items: string[]; products: string[] } => {
    const products = Array.from({ length: count }, (_, index) =>
      make.product({ name: `P${index + 1}`, sku: `SKU-${index + 1}` }),
    )
    const { id, items } = call('sessions.create', { name: 'Friday', productIds: products })
    return { id, items: items.map((item) => item.id), products }
  }
  const names = (id: string): string[] => call('sessions.get', { id }).items.map((item) => item.name)
  const numbers = (id: string): number[] => call('sessions.get', { id }).items.map((item) => item.number)
  const undoLabels = (scope: string): string[] => call('history.state', { scope }).undo.map((step) => step.label)
  /** As going live leaves it: status, guard, frozen numbers. */
  const goLive = (
    id: string,
    { mode = 'live', guard = 1 }: { mode?: 'live' | 'rehearsal'; guard?: 0 | 1 } = {},
  ): void => {
    const items = call('sessions.get', { id }).items
    core.writer.transact((tx) => {
      tx.update('sessions', id, { status: mode, numbers_frozen_at: mode === 'live' ? tx.now : null })
      if (mode === 'live') for (const item of items) tx.update('session_products', item.id, { number: item.number })
      tx.insert('session_states', { ...idle, id, mode, guard, current_item_id: items[0]?.id ?? null })
    })
  }
  /** Everything that the tables of sessions hold, without what undo leaves alone: stamps, and the numbers given out. */
  const snapshot = (): unknown =>
    ['sessions', 'session_products', 'session_states'].map((table) =>
      (core.db.statement(`SELECT * FROM ${table} ORDER BY id`).all() as Record<string, unknown>[]).map(
        ({ created_at: _created, updated_at: _updated, highest_number: _highest, ...row }) => row,
      ),
    )
  return { ...core, saved, call, later, make, filled, names, numbers, undoLabels, goLive, snapshot }
}

/** What a show begins with. */
export const idle = {
  image_index: 2,
  card: null,
  next_item_id: null,
  blank: 0,
  notes_shown: 0,
  image_full: 0,
  message: null,
  timer: '{}',
  history: '["x"]',
  started_at: null,
  item_started_at: null,
  status_before: null,
} as const

/** Expects an AppError of that code, and answers its message. */
export function refusal(work: () => unknown, code: AppError['code']): string {
  try {
    work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe(code)
    return error.message
  }
  throw new Error(`Not refused with ${code}`)
}
