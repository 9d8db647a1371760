import type { OracleState, Disputed, Dispute, Judged } from './oracle-state.ts'
import type { Row } from './server.ts'

/** Edits of these are asked about where they overlap; of the others the later one wins. */
const asked = new Set(['sessions', 'session_products'])
export const quiet: ReadonlySet<string> = new Set([
  'updated_at',
  'created_at',
  'slug',
  'status_before_archive',
  'shopify_values',
  'overridden',
])
const firstStays = new Set(['number', 'numbers_frozen_at'])
const ofProduct = new Set(['session_products', 'product_variants', 'product_images', 'talking_points'])

/** The rules for one edit after the other: R1 to R12. */
export class Judge {
  readonly #state: OracleState

  constructor(state: OracleState) {
    this.#state = state
  }

  judge(m: Edit): void {
    if (m.op === 'insert') this.#insert(m)
    else if (m.op === 'update') this.#update(m)
    else this.#delete(m)
  }

  #insert(m: Edit): void {
    const state = this.#state
    const there = state.row(m.entity, m.rowId)
    if (there) state.checkTypes(m.patch)
    if (there && m.entity === 'session_states') return this.#update(m)
    if (there) {
      // R11, and R6: an undo takes the question back.
      const differ = Object.keys(m.patch).filter((k) => k in there && !quiet.has(k) && there[k] !== m.patch[k])
      const deletion = state.openDispute({ entity: m.entity, id: m.rowId, kind: 'delete', client: m.client })
      if (deletion && parksDeletion(deletion)) state.changeDispute(deletion, { open: false })
      if (differ.length > 0) this.log(m, 'merged', differ)
      return
    }
    if (this.#isGone(m)) return
    if (m.entity === 'talking_points' && this.#repeats(m)) return this.log(m, 'duplicate', [])
    this.noteRevival(m)
    state.put(m.entity, { ...m.patch, id: m.rowId })
  }

  /** R5, R11. Answers whether that was its end. */
  #isGone(m: Edit): boolean {
    const state = this.#state
    const mark = state.mark(m.entity, m.rowId)
    if (m.entity === 'session_products' || m.entity === 'session_states') {
      const image = mark?.image
      const session =
        m.entity === 'session_states'
          ? m.rowId
          : (m.patch['session_id'] ?? m.base['session_id'] ?? image?.['session_id'])
      if (state.isGone('sessions', session)) {
        this.#dispute(m, { kind: 'delete', names: [], about: { entity: 'sessions', id: String(session) } })
        return true
      }
    }
    if (m.op === 'insert') {
      if (ofProduct.has(m.entity) && state.isGone('products', m.patch['product_id'])) {
        this.log(m, 'deleted', [])
        return true
      }
      if (!mark || mark.by === m.client || m.seen >= mark.rev) return false
    }
    const names = Object.keys(m.patch).filter((k) => !quiet.has(k))
    if (asked.has(m.entity) && mark) this.#dispute(m, { kind: 'delete', names: m.op === 'update' ? names : [] })
    else this.log(m, 'deleted', names)
    return true
  }

  /** R7 */
  #repeats(m: Edit): boolean {
    const said = this.#state.of('talking_points', 'product_id', m.patch['product_id'])
    const order = (row: Row): string => `${String(row['created_at'])} ${String(row['id'])}`
    const newest = said.toSorted((a, b) => (order(a) < order(b) ? 1 : -1))[0]
    return newest !== undefined && newest['text'] === m.patch['text']
  }

  noteRevival(m: Pick<Edit, 'entity' | 'rowId' | 'patch'> & Who): void {
    const image = this.#state.mark(m.entity, m.rowId)?.image
    if (!image) return
    const unseen = Object.keys(m.patch).filter((k) => k in image && !quiet.has(k) && image[k] !== m.patch[k])
    if (unseen.length > 0) this.log(m, 'overwrote', unseen)
  }

  #update(m: Edit): void {
    const state = this.#state
    const row = state.row(m.entity, m.rowId)
    if (!row && m.entity === 'session_states' && state.row('sessions', m.rowId)) {
      return state.put(m.entity, { ...m.patch, id: m.rowId })
    }
    if (!row) return void this.#isGone(m)
    state.checkTypes(m.patch)
    const before = state.mark(m.entity, m.rowId)?.by
    const concurrent = state.changedSince(m.entity, m.rowId, m)
    const clashing = Object.keys(m.patch).filter(
      (k) => k in row && row[k] !== m.patch[k] && (m.op === 'insert' || row[k] !== m.base[k]) && !quiet.has(k),
    )
    if (m.entity === 'session_states') {
      // R8
      if (!m.offline || !concurrent || clashing.length === 0) return state.put(m.entity, { ...row, ...m.patch })
      const all = Object.keys(m.patch).filter((k) => k !== 'updated_at')
      return this.#dispute(m, { kind: 'live', names: all, standing: row })
    }
    const refused = new Set<string>()
    // R3
    const greater =
      clashing.includes('highest_number') && Number(row['highest_number']) > Number(m.patch['highest_number'] ?? 0)
    if (greater) refused.add('highest_number')
    const kept = clashing.filter((k) => firstStays.has(k))
    if (kept.length > 0) this.log(m, 'kept', kept)
    for (const k of kept) refused.add(k)
    let disputed = clashing.filter((k) => k !== 'highest_number' && !firstStays.has(k))
    if (asked.has(m.entity)) {
      // R2, R4
      disputed = [...disputed, ...this.#unawares(m).filter((k) => !disputed.includes(k))]
      if (disputed.includes('order_key')) this.#dispute(m, { kind: 'order', names: ['order_key'], standing: row })
      const others = disputed.filter((k) => k !== 'order_key')
      if (others.length > 0) this.#dispute(m, { kind: 'field', names: others, standing: row })
      for (const k of disputed) refused.add(k)
    } else if (disputed.length > 0 && concurrent) this.log(m, 'overwrote', disputed)
    if (concurrent && disputed.length === 0 && refused.size === 0 && before !== m.client) {
      // R10
      const merged = Object.keys(m.patch).filter((k) => !quiet.has(k) && row[k] !== m.patch[k])
      if (merged.length > 0) this.log(m, 'merged', merged)
    }
    const written = Object.entries(m.patch).filter(([k]) => !refused.has(k))
    if (written.length > 0) state.put(m.entity, { ...row, ...Object.fromEntries(written) })
  }

  /** R2: fields of an open conflict of this client that it did not know of. */
  #unawares(m: Edit): string[] {
    return this.#state.disputes
      .filter(
        (one) =>
          one.open &&
          one.entity === m.entity &&
          one.id === m.rowId &&
          one.client === m.client &&
          (one.kind === 'field' || one.kind === 'order') &&
          one.openedRev > m.seen,
      )
      .flatMap(({ fields }) => fields.map(({ name }) => name))
      .filter((name) => name in m.patch)
  }

  #delete(m: Edit): void {
    const state = this.#state
    const { entity, rowId: id } = m
    if (!state.row(entity, id)) return this.#agree(m)
    if (entity === 'products' && state.of('session_products', 'product_id', id).length > 0)
      return this.log(m, 'kept', [])
    const concurrent =
      state.changedSince(entity, id, m) ||
      (entity === 'sessions' && state.partsOf(entity, id).some(([part, partId]) => state.changedSince(part, partId, m)))
    // R6
    if (concurrent && asked.has(entity)) return this.#dispute(m, { kind: 'delete', names: [] })
    if (concurrent) this.log(m, 'deleted changed', [])
    this.logParts(m)
    state.remove(entity, id)
  }

  logParts(m: Pick<Edit, 'entity' | 'rowId' | 'client' | 'seen'>): void {
    const state = this.#state
    for (const [part, id] of state.partsOf(m.entity, m.rowId)) {
      if (state.changedSince(part, id, m)) this.log({ ...m, entity: part, rowId: id }, 'deleted changed', [])
    }
    if (m.entity !== 'brands') return
    for (const session of state.of('sessions', 'brand_id', m.rowId)) {
      this.log({ ...m, entity: 'sessions', rowId: String(session['id']) }, 'overwrote', ['brand_id'])
    }
  }

  /** R5: it deletes what is gone already. */
  #agree(m: Edit): void {
    const state = this.#state
    const own = state.openDispute({ entity: m.entity, id: m.rowId, kind: 'delete', client: m.client })
    if (own) state.changeDispute(own, { open: false })
    if (m.entity !== 'session_products') return
    for (const one of state.disputes) {
      const about = one.open && one.entity === 'sessions' && one.kind === 'delete' && one.client === m.client
      if (about && one.mutations.some(({ entity, rowId }) => entity === m.entity && rowId === m.rowId)) {
        state.changeDispute(one, { mutations: [...one.mutations, m] })
      }
    }
  }

  /** One open conflict per row, kind and client; what comes later is folded into it. */
  #dispute(m: Edit, { kind, names, standing, about }: Question): void {
    const state = this.#state
    const of = { entity: about?.entity ?? m.entity, id: about?.id ?? m.rowId, kind, client: m.client }
    const fields = names.map((name): Disputed => ({
      name,
      base: m.base[name] ?? null,
      parked: m.patch[name] ?? null,
      standing: standing?.[name] ?? null,
    }))
    const mutations = kind === 'delete' ? [m] : []
    const earlier = state.openDispute(of)
    if (!earlier)
      return state.addDispute({ ...of, device: this.#nameOf(m), fields, mutations, openedRev: state.rev, open: true })
    const older = new Map(earlier.fields.map((one) => [one.name, one]))
    const replaced = fields.filter(({ name, base, parked }) => {
      const before = older.get(name)
      return before !== undefined && before.parked !== base && before.parked !== parked
    })
    if (replaced.length > 0 && (kind === 'field' || kind === 'order'))
      this.log(
        m,
        'overwrote',
        replaced.map(({ name }) => name),
      )
    for (const one of fields) older.set(one.name, { ...one, base: (older.get(one.name) ?? one).base })
    const places = (one: Judged): boolean => m.entity === 'session_states' && one.entity === 'session_states'
    state.changeDispute(earlier, {
      fields: [...older.values()],
      mutations: [...earlier.mutations.filter((one) => !places(one)), ...mutations],
    })
  }

  /** R9 */
  renumber({ client, device }: Who, mutations: readonly Judged[]): void {
    const state = this.#state
    for (const { entity, op, rowId, patch } of mutations) {
      const wanted = patch['number']
      if (entity !== 'session_products' || op === 'delete' || typeof wanted !== 'number') continue
      const item = state.row(entity, rowId)
      if (item?.['number'] !== wanted) continue
      const items = state.of(entity, 'session_id', item['session_id'])
      if (items.filter(({ number }) => number === wanted).length < 2) continue
      const session = state.row('sessions', item['session_id'])
      const highest =
        Math.max(Number(session?.['highest_number'] ?? 0), ...items.map(({ number }) => Number(number ?? 0))) + 1
      this.log({ entity, rowId, client, ...(device !== undefined && { device }) }, 'renumbered', ['number'])
      state.put(entity, { ...item, number: highest })
      if (session) state.put('sessions', { ...session, highest_number: highest })
    }
  }

  log(m: Pick<Edit, 'entity' | 'rowId'> & Who, decision: string, names: readonly string[]): void {
    this.#state.note(logLine({ entity: m.entity, id: m.rowId, decision, device: this.#nameOf(m), names }))
  }

  #nameOf({ client, device }: Who): string {
    return device ?? this.#state.devices.get(client) ?? '?'
  }
}

/** Whose edit it is; by name where that was noted then. */
export interface Who {
  readonly client: string
  readonly device?: string
}

/** A mutation as it is judged. */
export type Edit = Judged & Who

interface Question {
  readonly kind: Dispute['kind']
  readonly names: readonly string[]
  readonly standing?: Row
  /** The whole that it is asked of, where that is another row. */
  readonly about?: { readonly entity: string; readonly id: string }
}

export function parksDeletion({ entity, id, mutations }: Dispute): boolean {
  return mutations.some((one) => one.op === 'delete' && one.entity === entity && one.rowId === id)
}

export function logLine(line: {
  entity: string
  id: string
  decision: string
  device: string
  names: readonly string[]
}): string {
  return `${line.entity} ${line.id} ${line.decision} by ${line.device}: ${line.names.toSorted().join(' ')}`
}
