import { plain, plainRow } from './compare.ts'
import type { ServerEvent } from './events.ts'
import { parksDeletion, quiet } from './oracle-judge.ts'
import type { Edit, Judge, Who } from './oracle-judge.ts'
import type { Dispute, OracleState } from './oracle-state.ts'

/** What the server's own clock wrote: any value is right. */
export const NOW = "(the server's time)"

type Decision = Extract<ServerEvent, { kind: 'resolve' }>['resolution']

/** What becomes of conflicts that somebody decides: R13. */
export class Decisions {
  readonly #state: OracleState
  readonly #judge: Judge

  constructor(state: OracleState, judge: Judge) {
    this.#state = state
    this.#judge = judge
  }

  resolve({ resolution, conflict }: Extract<ServerEvent, { kind: 'resolve' }>): void {
    const state = this.#state
    const dispute = state.disputes.find(
      (one) =>
        one.open &&
        one.entity === conflict.entity &&
        one.id === conflict.entity_id &&
        one.kind === conflict.kind &&
        one.client === conflict.client_id &&
        one.openedRev === conflict.opened_rev,
    )
    // The same decision again: an answer got lost.
    if (!dispute) return
    if (dispute.kind === 'delete') this.#resolveDeletion(dispute, resolution)
    else this.#resolveFields(dispute, resolution)
    // What was done may have changed the conflict too.
    const now = state.disputes.find((one) => one.openedRev === dispute.openedRev && one.open && isSame(one, dispute))
    if (now) state.changeDispute(now, { open: false })
    this.#judge.log(
      { ...dispute, rowId: dispute.id },
      'resolved',
      dispute.fields.map(({ name }) => name),
    )
  }

  #resolveFields({ entity, id, fields }: Dispute, { choices }: Decision): void {
    const row = this.#state.row(entity, id)
    if (!row) return
    const patch = fields.flatMap(({ name, parked }) => {
      const choice = choices[name]
      if (choice === 'parked') return [[name, parked] as const]
      return typeof choice === 'object' ? [[name, plain(name, choice.value)] as const] : []
    })
    if (patch.length > 0) this.#state.put(entity, { ...row, ...Object.fromEntries(patch), updated_at: NOW })
  }

  #resolveDeletion(dispute: Dispute, { choices, clientId }: Decision): void {
    const state = this.#state
    const { entity, id, client, device } = dispute
    if (choices['deleted'] !== 'parked') return
    if (parksDeletion(dispute)) {
      this.#judge.logParts({ entity, rowId: id, client: clientId, seen: dispute.openedRev })
      return state.remove(entity, id)
    }
    if (!state.row(entity, id)) this.#restore(dispute)
    for (const one of dispute.mutations) {
      this.#redo({ ...one, client, device, base: plainRow(one.base), patch: plainRow(one.patch) })
    }
    this.#judge.renumber(dispute, dispute.mutations)
  }

  /** A deleted row as it was, a session with what fell with it. */
  #restore({ entity, id, client, device }: Dispute): void {
    const state = this.#state
    const root = state.mark(entity, id)
    const fallen = [...state.marks].flatMap(([key, mark]) => {
      const [part = '', partId = ''] = key.split(' ')
      const own = part === entity && partId === id
      const fell =
        entity === 'sessions' &&
        mark.rev === root?.rev &&
        ((part === 'session_products' && mark.image?.['session_id'] === id) ||
          (part === 'session_states' && partId === id))
      return mark.image && (own || fell) ? [{ entity: part, rowId: partId, patch: mark.image, own }] : []
    })
    for (const one of fallen.toSorted((a, b) => Number(b.own) - Number(a.own))) {
      this.#redo({ ...one, op: 'insert', base: {}, client, device, seen: 0 })
    }
  }

  /** An edit that waited for a decision is done, as far as what it needs is there. */
  #redo(given: Pick<Edit, 'entity' | 'rowId' | 'op' | 'base' | 'patch' | 'seen'> & Who): void {
    const state = this.#state
    const { entity, rowId: id, op } = given
    const row = state.row(entity, id)
    if (op === 'delete') {
      if (row && state.changedSince(entity, id, given)) this.#judge.log(given, 'deleted changed', [])
      return state.remove(entity, id)
    }
    const brandless = 'brand_id' in given.patch && !state.row('brands', given.patch['brand_id'])
    const m = brandless ? { ...given, patch: { ...given.patch, brand_id: null } } : given
    const unseen = Object.keys(m.patch).filter((k) => row && k in row && row[k] !== m.patch[k] && !quiet.has(k))
    const fits =
      entity === 'sessions'
        ? op === 'insert'
        : entity === 'session_states'
          ? state.row('sessions', id) !== undefined
          : op === 'insert' &&
            state.row('products', m.patch['product_id']) &&
            state.row('sessions', m.patch['session_id'])
    if (row) {
      const replaced = unseen.filter((k) => op === 'insert' || row[k] !== m.base[k])
      if (replaced.length > 0 && entity !== 'session_states') this.#judge.log(m, 'overwrote', replaced)
      state.put(entity, { ...row, ...m.patch })
    } else if (fits) {
      this.#judge.noteRevival(m)
      state.put(entity, { ...m.patch, id })
    } else
      this.#judge.log(
        m,
        'deleted',
        Object.keys(m.patch).filter((k) => !quiet.has(k)),
      )
  }
}

function isSame(a: Dispute, b: Dispute): boolean {
  return a.entity === b.entity && a.id === b.id && a.kind === b.kind && a.client === b.client
}
