import type { Handlers, Output } from '#shared/contract.ts'
import type { SyncStatus } from '#shared/sync.ts'
import type { StorageTrouble } from '#shared/trouble.ts'
import { statfs } from 'node:fs/promises'
import { aboutThis } from './about-this.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Finding, Looks } from './diagnostics/diagnostics.ts'
import type { RunDiskJob } from './disk-jobs.ts'

/** The calls that the looks are made of: what they find is what the screens show. */
type Asked = Pick<
  Handlers,
  | 'app.info'
  | 'sync.status'
  | 'sync.now'
  | 'shopify.status'
  | 'setup.testShopify'
  | 'points.status'
  | 'setup.testOpenai'
  | 'backups.list'
  | 'images.status'
  | 'secrets.status'
  | 'jobs.list'
  | 'updates.state'
  | 'trouble.state'
  | 'screens.list'
  | 'crashes.list'
>

export interface LooksDeps {
  readonly config: Config
  readonly clock: Clock
  readonly runDiskJob: RunDiskJob
  readonly ask: Asked
}

const GIGABYTE = 1_000_000_000
const DAY_MS = 24 * 60 * 60_000
/** A model that is switched off within so many days has to be replaced. */
const MODEL_ENDS_DAYS = 90
/** An edit that waits so long is worth a thought, although it is safe. */
const LONG_MINUTES = 12 * 60

const ok = (detail: string): Finding => ({ state: 'ok', detail })
const warn = (detail: string): Finding => ({ state: 'warn', detail })
const bad = (detail: string): Finding => ({ state: 'error', detail })
const skipped = (detail: string): Finding => ({ state: 'skipped', detail })

/** What the diagnostics look at, in the order in which people read it. */
export function looks({ config, clock, runDiskJob, ask }: LooksDeps): Looks {
  return {
    version: () => ok(versionsOf(config)),
    team: () => lookAtTeam(ask, clock),
    queue: async () => lookAtQueue(await ask['sync.status']({}), clock),
    clock: async () => lookAtClock(await ask['sync.status']({})),
    shopify: () => lookAtShopify(ask),
    model: () => lookAtModel(ask, clock),
    database: async () => {
      const problems = await runDiskJob('check', { dbPath: config.dbPath }, AbortSignal.timeout(60_000))
      return problems.length === 0
        ? ok('Every page of the local database is sound.')
        : bad('The local database is damaged. Close Hudson and start it again: it repairs itself and says what it did.')
    },
    backups: async () => lookAtBackups(await ask['backups.list']({}), clock),
    disk: () => lookAtDisk(config.dataDir, ask),
    pictures: async () => {
      const { ready, waiting, failed } = await ask['images.status']({})
      const words = `${ready} here, ${waiting} on their way, ${failed} failed.`
      return failed > 0 ? warn(`${words} The products say why.`) : ok(words)
    },
    secrets: async () => {
      const problems = Object.values(await ask['secrets.status']({})).flatMap(({ problem }) => problem ?? [])
      return problems.length === 0 ? ok('What is kept can be read.') : warn([...new Set(problems)].join(' '))
    },
    displays: async () => lookAtDisplays(await ask['screens.list']({}), config),
    activity: async () => {
      const { items } = await ask['jobs.list']({ limit: 50 })
      // What went well since is no trouble any more.
      const newest = [...Map.groupBy(items, ({ kind }) => kind).values()].flatMap(([first]) => first ?? [])
      const failed = newest.find(({ state }) => state === 'failed' || state === 'partial')
      if (!failed) return ok('Nothing failed lately.')
      return warn(failed.problem ?? `${failed.failed} failed. Activity says which, and tries them again.`)
    },
    crashes: async () => lookAtCrashes(await ask['crashes.list']({}), clock),
    updates: async () => {
      const { supported, phase, reason } = await ask['updates.state']({})
      if (!supported) return skipped(reason ?? 'This copy does not update itself.')
      return phase === 'failed' ? warn(reason ?? 'The last look for a newer version failed.') : ok(reason ?? 'Ready.')
    },
  }
}

/** A database that swallows everything is not waited for any longer, in ms: what the last try found stands then. */
const TEAM_MS = 8_000

async function lookAtTeam(ask: Asked, clock: Clock): Promise<Finding> {
  const before = await ask['sync.status']({})
  if (before.state === 'unconfigured') return skipped(before.reason ?? 'On this computer only; no team is set up.')
  if (before.state === 'paused') return warn('Sharing is paused. Everything is saved here.')
  const late = Promise.withResolvers<void>()
  const cancel = clock.after(TEAM_MS, late.resolve)
  const tried = Promise.resolve(ask['sync.now']({})).then(
    () => {},
    () => {},
  )
  await Promise.race([tried, late.promise]).finally(cancel)
  const { pending, latencyMs, schema, warnings, reason, state } = await ask['sync.status']({})
  if (state !== 'online') return bad(reason ?? 'The team cannot be reached.')
  const words = `Reached in ${latencyMs ?? 0} ms, schema ${schema.remote ?? schema.local}, ${pending} edits wait.`
  return warnings.length > 0 ? warn([words, ...warnings].join(' ')) : ok(words)
}

function versionsOf(config: Config): string {
  const { hudson, runtime, node, electron, chrome, platform, arch, system } = aboutThis(config)
  const shell = electron === undefined ? '' : `, Electron ${electron}, Chromium ${chrome ?? '?'}`
  return `Hudson ${hudson} (${runtime})${shell}, Node ${node}, ${platform} ${arch} ${system}`
}

/** Edits that wait are no trouble by themselves; one that does not move, though the team answers, is. */
function lookAtQueue({ state, stuck, pending, oldestPendingAt }: SyncStatus, clock: Clock): Finding {
  if (pending === 0 || oldestPendingAt === null) return ok('No edit waits.')
  const minutes = Math.max(0, Math.floor((Date.parse(clock.now()) - Date.parse(oldestPendingAt)) / 60_000))
  const since = `${pending === 1 ? '1 edit waits' : `${pending} edits wait`}, the oldest for ${timeText(minutes)}.`
  if (stuck) {
    const advice = 'The team answers and does not take them. Sync now; if that does not help, save a support bundle.'
    return bad(`${since} ${advice}`)
  }
  if (state === 'unconfigured') return ok(`${since} They are saved here and go out once a team is set up.`)
  const isLong = minutes >= LONG_MINUTES
  return isLong ? warn(`${since} Everything is saved here. Go online before others need them.`) : ok(since)
}

function timeText(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}

function lookAtDisplays({ screens }: Output<'screens.list'>, { runtime }: Config): Finding {
  if (screens.length === 0) {
    return runtime === 'studio' ? skipped('Only the desktop app knows the screens.') : warn('No screen was found.')
  }
  const lost = screens.filter(({ state }) => state === 'lost')
  const words = screens.map(
    ({ number, width, height, state }) => `${number}: ${width} × ${height}, ${displayWords[state]}`,
  )
  const all = `${words.join('; ')}.`
  return lost.length > 0 ? warn(`${all} Connect the missing one again, or take the host view off it.`) : ok(all)
}

const displayWords = { free: 'free', showing: 'shows the host view', lost: 'not connected' } as const

function lookAtCrashes({ items, dumps }: Output<'crashes.list'>, clock: Clock): Finding {
  if (items.length === 0 && dumps.count === 0) return ok('Nothing broke in the last 30 days.')
  const images = dumps.count > 0 ? `, ${dumps.count} memory images` : ''
  const words = `${items.length === 1 ? '1 report' : `${items.length} reports`} of the last 30 days${images}.`
  const lately = items.some(({ at }) => Date.parse(clock.now()) - Date.parse(at) < DAY_MS)
  return lately ? warn(`${words} Something broke today: a support bundle holds the report.`) : ok(words)
}

/** How far it is off, by what the last greeting told. */
function lookAtClock({ clockSkewMs }: SyncStatus): Finding {
  if (clockSkewMs === null) return skipped('Nobody to compare it with: the team was not reached yet.')
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000)
  if (seconds <= 2) return ok('It agrees with the team.')
  const words = `This computer's clock is ${seconds} seconds ${clockSkewMs > 0 ? 'behind' : 'ahead'}.`
  if (seconds <= 30) return ok(words)
  const advice = `${words} Turn on automatic time in the system's settings.`
  return seconds <= 300 ? warn(advice) : bad(advice)
}

function lookAtBackups({ items }: Awaited<ReturnType<Asked['backups.list']>>, clock: Clock): Finding {
  const [newest] = items.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  if (!newest) return warn('There is no backup yet; the first one is made by itself.')
  const days = Math.floor((Date.parse(clock.now()) - Date.parse(newest.at)) / DAY_MS)
  const words = `${items.length} kept, the newest from ${newest.at.slice(0, 16).replace('T', ' ')} UTC.`
  return days > 2 ? warn(`${words} Leave Hudson open for a while, or make one in Settings.`) : ok(words)
}

async function lookAtShopify(ask: Asked): Promise<Finding> {
  const { configured, problem } = await ask['shopify.status']({})
  if (!configured && problem === null) return skipped('No shop is set up.')
  const { ok: works, detail } = await ask['setup.testShopify']({})
  return { state: works ? 'ok' : 'error', detail }
}

async function lookAtModel(ask: Asked, clock: Clock): Promise<Finding> {
  if (!(await ask['points.status']({})).configured) return skipped('No model is set up.')
  const { ok: works, detail, endsOn } = await ask['setup.testOpenai']({})
  if (!works) return bad(detail)
  const left = endsOn === undefined ? Infinity : Date.parse(endsOn) - Date.parse(clock.now())
  return left < MODEL_ENDS_DAYS * DAY_MS ? warn(detail) : ok(detail)
}

const unsaved: Readonly<Record<StorageTrouble, string>> = {
  full: 'The disk is full: nothing is saved. Free some space; Hudson goes on by itself.',
  refused:
    'Hudson may not write to its data folder: nothing is saved. Check its permissions and that its disk is not write-protected.',
  broken: 'The disk cannot be written: nothing is saved. Check that it is connected and healthy.',
}

async function lookAtDisk(dataDir: string, ask: Asked): Promise<Finding> {
  const { storage } = await ask['trouble.state']({})
  if (storage) return bad(unsaved[storage.kind])
  const { bavail, bsize } = await statfs(dataDir)
  const free = bavail * bsize
  const words = `${(free / GIGABYTE).toFixed(1)} GB free where Hudson keeps its data.`
  if (free < GIGABYTE / 10) return bad(`${words} Make room before the next show: nothing can be saved on a full disk.`)
  return free < GIGABYTE ? warn(`${words} Make room soon.`) : ok(words)
}
