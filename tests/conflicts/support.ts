import { expect, onTestFinished } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import type { Conflict, ConflictField } from '#shared/conflicts.ts'
import { contract } from '#shared/contract.ts'
import type { Input, Name, Output } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import { createConflicts } from '../../src/main/conflicts/conflicts.ts'
import type { Schema } from '../../src/main/db/schema.ts'
import { addBrand, addItem, addProduct, addSession, openDesk } from '../sync/desk.ts'
import type { Desk } from '../sync/desk.ts'
import { teamDatabase } from '../sync/team.ts'

type Served = Extract<Name, `conflicts.${string}`>
type Table = 'brands' | 'products' | 'product_variants' | 'product_images' | 'sessions' | 'session_products'

/** A desktop of a team, with its conflicts called as dispatch calls them: input parsed, answer checked. */
export interface Member {
  readonly desk: Desk
  /** Cut off: decisions are refused, edits wait. */
  cutOff: boolean
  /** The next decision arrives, and its answer does not. */
  loseAnswer: boolean
  call<N extends Served>(name: N, input: Input<N>): Promise<Output<N>>
  /** The open conflicts. */
  open(): Promise<Conflict[]>
  /** The one conflict that is open. */
  only(): Promise<Conflict>
  set<T extends Table>(table: T, id: string, patch: Partial<Schema[T]>): void
  remove(table: Table | 'session_states', id: string): void
}

export interface Team {
  readonly anna: Member
  readonly ben: Member
  /** One more desktop. */
  join(name: string): Promise<Member>
  /** Everybody gets everything. */
  settle(): Promise<void>
}

/** Two desktops on a real Postgres. */
export async function team(names: readonly [string, string] = ['Anna', 'Ben']): Promise<Team> {
  const url = await teamDatabase()
  const members: Member[] = []
  const member = (name: string): Member => {
    const desk = openDesk(url, { name })
    onTestFinished(() => desk[Symbol.asyncDispose]())
    const one = memberOn(desk, name)
    members.push(one)
    return one
  }
  const [anna, ben] = [member(names[0]), member(names[1])]
  return {
    anna,
    ben,
    join: async (name) => {
      const one = member(name)
      await one.desk.sync()
      return one
    },
    settle: async () => {
      for (let round = 0; round < 2; round++) for (const { desk } of members) await desk.sync()
    },
  }
}

function memberOn(desk: Desk, device: string): Member {
  const { db, writer, history } = desk
  const one: Member = {
    desk,
    cutOff: false,
    loseAnswer: false,
    call: async (name, input) => {
      // Each call has its own moment, as people have.
      desk.clock.advance(1_000)
      const handler = handlers[name] as (parsed: unknown) => unknown
      const value = await handler(contract[name].input.parse(input))
      expect(contract[name].output.parse(value)).toEqual(value)
      return value as never
    },
    open: async () => (await one.call('conflicts.list', { open: true })).items,
    only: async () => {
      const items = await one.open()
      expect(items).toHaveLength(1)
      return must(items[0], 'the conflict')
    },
    set: (table, id, patch) => {
      desk.clock.advance(1_000)
      writer.transact((tx) => tx.update(table, id, patch as never))
    },
    remove: (table, id) => {
      desk.clock.advance(1_000)
      writer.transact((tx) => tx.remove(table, id))
    },
  }
  const handlers = createConflicts({
    db,
    writer,
    history,
    random: Math.random,
    me: () => ({ clientId: desk.state.identity.clientId, device }),
    resolve: async (decision) => {
      if (one.cutOff) throw new AppError('offline', 'Not connected')
      while ((await desk.exchange.push()) > 0);
      const answer = await desk.remote.resolve({ ...desk.exchange.caller, ...decision })
      if (one.loseAnswer) throw new AppError('offline', 'The connection was lost')
      await desk.sync()
      return answer
    },
  })
  return one
}

export function field({ fields }: { readonly fields: readonly ConflictField[] }, name: string): ConflictField {
  return must(
    fields.find((one) => one.name === name),
    `the field ${name}`,
  )
}

/** Expects a refusal with that code, and answers it. */
export async function refusal(call: Promise<unknown>, code: AppError['code']): Promise<AppError> {
  const error = await call.then(
    (value) => {
      throw new Error(`Not refused: ${JSON.stringify(value)}`)
    },
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw error
  expect(error.code, error.message).toBe(code)
  return error
}

export interface Lineup extends Team {
  readonly session: string
  readonly product: string
  readonly item: string
}

/** A session with one item, on both desktops. */
export async function lineup(): Promise<Lineup> {
  const all = await team()
  const { desk } = all.anna
  const product = addProduct(desk, addBrand(desk), { name: 'Gold hoop' })
  const session = addSession(desk)
  const item = addItem(desk, { session, product }, { notes: 'before' })
  await all.settle()
  return { ...all, session, product, item }
}

/** Both write the item's name; Ben's edit comes second and is parked. */
export async function apart(): Promise<Lineup> {
  const all = await lineup()
  all.anna.set('session_products', all.item, { override_name: 'Hoops of gold' })
  all.ben.set('session_products', all.item, { override_name: 'Golden hoop', notes: 'Ben was here' })
  await all.settle()
  return all
}
