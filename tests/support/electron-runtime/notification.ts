import type { NotificationConstructorOptions } from 'electron'
import { StandInEvent } from './event.ts'
import { strictEmitter } from './not-built.ts'
import { setup } from './setup.ts'
import { onlyWhenReady } from './state.ts'

/** The notifications that are on the screen. */
export const notifications: Notification[] = []

/** A notification of the system (docs/api/notification.md). It is shown until it is closed, or clicked by the test. */
export class Notification extends strictEmitter('Notification') {
  readonly title: string
  readonly subtitle: string
  readonly body: string
  readonly silent: boolean
  readonly urgency: string
  readonly actions: NonNullable<NotificationConstructorOptions['actions']>

  static isSupported(): boolean {
    return setup.notifications
  }

  constructor(options: NotificationConstructorOptions = {}) {
    super()
    onlyWhenReady('Notification')
    this.title = options.title ?? ''
    this.subtitle = options.subtitle ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.urgency = options.urgency ?? 'normal'
    this.actions = options.actions ?? []
  }

  show(): void {
    if (!setup.notifications) {
      // What macOS says of an app that is not signed (docs/breaking-changes.md, 42.0).
      this.emit('failed', new StandInEvent(), 'Notifications are not allowed for this application')
      return
    }
    if (!notifications.includes(this)) notifications.push(this)
    this.emit('show', new StandInEvent())
  }

  close(): void {
    if (!this.#leave()) return
    this.emit('close', new StandInEvent())
  }

  /** The user clicks it; with a number, that button of it. */
  click(action?: number): void {
    if (action === undefined) this.emit('click', new StandInEvent())
    else this.emit('action', new StandInEvent({ actionIndex: action }), action)
    this.#leave()
  }

  #leave(): boolean {
    const place = notifications.indexOf(this)
    if (place >= 0) notifications.splice(place, 1)
    return place >= 0
  }
}
