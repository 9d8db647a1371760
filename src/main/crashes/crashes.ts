import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Crash, crashes } from '#shared/crashes.ts'
import type { Settings } from '#shared/settings.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { isServiceUrl } from '../service-url.ts'
import type { CrashLog } from './crash-log.ts'
import { CrashQueue } from './crash-queue.ts'
import type { CrashReport, StoredCrash } from './crash-report.ts'
import type { CrashSender } from './crash-sender.ts'
import { eventText } from './sentry-event.ts'

export interface CrashesDeps {
  readonly crashLog: CrashLog
  readonly about: CrashReport['about']
  readonly settings: { get(): Pick<Settings, 'privacy'> }
  readonly events: Events
  readonly clock: Clock
  readonly log: Log
  /** Where reports go, as Sentry's DSN. */
  readonly dsn: string | undefined
  readonly openSender: (dsn: string) => Promise<CrashSender>
}

/** What broke, and what becomes of it. */
export class Crashes implements AsyncDisposable {
  readonly handlers: Handlers<typeof crashes>
  readonly #deps: CrashesDeps
  readonly #queue: CrashQueue
  readonly #destination: string | null
  #wasAllowed: boolean
  #withdrawn: number | null = null

  constructor(deps: CrashesDeps) {
    const { crashLog, settings, events, clock, log, dsn, openSender } = deps
    this.#deps = deps
    this.#destination = destinationOf(dsn)
    this.#wasAllowed = this.#isAllowed()
    const changed = (): void => events.emit('changed', { feature: 'crashes' })
    this.#queue = new CrashQueue({
      files: crashLog.files,
      clock,
      log,
      openSender: dsn === undefined || this.#destination === null ? null : () => openSender(dsn),
      isAllowed: () => this.#isAllowed(),
      changed,
    })
    events.on('changed', ({ feature }) => {
      if (feature === 'settings' && settings.get().privacy.crashReports !== (this.#wasAllowed ? 'on' : 'off')) {
        this.#follow()
        changed()
      }
    })
    crashLog.onNoted(() => {
      this.#queue.poke()
      changed()
    })
    this.handlers = {
      'crashes.note': ({ name, message, stack, path }) => {
        const error = Object.assign(new Error(message), { name, stack: stack ?? '' })
        return { noted: crashLog.note({ kind: 'page', error, path }) }
      },
      'crashes.list': () => this.#list(),
      'crashes.preview': ({ id }) => this.#preview(id),
      'crashes.clear': () => {
        const deleted = crashLog.files.clear()
        changed()
        return { deleted }
      },
    }
  }

  /** Begins to send what may be sent; what may not and waits all the same is deleted. */
  start(): void {
    const { crashLog, clock } = this.#deps
    crashLog.files.prune(Date.parse(clock.now()))
    if (!this.#isAllowed()) this.#queue.withdraw()
    this.#queue.start()
  }

  /** Resolves once nothing is on its way. */
  idle(): Promise<void> {
    return this.#queue.idle()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue[Symbol.asyncDispose]()
  }

  #isAllowed(): boolean {
    return this.#deps.settings.get().privacy.crashReports === 'on'
  }

  /** The consent was given or withdrawn. */
  #follow(): void {
    this.#wasAllowed = this.#isAllowed()
    this.#withdrawn = this.#wasAllowed ? null : this.#queue.withdraw()
    if (this.#wasAllowed) this.#queue.poke()
  }

  #list(): Awaited<ReturnType<Handlers['crashes.list']>> {
    const { files } = this.#deps.crashLog
    const items = files.list().map(shown)
    return {
      items,
      dumps: files.dumps(),
      destination: this.#destination,
      waiting: items.filter(({ state }) => state === 'waiting').length,
      withdrawn: this.#withdrawn,
    }
  }

  #preview(id: string | undefined): { id: string | null; text: string } {
    const { files } = this.#deps.crashLog
    const found = id === undefined ? files.list()[0] : files.read(id)
    if (found) return { id: found.report.id, text: eventText(found.report) }
    if (id !== undefined)
      throw new AppError('not-found', 'This report is not there any more. It was deleted meanwhile.')
    return { id: null, text: eventText(this.#sample()) }
  }

  #sample(): CrashReport {
    const { about, clock } = this.#deps
    return {
      id: '00000000-0000-7000-8000-000000000000',
      at: clock.now(),
      count: 1,
      kind: 'page',
      name: 'TypeError',
      message: "Cannot read properties of undefined (reading 'priceCents')",
      stack: 'at priceOf (assets/builder-screen.js:120:17)\nat LineUp (assets/builder-screen.js:88:9)',
      path: '/sessions/:id',
      about,
    }
  }
}

function shown({ report, state }: StoredCrash): Crash {
  const { id, at, count, kind, name, message } = report
  // One that nobody has judged yet is not sent.
  return { id, at, count, kind, title: `${name}: ${message}`, state: state === 'new' ? 'kept' : state }
}

/** The host of a DSN; null where there is none that may be used. A DSN's user name is a public key, no secret. */
function destinationOf(dsn: string | undefined): string | null {
  const url = URL.parse(dsn ?? '')
  if (!url || url.username === '') return null
  return isServiceUrl(`${url.protocol}//${url.host}`) ? url.host : null
}
