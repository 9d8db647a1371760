import type { Conflict, WaitingEdit } from '#shared/conflicts.ts'
import { createHash } from 'node:crypto'
import type { Db } from '../db/database.ts'
import { lineupRows } from '../db/lineup-places.ts'
import type { ConflictRow, LineupRow } from '../db/schema.ts'
import { disputedFields } from './disputed.ts'
import { knownField, toContract } from './fields.ts'
import { aroundItem, ordersOf } from './order-lists.ts'
import type { Orders } from './order-lists.ts'
import { fieldFrom } from './sides.ts'
import type { Disputed, Viewer } from './sides.ts'
import { imageOf, mutationsOf, parksDeletion } from './stored.ts'
import type { StoredMutation } from './stored.ts'
import { conflictText } from './texts.ts'
import { sessionName, titleOf } from './titles.ts'

/** Conflicts as this desktop sees them. Made anew for each list: a line-up is read once. */
export class ConflictViews {
  readonly #db: Db
  readonly #viewer: Viewer
  readonly #orders = new Map<string, Orders>()
  readonly #lineups = new Map<string, readonly LineupRow[]>()

  constructor(db: Db, viewer: Viewer) {
    this.#db = db
    this.#viewer = viewer
  }

  of(row: ConflictRow): Conflict {
    const db = this.#db
    const view = this.#viewer.conflict(row)
    const disputed = disputedFields(db, row, (sessionId) => this.#lineup(sessionId))
    const { title, inText } = titleOf(db, {
      entity: row.entity,
      id: row.entity_id,
      sessionId: row.session_id,
      known: knownOf(row),
    })
    return {
      id: row.id,
      status: row.status,
      entity: row.entity,
      entityId: row.entity_id,
      sessionId: row.session_id,
      sessionName: sessionName(db, row.session_id),
      title,
      text: conflictText({ row, view, inText }),
      kind: row.kind,
      fields: disputed.map((one) => fieldFrom(one, view)),
      mine: view.mine,
      theirs: view.theirs,
      mineIsMe: view.mineIsMe,
      standing: view.parkedIsMine ? 'theirs' : 'mine',
      ...(row.kind === 'order' && row.status === 'open' && { order: this.#order(row, view.parkedIsMine) }),
      ...(row.kind === 'delete' && { edits: waitingEdits(db, row) }),
      canKeepBoth: canKeepBoth(row),
      openedAt: row.created_at,
      resolvedBy: row.resolved_by,
      resolvedAt: row.resolved_at,
      version: versionOf(row, disputed),
    }
  }

  #lineup(sessionId: string): readonly LineupRow[] {
    const rows = this.#lineups.get(sessionId) ?? lineupRows(this.#db, sessionId)
    this.#lineups.set(sessionId, rows)
    return rows
  }

  #order(row: ConflictRow, parkedIsMine: boolean): Conflict['order'] {
    const group = `${row.session_id} ${row.client_id}`
    const orders = this.#orders.get(group) ?? ordersOf(this.#db, row)
    this.#orders.set(group, orders)
    const parked = aroundItem(orders.parked, row.entity_id)
    const standing = aroundItem(orders.standing, row.entity_id)
    return parkedIsMine ? { mine: parked, theirs: standing, group } : { mine: standing, theirs: parked, group }
  }
}

/** Two versions of one item can stand side by side; of a session, a place or a position there is only one. */
export function canKeepBoth({ entity, kind }: Pick<ConflictRow, 'entity' | 'kind'>): boolean {
  return entity === 'session_products' && (kind === 'field' || kind === 'delete')
}

/** The same on all desktops. A show that goes on moves what stands with every item: that is no reason to ask again. */
export function versionOf(row: ConflictRow, disputed: readonly Disputed[]): string {
  const shown = row.kind === 'live' ? disputed.map(({ parked }) => parked) : disputed
  const said = JSON.stringify([row.status, row.parked_at, shown])
  return createHash('sha256').update(said).digest('hex').slice(0, 16)
}

/** What is known of a row that may be gone: as it was, with the edits that wait. */
function knownOf(row: ConflictRow): Record<string, unknown> {
  const own = mutationsOf(row).filter(({ e, i }) => e === row.entity && i === row.entity_id)
  return { ...imageOf(row), ...Object.fromEntries(own.flatMap(({ p }) => Object.entries(p))) }
}

function waitingEdits(db: Db, row: ConflictRow): WaitingEdit[] {
  if (parksDeletion(row)) return []
  const parts = new Map(imageOf(row)?.parts?.map(({ i, p }) => [i, p]))
  return mutationsOf(row)
    .filter(({ e, i }) => e !== row.entity || i !== row.entity_id)
    .map((one) => ({
      entity: one.e,
      entityId: one.i,
      title: titleOf(db, {
        entity: one.e,
        id: one.i,
        known: { ...parts.get(one.i), ...one.p },
        sessionId: row.session_id,
      }).title,
      what: whats[one.o],
      fields: fieldsOfMutation(one),
    }))
}

const whats = { i: 'added', u: 'changed', d: 'removed' } as const

function fieldsOfMutation({ e, b, p }: StoredMutation): WaitingEdit['fields'] {
  return Object.keys(p).flatMap((column) => {
    const field = knownField(e, column)
    if (!field || field.fixed || column === 'order_key') return []
    return [{ name: field.name, base: toContract(field, b[column]), value: toContract(field, p[column]) }]
  })
}
