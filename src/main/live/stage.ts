import { AppError } from '#shared/app-error.ts'
import type { Feature } from '#shared/contract.ts'
import type { Display, LiveReply, LiveState } from '#shared/live.ts'
import type { Language, Settings } from '#shared/settings.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Change, Tx, Writer } from '../db/write.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { Apart } from './apart.ts'
import { Announcer } from './announcer.ts'
import type { Moment } from './announcer.ts'
import { Displays } from './displays.ts'
import { settled } from './settle.ts'
import { toRow } from './show.ts'
import type { Show } from './show.ts'
import { goneState, liveState } from './state.ts'
import type { View } from './view.ts'
import { Views } from './views.ts'

export interface StageDeps {
  readonly db: Db
  readonly writer: Writer
  readonly events: Events
  readonly clock: Clock
  readonly settings: { get(): Settings; language(): Language }
  readonly log: Log
  /** Since when the team is out of reach; null while it is not, and where there is none. */
  readonly apartSince: () => string | null
}

/** Their changes make a line-up in memory out of date. */
const lineupFeatures: ReadonlySet<Feature> = new Set<Feature>(['sessions', 'products', 'images'])
/** Theirs do not, but show in a live state all the same. */
const otherFeatures: ReadonlySet<Feature> = new Set<Feature>(['live', 'settings'])

/**
 * Where the shows of this instance are changed and told of.
 *
 * 1. A change is in the database, with its fsync, before anyone hears of it: a crash after the answer loses nothing.
 * 2. The database holds the only copy of a show. In memory are line-ups, which every change of theirs throws away, and
 *    what lasts only as long as the app: displays, the anchors of clocks, `seq`.
 * 3. What changed elsewhere (line-up, catalogue, settings) reaches followers once the code that changed it has run
 *    through, or with the next call, whichever comes first.
 */
export class Stage implements Disposable {
  readonly #deps: StageDeps
  readonly #views: Views
  readonly #announcer: Announcer
  readonly #displays: Displays
  readonly #apart: Apart
  readonly #stopListening: () => void
  /** While a change of our own is written, its events are no news. */
  #writing = false
  #refreshDue = false
  #closed = false

  constructor(deps: StageDeps) {
    this.#deps = deps
    this.#views = new Views(deps.db, deps.clock)
    this.#announcer = new Announcer(deps.events)
    this.#displays = new Displays(deps.clock, (sessionId) => this.#guarded(() => this.#tell(sessionId)))
    this.#apart = new Apart(deps.apartSince)
    this.#stopListening = deps.events.on('changed', ({ feature }) => this.#hear(feature))
    deps.writer.observe({
      afterCommit: (changes, _features, origin) => {
        this.#apart.note(changes, origin)
        this.#noteRemovals(changes)
      },
    })
  }

  /** Throws `not-found` where there is no such session. */
  look(sessionId: string): View {
    const view = this.#views.find(sessionId)
    if (!view) throw new AppError('not-found', 'There is no such session. It may have been deleted.')
    return view
  }

  /** Replaces the show by what `work` makes of it; answers the new state, after followers heard of it. */
  change(sessionId: string, work: (view: View, tx: Tx) => Show): LiveReply {
    // Followers need a state to which the delta applies.
    if (!this.#announcer.announced(sessionId)) this.#announcer.announce(sessionId, this.#moment(this.look(sessionId)))
    this.#write((tx) => {
      const view = this.look(sessionId)
      save(tx, view, work(view, tx))
    })
    this.#apart.drivenHere(sessionId)
    return this.reply(sessionId)
  }

  state(view: View): LiveState {
    return this.#moment(view).state
  }

  /** The state to which deltas from `seq` + 1 on apply. Whoever gets it may follow them. */
  reply(sessionId: string): LiveReply {
    const moment = this.#moment(this.look(sessionId))
    this.#announcer.announce(sessionId, moment)
    return { ...moment.state, seq: this.#announcer.seq(sessionId) }
  }

  report(sessionId: string, display: Display): void {
    this.look(sessionId)
    this.#displays.report(sessionId, display)
  }

  [Symbol.dispose](): void {
    this.#closed = true
    this.#stopListening()
    this.#displays[Symbol.dispose]()
  }

  #moment(view: View): Moment {
    const { session, show } = view
    const { watches } = this.#views
    const state = liveState(view, {
      host: this.#deps.settings.get().host,
      language: this.#deps.settings.language(),
      displays: this.#displays.of(session.id),
      showElapsedMs: watches.elapsed(`show ${session.id}`, show.startedAt),
      apartSince: this.#apart.sinceOf(session.id),
      messageElapsedMs: watches.elapsed(`message ${session.id}`, show.message?.at ?? null),
    })
    return { state, timer: show.timer }
  }

  #write(work: (tx: Tx) => void): void {
    this.#writing = true
    try {
      this.#deps.writer.transact(work)
    } finally {
      this.#writing = false
    }
  }

  #hear(feature: Feature): void {
    if (lineupFeatures.has(feature)) this.#views.forgetLineups()
    else if (feature === 'sync' ? !this.#apart.moved() : !otherFeatures.has(feature)) return
    if (!this.#writing) this.#refreshSoon()
  }

  /** Not at once: events come in the middle of others' work, several for one write. */
  #refreshSoon(): void {
    if (this.#refreshDue) return
    this.#refreshDue = true
    queueMicrotask(() => {
      this.#refreshDue = false
      if (this.#closed) return
      const sessionIds = new Set([...this.#announcer.followed(), ...this.#views.withRemovals()])
      for (const sessionId of sessionIds) this.#guarded(() => this.#refresh(sessionId))
    })
  }

  #refresh(sessionId: string): void {
    const view = this.#views.find(sessionId)
    if (view) {
      const { pushAsTyped } = this.#deps.settings.get()
      const show = settled(view, { pushAsTyped, removedFrom: this.#views.removedFrom(view.show.itemId) })
      if (show !== view.show) this.#write((tx) => save(tx, view, show))
      this.#views.forgetRemoval(show.itemId)
    }
    this.#tell(sessionId)
  }

  #tell(sessionId: string): void {
    const before = this.#announcer.announced(sessionId)
    if (!before) return
    const view = this.#views.find(sessionId)
    this.#announcer.announce(sessionId, view ? this.#moment(view) : { ...before, state: goneState(before.state) })
  }

  #noteRemovals(changes: readonly Change[]): void {
    for (const { entity, id, before, after } of changes) {
      const key = before?.['order_key']
      if (entity === 'session_products' && after === null && typeof key === 'string') this.#views.noteRemoval(id, key)
    }
    if (this.#views.withRemovals().length > 0) this.#refreshSoon()
  }

  /** For what runs by itself: there is no caller whom an error could reach. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#deps.log.error('a live session could not be brought up to date', { error })
    }
  }
}

function save(tx: Tx, { session, show: before }: View, after: Show): void {
  if (after === before) return
  const row = toRow(session.id, after)
  if (tx.row('session_states', session.id)) tx.update('session_states', session.id, row)
  else tx.insert('session_states', row)
}
