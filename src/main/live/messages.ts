import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { live, LiveMessage } from '#shared/live.ts'
import { v7 as uuid } from 'uuid'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import type { Log } from '../log.ts'
import { MessageLog } from './message-log.ts'
import { fillPlaceholders, messageValues } from '#shared/placeholders.ts'
import { fromRow } from './show.ts'
import type { Show } from './show.ts'
import type { Stage } from './stage.ts'

type Names = 'live.message' | 'live.clearMessage' | 'live.acknowledge' | 'live.messages'

export interface MessageDeps {
  readonly db: Db
  readonly stage: Stage
  readonly clock: Clock
  readonly log: Log
}

/** Messages to the host. One is shown at a time; one with a time clears itself, also after a restart. */
export class Messages implements Disposable {
  readonly #deps: MessageDeps
  readonly #sent: MessageLog
  readonly #stops = new Map<string, () => void>()

  constructor(deps: MessageDeps) {
    this.#deps = deps
    this.#sent = new MessageLog(deps.db)
    this.#armAll()
  }

  readonly handlers: Pick<Handlers<typeof live>, Names> = {
    'live.message': ({ sessionId, text, color = 'amber', clearAfterSeconds = null }) => {
      const reply = this.#deps.stage.change(sessionId, (view) => {
        const at = view.now
        const message: LiveMessage = {
          id: uuid(),
          text: fillPlaceholders(text, messageValues(this.#deps.stage.state(view))),
          color,
          at,
          acknowledgedAt: null,
          clearAt:
            clearAfterSeconds === null ? null : new Date(Date.parse(at) + clearAfterSeconds * 1000).toISOString(),
        }
        if (view.show.message) this.#sent.cleared(view.show.message.id, at)
        this.#sent.sent(sessionId, message)
        return { ...view.show, message }
      })
      this.#arm(sessionId, reply.message)
      return reply
    },
    'live.clearMessage': ({ sessionId }) =>
      this.#deps.stage.change(sessionId, ({ show, now }) => this.cleared(show, now)),
    'live.acknowledge': ({ sessionId, messageId }) =>
      this.#deps.stage.change(sessionId, ({ show, now }) => {
        if (show.message?.id !== messageId) {
          throw new AppError('stale', 'This message is not shown any more; there was nothing to acknowledge.')
        }
        if (show.message.acknowledgedAt !== null) return show
        this.#sent.acknowledged(messageId, now)
        return { ...show, message: { ...show.message, acknowledgedAt: now } }
      }),
    'live.messages': ({ sessionId }) => {
      this.#deps.stage.look(sessionId)
      return { items: this.#sent.list(sessionId) }
    },
  }

  /** The show without its message; the log keeps it. Inside the transaction of the change. */
  cleared(show: Show, now: string): Show {
    if (!show.message) return show
    this.#sent.cleared(show.message.id, now)
    return { ...show, message: null }
  }

  [Symbol.dispose](): void {
    for (const stop of this.#stops.values()) stop()
    this.#stops.clear()
  }

  #armAll(): void {
    const { db } = this.#deps
    const rows = db.all(db.build.selectFrom('session_states').selectAll().where('message', 'is not', null))
    for (const row of rows) this.#arm(row.id, fromRow(row).message)
  }

  #arm(sessionId: string, message: LiveMessage | null): void {
    this.#stops.get(sessionId)?.()
    this.#stops.delete(sessionId)
    if (!message?.clearAt) return
    const ms = Date.parse(message.clearAt) - Date.parse(this.#deps.clock.now())
    if (ms <= 0) this.#expire(sessionId, message.id)
    else
      this.#stops.set(
        sessionId,
        this.#deps.clock.after(ms, () => this.#expire(sessionId, message.id)),
      )
  }

  #expire(sessionId: string, messageId: string): void {
    try {
      this.#deps.stage.change(sessionId, ({ show, now }) =>
        show.message?.id === messageId ? this.cleared(show, now) : show,
      )
    } catch (error) {
      // Nobody waits for this. A session that was deleted meanwhile is not worth a line above debug.
      const expected = error instanceof AppError
      this.#deps.log[expected ? 'debug' : 'error']('a message could not be cleared', { error })
    }
  }
}
