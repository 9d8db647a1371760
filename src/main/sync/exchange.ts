import type { Clock } from '../clock.ts'
import { AppError } from '#shared/app-error.ts'
import { setImmediate } from 'node:timers/promises'
import type { Db } from '../db/database.ts'
import { lacksOther } from '../db/write.ts'
import type { Writer } from '../db/write.ts'
import { Applier } from './apply.ts'
import type { Answer, Applied } from './apply.ts'
import type { Bulk, Progress } from './bulk.ts'
import { rowsOf } from './chunks.ts'
import type { WireRow } from './chunks.ts'
import { checksum } from './mutation.ts'
import type { Mutation } from './mutation.ts'
import type { Outbox } from './outbox.ts'
import { reopen } from './reopen.ts'
import { REMOTE_SCHEMA } from './remote.ts'
import type { Caller, HelloReply, Remote } from './remote.ts'
import { newIdentity, nextIdentity } from './state.ts'
import type { Cursor, SyncState } from './state.ts'

/** A batch of so many is worth reading the next one ahead. */
const MANY = 100

/** How many rows one page of a pull holds, at least; a page ends with a rev. */
const PAGE = 2_000

export interface ExchangeDeps {
  readonly db: Db
  readonly writer: Writer
  readonly clock: Clock
  readonly state: SyncState
  readonly outbox: Outbox
  readonly remote: Remote
  /** The version of the team's database that we need, and how many rows a page holds at least. */
  readonly schema?: number
  readonly pageSize?: number
  /** Takes over pulls that are too large for one page; without it they are applied in this thread. */
  readonly bulk?: Bulk | undefined
  /** Hears of what was applied, after the commit. */
  readonly onApplied?: (applied: Applied) => void
  /** The same, of a large pull: nothing of it passed the writer. */
  readonly onBulk?: (applied: Applied) => void
  readonly onProgress?: (progress: Progress) => void
}

/**
 * The protocol, without any timing: hello, push, pull. Each can be repeated after any failure, at any point.
 *
 * 1. Nothing is pushed or pulled before a hello was answered in this process. [I1]
 * 2. Pages of an unfinished pull are kept and continued from. [L1]
 */
export class Exchange {
  readonly #deps: ExchangeDeps
  readonly #applier: Applier
  #greeted = false
  #announced = false
  #pages: { rows: WireRow[]; cursor: Cursor } | null = null
  /** Up to where the server has answered pushes in this process; a pull has yet to confirm them. */
  #sent = 0
  /** Revs of our own pushes that no pull has brought yet. */
  readonly #own = new Set<number>()
  #apartUpTo = 0
  /** A batch that was read ahead. What waits never changes, it only grows or is confirmed. */
  #prepared: { readonly after: number; readonly mutations: readonly Mutation[] } | null = null

  constructor(deps: ExchangeDeps) {
    this.#deps = deps
    this.#applier = new Applier(deps)
  }

  get caller(): Caller {
    const { clientId, incarnation } = this.#deps.state.identity
    return { clientId, incarnation }
  }

  /** Makes the server know this start of this client. Answers the server's clock at a fresh hello, null where it was greeted. */
  async greet(): Promise<HelloReply | null> {
    if (this.#greeted) return null
    const { state, remote } = this.#deps
    if (!this.#announced) {
      // Written before it is sent: it may arrive although nothing comes back.
      state.set('identity', nextIdentity(state.identity))
      this.#announced = true
    }
    const { greeted, ...identity } = state.identity
    const reply = await remote.hello({ ...identity, databaseId: state.get('databaseId'), last: this.#lastBefore() })
    this.#noteDatabase(reply)
    const confirmed = this.#confirmedUpTo()
    const forgotten = reply.status === 'new' && (greeted || identity.previous !== null)
    if (forgotten && confirmed > 0) this.#reopen(0)
    // Also where it takes us for somebody else: it knows an earlier start of ours.
    if (reply.status !== 'new' && reply.lastMutationId < confirmed) this.#reopen(reply.lastMutationId)
    // What waits here is pushed under a new id where this one leads nowhere.
    if ((forgotten && confirmed > 0) || this.#leadsNowhere(reply)) {
      this.#becomeNew()
      return await this.greet()
    }
    this.#catchUp()
    state.set('identity', { ...state.identity, greeted: true })
    state.set('remoteSchema', reply.schema)
    this.#greeted = true
    this.#sent = 0
    this.#prepared = null
    return reply
  }

  /** The server does not know us any more, or somebody else goes on under our id: the next call begins with a hello. */
  forgetGreeting(): void {
    this.#greeted = false
    // By another incarnation: one that it then came to know us by tells that it had forgotten us. [I2]
    this.#announced = false
  }

  /** Whether mutations wait that were not sent yet. */
  hasMore(): boolean {
    return this.#deps.outbox.batch(this.#sent, 1).length > 0
  }

  /** Whether a change of that rev is not here yet. Our own pushes are no news. */
  isNews(rev: number): boolean {
    return rev > this.#deps.state.cursor.rev && !this.#own.has(rev)
  }

  /** Whether something was pushed that no pull has confirmed yet. */
  get awaitsConfirmation(): boolean {
    return this.#own.size > 0
  }

  /** The team cannot be reached: what waits now was made apart from the others, also where that was not known then. [R8] */
  noteApart(): void {
    this.#apartUpTo = this.#max('sync_outbox')
  }

  /** Pushes one batch. Answers how many mutations it held; 0 = nothing waits. */
  async push(): Promise<number> {
    const { outbox, remote, state, clock } = this.#deps
    const mutations = this.#prepared?.after === this.#sent ? this.#prepared.mutations : outbox.batch(this.#sent)
    this.#prepared = null
    const last = mutations.at(-1)
    if (!last) return 0
    const apart = (mutation: Mutation): boolean => mutation.offline || mutation.id <= this.#apartUpTo
    const sending = remote.push(
      { ...this.caller, cursor: state.cursor, check: checksum(last) },
      mutations.map((mutation) => ({ ...mutation, offline: apart(mutation) })),
    )
    if (mutations.length >= MANY) await this.#prepare(last.id, sending)
    const reply = await sending
    if (reply.status === 'resync') {
      await this.#beginResync()
      return await this.push()
    }
    if (reply.rev !== null) this.#own.add(reply.rev)
    this.#sent = Math.max(this.#sent, Math.min(reply.lastMutationId, last.id))
    state.note('lastPushAt', clock.now())
    return mutations.length
  }

  /** Reads the next batch while the server works on this one. */
  async #prepare(after: number, sending: Promise<unknown>): Promise<void> {
    // Whoever awaits it hears of its failure.
    sending.catch(() => {})
    // So that it is on its way before this thread is busy.
    await setImmediate()
    this.#prepared = { after, mutations: this.#deps.outbox.batch(after) }
  }

  /** Pulls everything that is new, and applies it in one transaction. */
  async pull(): Promise<Applied> {
    const applied = await this.#pullAll()
    this.#own.clear()
    return applied
  }

  async #pullAll(): Promise<Applied> {
    const { state, bulk } = this.#deps
    for (;;) {
      const from = this.#pages?.cursor ?? state.cursor
      const resync = state.get('resync') === true
      // Everything there is: if that is little, the thread costs nothing that shows, once; else a page would be fetched in vain.
      if (bulk && from.token === null) return await this.#inBulk(bulk, resync)
      const page = await this.#deps.remote.pull({
        ...this.caller,
        since: resync ? -1 : state.cursor.rev,
        cursor: from,
        acked: this.#confirmedUpTo(),
        limit: this.#deps.pageSize ?? PAGE,
      })
      if (page.status === 'resync') {
        await this.#beginResync()
        while ((await this.push()) > 0);
        continue
      }
      if (!page.complete && bulk) return await this.#inBulk(bulk, resync)
      const rows = [...(this.#pages?.rows ?? []), ...rowsOf(page.chunks)]
      this.#pages = { rows, cursor: page.cursor }
      this.#deps.onProgress?.({ rows: rows.length, rev: page.cursor.rev, head: page.head })
      if (page.complete) return this.#apply({ ...page, rows, full: resync })
    }
  }

  /** Most answers to "is there news?": nothing to write. */
  #isNothing({ rows, cursor, lastMutationId, full, schema }: Answer & { readonly schema: number }): boolean {
    const { state } = this.#deps
    if (rows.length > 0 || full || schema !== state.get('remoteSchema')) return false
    if (cursor.rev !== state.cursor.rev || cursor.token !== state.cursor.token) return false
    return (this.#deps.outbox.head()?.id ?? Infinity) > lastMutationId
  }

  /** Brings a row here that is not local yet. Answers whether the server has it. */
  async fetch(entity: 'products' | 'sessions', id: string): Promise<boolean> {
    const { state, remote, bulk } = this.#deps
    for (;;) {
      const { rev, token } = state.cursor
      const rows = [...rowsOf(await remote.fetch(this.caller, entity, id))]
      if (rows.length === 0) return false
      await bulk?.idle()
      // What a pull brought meanwhile may be newer, a deletion too.
      if (state.cursor.rev !== rev || state.cursor.token !== token) continue
      this.#commit(() => this.#applier.applyRows(rows))
      return true
    }
  }

  #apply(answer: Answer & { readonly schema: number }): Applied {
    const { state, outbox, clock } = this.#deps
    if (this.#isNothing(answer)) {
      this.#pages = null
      state.note('lastPullAt', clock.now())
      return { changes: [], touched: new Set(), confirmed: 0 }
    }
    const applied = this.#commit(() => {
      const result = this.#applier.apply(answer)
      if (answer.full) state.set('resync', false)
      if (state.get('remoteSchema') !== answer.schema) state.set('remoteSchema', answer.schema)
      return result
    })
    this.#pages = null
    outbox.tidyJournal()
    return applied
  }

  async #inBulk(bulk: Bulk, full: boolean): Promise<Applied> {
    const { state, outbox, onBulk, onProgress } = this.#deps
    const job = { caller: this.caller, cursor: state.cursor, acked: this.#confirmedUpTo(), full }
    const applied = await bulk.pull(job, (progress) => onProgress?.(progress))
    state.reload()
    outbox.tidyJournal()
    onBulk?.(applied)
    return applied
  }

  #commit(work: () => Applied): Applied {
    const { state, onApplied } = this.#deps
    try {
      const applied = this.#accept(() => {
        const value = work()
        return { value, changes: value.changes }
      })
      onApplied?.(applied)
      return applied
    } catch (error) {
      state.reload()
      throw error
    }
  }

  /** L6: what does not fit together here, as a part of it is held or set aside, is written all the same. */
  #accept(work: () => { value: Applied; changes: Applied['changes'] }): Applied {
    const { state, writer } = this.#deps
    try {
      return writer.accept(work)
    } catch (error) {
      if (!lacksOther(error)) throw error
      state.reload()
      return writer.acceptInPart(work)
    }
  }

  #noteDatabase({ databaseId, schema }: HelloReply): void {
    const { state, schema: needed = REMOTE_SCHEMA } = this.#deps
    if (schema < needed) {
      throw new AppError(
        'update-required',
        'The team\'s database is older than this Hudson. Whoever looks after it runs "hudson migrate"; your work is kept until then.',
      )
    }
    if (state.get('databaseId') === null) state.set('databaseId', databaseId)
  }

  /** The last mutation id that is not to be sent any more. */
  #lastBefore(): number {
    const head = this.#deps.outbox.head()
    return head ? head.id - 1 : this.#max('sync_outbox')
  }

  #confirmedUpTo(): number {
    return this.#max('sync_outbox WHERE acked_at IS NOT NULL')
  }

  #max(from: string): number {
    return this.#deps.db.statement(`SELECT coalesce(max(id), 0) FROM ${from}`).pluck(true).get() as number
  }

  /**
   * Somebody goes on under this id from a copy of this data [I1]; what the server had last under it is not what we sent, as this
   * data is a copy itself, or was set back; or the server went back further than what is kept here [I2].
   */
  #leadsNowhere({ status, lastMutationId, lastCheck }: HelloReply): boolean {
    if (status !== 'ok') return status === 'fork'
    const newest = this.#max('sync_outbox')
    const next = this.#deps.outbox.head()?.id ?? newest + 1
    if (lastMutationId > newest || next > lastMutationId + 1) return true
    const ours = this.#deps.db.statement('SELECT crc FROM sync_outbox WHERE id = ?').pluck(true).get(lastMutationId)
    return ours !== undefined && lastCheck !== null && ours !== lastCheck
  }

  #becomeNew(): void {
    this.#deps.state.set('identity', newIdentity())
    this.#announced = true
    this.#greeted = false
    this.#sent = 0
    this.#prepared = null
    // They lack what was changed under the old id: it was no news to it.
    this.#pages = null
  }

  /** The server has another history than the one that was seen here: first of all, who are we to it? */
  async #beginResync(): Promise<void> {
    this.forgetGreeting()
    const reply = await this.greet()
    this.#reopen(reply?.lastMutationId ?? 0)
    this.#pullAnew()
  }

  /** L8: what an older version of this app passed over, or could not hold, comes by a full resync. */
  #catchUp(): void {
    const { state, db, schema = REMOTE_SCHEMA } = this.#deps
    const before = state.get('spoken')
    if (before === schema) return
    const aside = db.statement('SELECT 1 FROM sync_aside LIMIT 1').get() !== undefined
    if (before !== null && (aside || (state.get('remoteSchema') ?? 0) > before)) this.#pullAnew()
    state.set('spoken', schema)
  }

  #pullAnew(): void {
    const { state, db } = this.#deps
    this.#pages = null
    db.sqlite.transaction(() => {
      if (state.get('resync') !== true) state.set('seenBefore', state.cursor.rev)
      state.set('resync', true)
      state.set('cursor', { rev: 0, token: null })
    })()
  }

  /** I2: the server went back. */
  #reopen(last: number): void {
    reopen(this.#deps.db, last)
    this.#sent = 0
    this.#prepared = null
    this.#deps.outbox.rewriteJournal()
  }
}
