import { AppError } from '#shared/app-error.ts'
import type { Handlers, Output, Parsed } from '#shared/contract.ts'
import type { sessions } from '#shared/sessions.ts'
import { v7 as uuid } from 'uuid'
import { lineupRows } from '../db/lineup-places.ts'
import type { Db } from '../db/database.ts'
import { keysBetween } from '../db/order-key.ts'
import type { SessionRow } from '../db/schema.ts'
import type { Tx } from '../db/write.ts'
import { refuseWhileGuarded, refuseWhileRunning } from './guard.ts'
import { quoted, sessionLabel } from './labels.ts'
import { insertProducts } from './lineup-edit.ts'
import type { SessionDeps } from './lineup-edit.ts'
import { copyName, slugOf } from './naming.ts'
import { productNames } from './product-names.ts'
import { listSessions, readDetail, readSession, sessionRow } from './session-read.ts'

type SessionHandlers = Pick<Handlers<typeof sessions>, Extract<keyof typeof sessions, `sessions.${string}`>>

/**
 * The list of sessions and what one says of itself. Creating one is no step of a history: to undo it is to delete it,
 * which can be undone. Archiving and deleting are steps of `sessions`, changes of its fields of `session:ID`.
 */
export function createSessionCommands(deps: SessionDeps): SessionHandlers {
  const { db } = deps
  return {
    'sessions.list': (input) => ({ items: listSessions(db, input) }),
    'sessions.get': ({ id }) => readDetail(db, id),
    'sessions.create': (input) => create(deps, input),
    'sessions.update': (input) => update(deps, input),
    'sessions.duplicate': ({ id }) => duplicate(deps, id),
    'sessions.archive': ({ id }) => archive(deps, id),
    'sessions.unarchive': ({ id }) => unarchive(deps, id),
    'sessions.delete': ({ id }) => remove(deps, id),
  }
}

function create(deps: SessionDeps, input: Parsed<'sessions.create'>): Output<'sessions.create'> {
  const { db, writer } = deps
  if (input.brandId !== undefined) checkBrand(db, input.brandId)
  const productIds = [...new Set(input.productIds ?? [])]
  productNames(db, productIds)
  const id = uuid()
  writer.transact((tx) => {
    insertSession(tx, db, {
      id,
      name: input.name,
      brand_id: input.brandId ?? null,
      notes: input.notes ?? '',
      code: input.code ?? '',
      scheduled_at: input.scheduledAt ?? null,
    })
    insertProducts(tx, deps, { sessionId: id, productIds })
  })
  return readDetail(db, id)
}

function update(deps: SessionDeps, { id, patch }: Parsed<'sessions.update'>): Output<'sessions.update'> {
  const { db, history } = deps
  const session = sessionRow(db, id)
  if (patch.brandId) checkBrand(db, patch.brandId)
  if (patch.status !== undefined && patch.status !== session.status) checkStatusChange(session)
  const { name, notes, code, status, brandId: brand_id, scheduledAt: scheduled_at } = patch
  const given = Object.entries({ name, notes, code, status, brand_id, scheduled_at }).filter(
    ([, value]) => value !== undefined,
  )
  history.transact(`session:${id}`, sessionLabel(patch), (tx) => tx.update('sessions', id, Object.fromEntries(given)))
  return readSession(db, id)
}

function duplicate({ db, writer, random }: SessionDeps, id: string): Output<'sessions.duplicate'> {
  const original = sessionRow(db, id)
  const copy = uuid()
  writer.transact((tx) => {
    const { name, brand_id, notes, code } = original
    insertSession(tx, db, {
      id: copy,
      name: copyName(name, isTaken(db, 'name')),
      brand_id,
      notes,
      code,
      scheduled_at: null,
    })
    const rows = lineupRows(db, id)
    const keys = keysBetween(null, null, { count: rows.length, random })
    rows.forEach(({ created_at: _created, updated_at: _updated, ...row }, index) => {
      const order_key = keys[index] ?? row.order_key
      tx.insert('session_products', { ...row, id: uuid(), session_id: copy, number: null, order_key })
    })
  })
  return readDetail(db, copy)
}

function archive({ db, history }: SessionDeps, id: string): Output<'sessions.archive'> {
  const session = sessionRow(db, id)
  refuseWhileRunning(session, 'archived')
  refuseWhileGuarded(db, id, 'archiving the session')
  if (session.status !== 'archived') {
    history.transact('sessions', `Archive ${quoted(session.name)}`, (tx) =>
      tx.update('sessions', id, { status: 'archived', status_before_archive: session.status }),
    )
  }
  return readSession(db, id)
}

function unarchive({ db, history }: SessionDeps, id: string): Output<'sessions.unarchive'> {
  const session = sessionRow(db, id)
  if (session.status === 'archived') {
    const before = session.status_before_archive
    const status = before === 'ready' || before === 'ended' ? before : 'draft'
    history.transact('sessions', `Take ${quoted(session.name)} out of the archive`, (tx) =>
      tx.update('sessions', id, { status, status_before_archive: null }),
    )
  }
  return readSession(db, id)
}

/** Its parts go one by one, so that the history, and whoever listens to writes, sees each of them. */
function remove({ db, history }: SessionDeps, id: string): Output<'sessions.delete'> {
  const session = sessionRow(db, id)
  refuseWhileRunning(session, 'deleted')
  refuseWhileGuarded(db, id, 'deleting the session')
  const { undoId } = history.transact('sessions', `Delete ${quoted(session.name)}`, (tx) => {
    for (const row of lineupRows(db, id)) tx.remove('session_products', row.id)
    if (tx.row('session_states', id)) tx.remove('session_states', id)
    tx.remove('sessions', id)
  })
  return { undoId }
}

type NewSession = Pick<SessionRow, 'id' | 'name' | 'brand_id' | 'notes' | 'code' | 'scheduled_at'>

function insertSession(tx: Tx, db: Db, session: NewSession): void {
  tx.insert('sessions', {
    ...session,
    slug: slugOf(session.name, isTaken(db, 'slug')),
    status: 'draft',
    status_before_archive: null,
    numbers_frozen_at: null,
    highest_number: null,
  })
}

function isTaken(db: Db, column: 'name' | 'slug'): (value: string) => boolean {
  return (value) => db.get(db.build.selectFrom('sessions').select('id').where(column, '=', value)) !== undefined
}

function checkBrand(db: Db, id: string): void {
  if (db.get(db.build.selectFrom('brands').select('id').where('id', '=', id))) return
  throw new AppError('not-found', 'This brand is not there any more. Choose another one.')
}

function checkStatusChange(session: SessionRow): void {
  refuseWhileRunning(session, 'changed to that status')
  if (session.status !== 'archived') return
  throw new AppError('conflict', `"${session.name}" is archived. Take it out of the archive first.`)
}
