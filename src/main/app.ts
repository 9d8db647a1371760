import { AppError } from '#shared/app-error.ts'
import { contract } from '#shared/contract.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Reply } from '#shared/reply.ts'
import type { SecretName } from '#shared/secrets.ts'
import type { Language } from '#shared/settings.ts'
import { Backups } from './backups/backups.ts'
import type { Clock } from './clock.ts'
import { careHandlers } from './care-handlers.ts'
import type { Config } from './config.ts'
import type { CrashLog } from './crashes/crash-log.ts'
import { createConflicts } from './conflicts/conflicts.ts'
import type { Db } from './db/database.ts'
import { isDamage } from './db/damage.ts'
import { History } from './db/history.ts'
import { Writer } from './db/write.ts'
import { createDispatch } from './dispatch.ts'
import type { Dispatch } from './dispatch.ts'
import { noDocuments } from './documents.ts'
import type { DocumentsPort } from './documents.ts'
import { createScreens, noScreens } from './screens/screens.ts'
import { makeSecrets } from './make-secrets.ts'
import type { ScreensPort } from './screens/screens.ts'
import type { RunDiskJob } from './disk-jobs.ts'
import { diskWork } from './disk-work.ts'
import { Events } from './events.ts'
import { createTiktokImport } from './library/import-tiktok.ts'
import { createLibrary } from './library/library.ts'
import { createLive } from './live/live.ts'
import { createPresets } from './live/presets.ts'
import { joinTeam } from './join-team.ts'
import type { Log } from './log.ts'
import { longWork } from './long-work.ts'
import { createMediaCache } from './media/cache-handlers.ts'
import { createImages } from './media/images.ts'
import { Media } from './media/media.ts'
import { Uploads } from './media/uploads.ts'
import { openCrashes, openCrashLog, redactByForm } from './open-crashes.ts'
import { openData } from './open-data.ts'
import { ownFailures } from './own-failures.ts'
import { FullCheck } from './recovery/full-check.ts'
import { noteSuspicion } from './recovery/quarantine.ts'
import type { RecoveryNotes } from './recovery/recovery.ts'
import { createRunSheet } from './run-sheet/run-sheet.ts'
import { createSample } from './sample/sample.ts'
import { createSessions } from './sessions/sessions.ts'
import { SheetFiles } from './sheets/sheet-files.ts'
import type { SecretBackend } from './secrets/backend.ts'
import type { SecretRecord } from './secrets/secret-record.ts'
import { createSettings, SettingsStore } from './settings/settings.ts'
import { createStudio, DisplayLinks } from './studio/display-links.ts'
import type { Troubles } from './trouble/trouble.ts'
import { createUnsynced } from './unsynced/unsynced.ts'
import { createUpdates } from './updates/create-updates.ts'
import type { UpdatesPort } from './updates/create-updates.ts'
import type { Updates } from './updates/updates.ts'
import { createSpeech } from './words/speech.ts'
import type { Speech } from './words/speech.ts'

/** What the core needs of its surroundings; tests bring their own. */
export interface Ports {
  readonly log: Log
  readonly clock: Clock
  /** For the pictures that products name by URL. */
  readonly fetch: typeof fetch
  /** From now on the value is taken out of every log line. */
  readonly protect?: (value: string) => void
  /** What the log would write of a value. */
  readonly redact?: (value: unknown) => unknown
  /** What was written down of crashes, also before the core was there. */
  readonly crashLog?: CrashLog
  /** The places that may keep secrets, best first; without any they are kept in memory. */
  readonly secretBackends?: (record: SecretRecord) => readonly SecretBackend[]
  /** This process ends after one call: no long work begins in it. What is asked for waits for one that stays. */
  readonly isShort?: boolean
  /** What the computer speaks; English where nobody says. */
  readonly language?: Language
  /** The screens that the desktop app can show the host view on. */
  readonly screens?: ScreensPort
  /** Where the desktop app saves what people keep. */
  readonly documents?: DocumentsPort
  /** How this copy was installed, where it can update itself. */
  readonly updates?: UpdatesPort
}

/** The running core. Closing it ends everything that it opened, in reverse order. */
export interface App extends AsyncDisposable, Omit<Speech, 'answer'> {
  readonly config: Config
  readonly dispatch: Dispatch
  readonly events: Events
  readonly clock: Clock
  /** Links for displays; the studio server tells them where it listens. */
  readonly links: DisplayLinks
  /** The pictures that pages load. */
  readonly media: Media
  /** Files on their way in. */
  readonly uploads: Uploads
  /** The computer woke up, or its network changed. */
  readonly reconnect: () => void
  /** What the desktop app tells about its start and its end. */
  readonly updates: Updates
  /** What does not work on this computer. */
  readonly troubles: Troubles
}

/** The composition root: builds everything, in dependency order. */
export function createApp(config: Config, ports: Ports): App {
  const { log, clock } = ports
  const stack = new AsyncDisposableStack()
  const parts = orSuspect(config, () => openParts(config, ports, stack))
  const { events, sync, media, uploads, links } = parts
  const dispatch = createDispatch({
    handlers: handlersOf(parts),
    log,
    checkOutput: config.development,
    onFailure: parts.noteFailure,
  })
  sync.start()
  const opening: { secrets: Promise<void> | null } = { secrets: null }
  opening.secrets = parts.openSecrets()?.finally(() => (opening.secrets = null)) ?? null
  // What is to be done needs what is kept: keys and addresses.
  if (ports.isShort !== true) void Promise.resolve(opening.secrets).then(() => parts.work.start())
  media.start({ sweep: parts.complete })
  parts.backups.start()
  parts.fullCheck.start()
  parts.updates.start()
  if (ports.isShort !== true) parts.crashes.start()
  uploads.sweep().catch((error: unknown) => log.warn('old uploads could not be removed', { error }))
  return {
    config,
    dispatch: (name, input, caller) => {
      sync.noteCall()
      const say = (reply: Reply): Reply => (caller?.reads === 'en' ? reply : parts.speech.answer(name, reply))
      const waits: Promise<unknown>[] = []
      if (opening.secrets && /^(sync|secrets|shopify|setup)\./.test(name)) waits.push(opening.secrets)
      const writing = sync.writing()
      if (writing && isCommand(name)) waits.push(writing)
      if (waits.length === 0) return dispatch(name, input, caller).then(say)
      return Promise.all(waits)
        .then(() => dispatch(name, input, caller))
        .then(say)
    },
    events,
    clock,
    ...parts.speech,
    links,
    media,
    uploads,
    reconnect: () => sync.reconnect(),
    updates: parts.updates,
    troubles: parts.troubles,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** Damage that a start meets is looked for, and repaired, by the next one. */
function orSuspect<T>(config: Config, start: () => T): T {
  try {
    return start()
  } catch (error) {
    if (isDamage(error)) noteSuspicion(config, error.message)
    throw error
  }
}

type Parts = ReturnType<typeof openParts>

/** What lives as long as the app. What has to be closed is on the stack. */
function openParts(config: Config, given: Ports, stack: AsyncDisposableStack) {
  const { log, clock, fetch, protect = () => {}, screens = noScreens, documents = noDocuments } = given
  const events = new Events((error) => log.error('a listener failed', { error }))
  const { db, complete } = openData(config, { clock, log })
  stack.use(db)
  const failures = ownFailures(config, { db, clock, log, events })
  const { recovery, noteFailure } = failures
  stack.use(failures.troubles)
  const writer = new Writer(db, clock)
  const settings = new SettingsStore(db, events, given.language)
  // Who calls from the command line reads English.
  const speech = createSpeech(() => (given.isShort === true ? 'en' : settings.language()))
  const ports = { clock, log, fetch, random: Math.random }
  // Before every other who listens to the writer: what it records must be durable first.
  const onBulk = (): void => media.wantAll()
  const team = joinTeam(config, { db, writer, events, ports, settings, recovery, noteFailure, onBulk })
  const sync = stack.use(team.sync)
  /** With the address that is stored. One that the environment gives was used from the start, and wins. */
  const joinStored = async (): Promise<void> => {
    if (config.databaseUrl !== undefined) return
    await sync
      .use(team.connectionTo(secrets.get('databaseUrl')))
      .catch((error: unknown) => log.error('the team could not be joined', { error }))
  }
  const secrets = makeSecrets(config, given, (name) => {
    events.emit('changed', { feature: 'secrets' })
    if (name === 'databaseUrl') void joinStored()
    work.noteSecret(name)
  })
  /** Null where nothing is kept: a keychain may ask a person. */
  const openSecrets = (): Promise<void> | null => (secrets.isKept ? secrets.load().then(joinStored) : null)
  const secret = (name: SecretName): string | undefined => secrets.get(name)
  const { author } = team
  const people = stack.use(team.people)
  const work = stack.use(
    longWork({ config, ports: { ...ports, protect }, db, writer, events, settings, sync, author, secret }),
  )
  const history = new History(writer, () => events.emit('changed', { feature: 'history' }))
  writer.observe({
    afterCommit: (_changes, features) => {
      for (const feature of features) events.emit('changed', { feature })
    },
  })
  const base = { config, db, complete, events, writer, settings, ...failures, sync, history }
  screens.onChange(() => events.emit('changed', { feature: 'screens' }))
  const live = stack.use(createLive({ db, writer, events, clock, settings, log, apartSince: () => sync.apartSince }))
  const links = new DisplayLinks(clock)
  const files = openFiles(config, clock)
  const limits = () => settings.get().media
  const media = stack.use(new Media({ db, writer, events, mediaDir: config.mediaDir, limits, ports }))
  const care = openCare({ config, given, db, writer, history, events, recovery, settings, stack, ...files })
  const outside = { secrets, openSecrets, clock, log, protect, documents, media }
  return { ...base, ...outside, ...files, ...care, speech, work, people, author, screens, live, links }
}

/** What reads files, and what keeps those that are on their way in. */
function openFiles(config: Config, clock: Clock) {
  const runDiskJob = diskWork(config.diskWorker)
  const uploads = new Uploads({ uploadsDir: config.uploadsDir, clock })
  const sheets = new SheetFiles({ pathOf: (uploadId) => uploads.pathOf(uploadId), runDiskJob })
  return { runDiskJob, uploads, sheets }
}

interface CareParts {
  readonly config: Config
  readonly given: Ports
  readonly db: Db
  readonly writer: Writer
  readonly history: History
  readonly events: Events
  readonly recovery: RecoveryNotes
  readonly settings: SettingsStore
  readonly runDiskJob: RunDiskJob
  readonly stack: AsyncDisposableStack
}

/** What keeps the data whole and the app new. */
function openCare({ config, given, db, writer, history, events, recovery, settings, runDiskJob, stack }: CareParts) {
  const { log, clock, fetch, redact = redactByForm } = given
  const { dbPath, mediaDir } = config
  const disk = { clock, log, runDiskJob }
  const backups = stack.use(new Backups({ db, writer, history, events, dbPath, mediaDir, ports: disk }))
  const onDamage = (reason: string): void => recovery.noteDamage(reason)
  const fullCheck = stack.use(new FullCheck({ db, dbPath, ports: disk, onDamage }))
  const updates = stack.use(createUpdates(config, given, { db, events, backUp: () => backups.beforeUpdate() }))
  const crashLog = given.crashLog ?? openCrashLog(config, redact, clock)
  const crashes = stack.use(openCrashes(config, { crashLog, settings, events, clock, log, fetch }))
  return { backups, fullCheck, updates, redact, crashLog, crashes }
}

function handlersOf({ db, writer, history, sync, media, uploads, author, ...parts }: Parts): Handlers {
  const { sheets, documents } = parts
  const handlers = {
    ...createLibrary({ db, writer, history, author, pathOf: (uploadId) => uploads.pathOf(uploadId) }),
    ...createTiktokImport({ db, history, sheets }),
    ...createConflicts({
      db,
      writer,
      history,
      random: Math.random,
      me: () => ({ clientId: sync.clientId, device: author }),
      resolve: (decision) => sync.resolve(decision),
    }),
    ...createScreens({ db, screens: parts.screens }),
    ...createSessions({ db, writer, history, random: Math.random, sheets, documents }),
    ...createRunSheet({ db, clock: parts.clock, documents }),
    ...createMediaCache({ media }),
    ...createImages({ db, history, media, uploads }),
    ...createSample({ db, writer, media }),
    ...parts.live.handlers,
    ...parts.people.handlers,
    ...createPresets({ db, writer, random: Math.random }),
    ...createSettings({ db, store: parts.settings, config: parts.config }),
    ...createStudio({ db, links: parts.links }),
    ...createUnsynced({ db, clock: parts.clock, documents }),
    ...parts.troubles.handlers,
    ...sync.handlers,
    ...parts.work.handlers,
    ...parts.secrets.handlers,
    ...parts.recovery.handlers,
    ...parts.backups.handlers,
    ...parts.updates.handlers,
    ...parts.crashes.handlers,
  }
  return {
    ...handlers,
    ...careHandlers({ ...parts, sync }, handlers),
    'sync.focus': (input: Record<string, never>) => {
      parts.work.focus()
      return handlers['sync.focus'](input)
    },
    // A row that others made, and that has not come by itself yet.
    'products.get': orFetched(handlers['products.get'], ({ id }) => sync.fetchMissing('products', id)),
    'sessions.get': orFetched(handlers['sessions.get'], ({ id }) => sync.fetchMissing('sessions', id)),
  }
}

function isCommand(name: string): boolean {
  return Object.entries(contract).some(([one, { kind }]) => one === name && kind === 'command')
}

/** Where a handler finds nothing here, the server is asked once. */
function orFetched<I, O>(
  handler: (input: I) => O | Promise<O>,
  fetch: (input: I) => Promise<boolean>,
): (input: I) => Promise<O> {
  return async (input) => {
    try {
      return await handler(input)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not-found') || !(await fetch(input))) throw error
      return await handler(input)
    }
  }
}
