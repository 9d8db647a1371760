import { contract } from '#shared/contract.ts'
import type { Input, Output } from '#shared/contract.ts'
import type { live, LiveState } from '#shared/live.ts'
import { applyTopLevel } from '#shared/live-patch.ts'
import { must } from '#shared/must.ts'
import { History } from '../../src/main/db/history.ts'
import type { Schema } from '../../src/main/db/schema.ts'
import { createLive } from '../../src/main/live/live.ts'
import type { Live } from '../../src/main/live/live.ts'
import { silentLog } from '../../src/main/log.ts'
import { SettingsStore } from '../../src/main/settings/settings.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { testCore } from '../support/core.ts'

type LiveName = keyof typeof live

/** A session with a line-up, and the live shows on it. Products are called "Product 1" and so on, at 10.01, 10.02, … */
export function studio(count = 5, apartSince: () => string | null = () => null) {
  const core = testCore()
  const { db, writer, events, clock } = core
  writer.observe({
    afterCommit: (_changes, features) => {
      for (const feature of features) events.emit('changed', { feature })
    },
  })
  const settings = new SettingsStore(db, events)
  const build = (): Live => createLive({ db, writer, events, clock, settings, log: silentLog, apartSince })
  const make = catalogue(core)
  const sessionId = make.session({ code: 'GLOW10' })
  const add = (index: number, fields: Partial<Schema['session_products']> = {}): string => {
    const productId = make.product({ name: `Product ${index}`, price_cents: 1000 + index, sku: `SKU-${index}` })
    return make.item(sessionId, productId, { order_key: `a${String(index).padStart(4, '0')}`, ...fields })
  }
  const items = Array.from({ length: count }, (_, index) => add(index + 1))
  const running = { live: build() }

  return {
    ...core,
    history: new History(writer),
    make,
    settings,
    sessionId,
    items,
    add,
    /** As dispatch does it: parsed on the way in, checked on the way out. */
    call: <N extends LiveName>(name: N, input: Input<N>): Output<N> => {
      const handler = running.live.handlers[name] as (parsed: unknown) => unknown
      return contract[name].output.parse(handler(contract[name].input.parse(input))) as Output<N>
    },
    /** The app ends, time passes, the app starts on the same database. */
    restart: (afterMs = 0): void => {
      running.live[Symbol.dispose]()
      clock.advance(afterMs)
      running.live = build()
    },
    item: (place: number): string => must(items[place - 1], `item ${place}`),
    product: (place: number): string =>
      must(
        writer.transact((tx) => tx.row('session_products', must(items[place - 1], 'item'))),
        'row',
      ).product_id,
    edit: (productId: string, patch: Partial<Omit<Schema['products'], 'id'>>): void => {
      writer.transact((tx) => tx.update('products', productId, patch))
    },
    editItem: (itemId: string, patch: Partial<Omit<Schema['session_products'], 'id'>>): void => {
      writer.transact((tx) => tx.update('session_products', itemId, patch))
    },
    remove: (itemId: string): void => {
      writer.transact((tx) => tx.remove('session_products', itemId))
    },
    session: () =>
      must(
        writer.transact((tx) => tx.row('sessions', sessionId)),
        'the session',
      ),
  }
}

export type Studio = ReturnType<typeof studio>

/** A display: joins, then knows nothing but the deltas. */
export function follow({ call, events }: Studio, sessionId: string) {
  const { seq, ...state } = call('live.state', { sessionId })
  const client: { seq: number; state: LiveState; deltas: string[][] } = { seq, state, deltas: [] }
  events.on('live', (event) => {
    if (event.sessionId !== sessionId) return
    if (event.seq !== client.seq + 1) throw new Error(`A gap: ${client.seq} to ${event.seq}`)
    client.seq = event.seq
    client.state = applyTopLevel(client.state, event.patch)
    client.deltas.push(event.patch.map(({ path }) => path.slice(1)))
  })
  return client
}

/** Lets what waits for the end of the running code come to pass. */
export const settle = (): Promise<void> => Promise.resolve()
