import type { Mutation } from '../../../src/main/sync/mutation.ts'
import type { Row } from './server.ts'

/** What is known of a row's last change. */
export interface Mark {
  readonly rev: number
  /** null = another program. */
  readonly by: string | null
  /** The last change by somebody else than `by`. */
  readonly foreignRev: number
  /** A deleted row as it was. */
  readonly image: Row | null
}

export interface Disputed {
  readonly name: string
  readonly base: unknown
  readonly parked: unknown
  readonly standing: unknown
}

/** A mutation, of whatever table. */
export type Judged = Omit<Mutation, 'entity'> & { readonly entity: string }

export interface Dispute {
  readonly entity: string
  readonly id: string
  readonly kind: 'field' | 'order' | 'delete' | 'live'
  readonly client: string
  /** Its name when it was opened. */
  readonly device: string
  readonly openedRev: number
  readonly fields: readonly Disputed[]
  /** What waits for the decision of a `delete`. */
  readonly mutations: readonly Judged[]
  readonly open: boolean
}

/** The parts that fall with a whole. */
const parts: Readonly<Record<string, readonly (readonly [entity: string, column: string])[]>> = {
  sessions: [
    ['session_products', 'session_id'],
    ['session_states', 'id'],
  ],
  products: [
    ['product_variants', 'product_id'],
    ['product_images', 'product_id'],
    ['talking_points', 'product_id'],
    ['session_products', 'product_id'],
  ],
}

/** What a row needs to be there. */
const needs: Readonly<Record<string, readonly (readonly [column: string, entity: string])[]>> = {
  products: [['brand_id', 'brands']],
  product_variants: [['product_id', 'products']],
  product_images: [['product_id', 'products']],
  talking_points: [['product_id', 'products']],
  sessions: [['brand_id', 'brands']],
  session_products: [
    ['session_id', 'sessions'],
    ['product_id', 'products'],
  ],
  session_states: [['id', 'sessions']],
}

/** The tables refuse it. */
export class Refused extends Error {}

/** Everything that the server holds, as a plain model. Changes since `begin` can be taken back. */
export class OracleState {
  readonly rows = new Map<string, Row>()
  readonly marks = new Map<string, Mark>()
  readonly disputes: Dispute[] = []
  /** A line for each decision that was made without asking. */
  readonly log: string[] = []
  readonly devices = new Map<string, string>()
  /** Up to which mutation of each client everything is judged. */
  readonly judged = new Map<string, number>()
  /** Who writes, at which rev. */
  by: string | null = null
  rev = 0
  #undo: (() => void)[] = []

  begin(): void {
    this.#undo = []
  }

  takeBack(): void {
    for (const undo of this.#undo.splice(0).toReversed()) undo()
  }

  row(entity: string, id: unknown): Row | undefined {
    return this.rows.get(`${entity} ${String(id)}`)
  }

  mark(entity: string, id: unknown): Mark | undefined {
    return this.marks.get(`${entity} ${String(id)}`)
  }

  isGone(entity: string, id: unknown): boolean {
    return this.row(entity, id) === undefined && this.mark(entity, id) !== undefined
  }

  /** Whether somebody else changed it after `seen`. */
  changedSince(entity: string, id: string, { client, seen }: { client: string; seen: number }): boolean {
    const mark = this.mark(entity, id)
    if (!mark) return false
    return (mark.by === client ? mark.foreignRev : mark.rev) > seen
  }

  put(entity: string, row: Row): void {
    this.checkTypes(row)
    for (const [column, whole] of needs[entity] ?? []) {
      if (row[column] !== null && this.row(whole, row[column]) === undefined) throw new Refused()
    }
    this.#set(this.rows, `${entity} ${String(row['id'])}`, row)
    this.#touch(entity, String(row['id']), null)
  }

  /** Numbers that the columns cannot hold. */
  checkTypes(fields: Row): void {
    for (const value of Object.values(fields))
      if (typeof value === 'number' && value > 2_147_483_647) throw new Refused()
  }

  remove(entity: string, id: string): void {
    const row = this.row(entity, id)
    if (!row) return
    if (entity === 'brands') this.#leaveBrand(id)
    this.#set(this.rows, `${entity} ${id}`, undefined)
    this.#touch(entity, id, row)
    for (const [part, column] of parts[entity] ?? []) {
      for (const one of this.of(part, column, id)) this.remove(part, String(one['id']))
    }
  }

  /** Rows of a table whose column holds a value. */
  of(entity: string, column: string, value: unknown): Row[] {
    return [...this.rows]
      .filter(([key, row]) => key.startsWith(`${entity} `) && row[column] === value)
      .map(([, row]) => row)
  }

  /** What falls with a row, but for line-ups: a product that one uses does not go. */
  partsOf(entity: string, id: string): [entity: string, id: string][] {
    const own = (parts[entity] ?? []).filter(([part]) => entity === 'sessions' || part !== 'session_products')
    return own.flatMap(([part, column]) =>
      this.of(part, column, id).map((row): [string, string] => [part, String(row['id'])]),
    )
  }

  note(line: string): void {
    this.log.push(line)
    this.#undo.push(() => void this.log.pop())
  }

  openDispute(of: Pick<Dispute, 'entity' | 'id' | 'kind' | 'client'>): Dispute | undefined {
    return this.disputes.find(
      (one) =>
        one.open && one.entity === of.entity && one.id === of.id && one.kind === of.kind && one.client === of.client,
    )
  }

  addDispute(dispute: Dispute): void {
    this.disputes.push(dispute)
    this.#undo.push(() => void this.disputes.pop())
  }

  changeDispute(from: Dispute, patch: Partial<Dispute>): void {
    const at = this.disputes.indexOf(from)
    this.disputes[at] = { ...from, ...patch }
    this.#undo.push(() => void (this.disputes[at] = from))
  }

  #leaveBrand(id: string): void {
    if (this.of('products', 'brand_id', id).length > 0) throw new Refused()
    for (const session of this.of('sessions', 'brand_id', id)) {
      this.#set(this.rows, `sessions ${String(session['id'])}`, { ...session, brand_id: null })
      this.#touch('sessions', String(session['id']), null)
    }
  }

  #touch(entity: string, id: string, image: Row | null): void {
    const before = this.mark(entity, id)
    const same = before?.by === this.by && this.by !== null
    const foreignRev = before ? (same ? before.foreignRev : before.rev) : 0
    this.#set(this.marks, `${entity} ${id}`, { rev: this.rev, by: this.by, foreignRev, image })
  }

  #set<V>(map: Map<string, V>, key: string, value: V | undefined): void {
    const before = map.get(key)
    const put = (one: V | undefined): void => {
      if (one === undefined) map.delete(key)
      else map.set(key, one)
    }
    put(value)
    this.#undo.push(() => put(before))
  }
}
