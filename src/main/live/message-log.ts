import { MessageColor } from '#shared/live.ts'
import type * as z from 'zod'
import type { LiveMessage, SentMessage } from '#shared/live.ts'
import type { Db } from '../db/database.ts'

/** How many messages of a session are shown. */
const shown = 500

/** What was sent to the hosts from this machine, and what became of it. Call it inside the transaction of the change. */
export class MessageLog {
  readonly #db: Db

  constructor(db: Db) {
    this.#db = db
  }

  sent(sessionId: string, { id, text, color, at, clearAt }: LiveMessage): void {
    this.#db.run(
      this.#db.build.insertInto('live_messages').values({
        id,
        session_id: sessionId,
        text,
        color,
        at,
        clear_at: clearAt,
        acknowledged_at: null,
        cleared_at: null,
      }),
    )
  }

  acknowledged(id: string, at: string): void {
    this.#db.run(this.#db.build.updateTable('live_messages').set({ acknowledged_at: at }).where('id', '=', id))
  }

  cleared(id: string, at: string): void {
    this.#db.run(this.#db.build.updateTable('live_messages').set({ cleared_at: at }).where('id', '=', id))
  }

  /** Newest first. */
  list(sessionId: string): z.infer<typeof SentMessage>[] {
    const rows = this.#db.all(
      this.#db.build
        .selectFrom('live_messages')
        .selectAll()
        .where('session_id', '=', sessionId)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(shown),
    )
    return rows.map((row) => ({
      id: row.id,
      text: row.text,
      color: MessageColor.catch('amber').parse(row.color),
      at: row.at,
      acknowledgedAt: row.acknowledged_at,
      clearAt: row.clear_at,
      clearedAt: row.cleared_at,
    }))
  }
}
