import { addBrand, addItem, addProduct, addSession } from './desk.ts'
import type { Desk } from './desk.ts'
import { decisions, meet, set, team } from './team.ts'
import type { Row, Team } from './team.ts'

export interface Show extends Team {
  readonly session: string
  readonly product: string
  readonly item: string
  readonly other: string
}

/** A session with two items, on both desktops. */
export async function show(): Promise<Show> {
  const made = await team()
  const { a, b } = made
  const session = addSession(a)
  const product = addProduct(a, addBrand(a))
  const item = addItem(a, { session, product }, { order_key: 'a0' })
  const other = addItem(a, { session, product }, { order_key: 'a1' })
  await meet(a, b)
  return { ...made, session, product, item, other }
}

export function conflicts(desk: Desk): Row[] {
  return decisions(desk, 'conflicts')
}

export function open(desk: Desk): Row[] {
  return conflicts(desk).filter(({ status }) => status === 'open')
}

export function log(desk: Desk): Row[] {
  return decisions(desk, 'conflict_log')
}

/** A conflict of two fields of the session, as both desktops know it: Ben's values wait, Anna's stand. */
export async function disputed(): Promise<Show & { readonly conflict: Row | undefined }> {
  const made = await show()
  const { a, b, session } = made
  set(a, 'sessions', { id: session, name: 'Anna', notes: 'Anna' })
  set(b, 'sessions', { id: session, name: 'Ben', notes: 'Ben' })
  await meet(a, b)
  return { ...made, conflict: conflicts(a)[0] }
}
