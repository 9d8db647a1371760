import { Notification } from 'electron'
import type { Log } from '../log.ts'
import type { Notice } from './notice-of.ts'

interface NoticesDeps {
  readonly log: Log
  /** While a show is live nothing pops up. */
  readonly muted: () => boolean
  readonly onClick: () => void
}

/** Tells things through the system, where Hudson is not in front. */
export class Notices {
  readonly #deps: NoticesDeps
  // Held until they are gone: one that nobody holds tells no click.
  readonly #open = new Set<Notification>()

  constructor(deps: NoticesDeps) {
    this.#deps = deps
  }

  tell({ title, body }: Notice): void {
    const { log, muted, onClick } = this.#deps
    if (muted() || !Notification.isSupported()) return
    const notification = new Notification({ title, body })
    this.#open.add(notification)
    notification.on('click', () => {
      this.#open.delete(notification)
      onClick()
    })
    notification.on('close', () => this.#open.delete(notification))
    notification.on('failed', (_event, error) => {
      this.#open.delete(notification)
      log.info('the system shows no notifications', { error })
    })
    notification.show()
  }
}
