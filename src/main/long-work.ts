import type { Handlers } from '#shared/contract.ts'
import { JobKindName } from '#shared/jobs.ts'
import type { jobs as jobEndpoints, TeamJob } from '#shared/jobs.ts'
import type { points as pointEndpoints } from '#shared/points.ts'
import type { SecretName } from '#shared/secrets.ts'
import type { setup } from '#shared/setup.ts'
import type { shopify as shopifyEndpoints } from '#shared/shopify.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db/database.ts'
import type { Writer } from './db/write.ts'
import { diskWork } from './disk-work.ts'
import type { Events } from './events.ts'
import { Jobs } from './jobs/jobs.ts'
import { createShopifyImport } from './library/shopify-import.ts'
import type { Log } from './log.ts'
import { modelSetup } from './points/model-setup.ts'
import { createPoints } from './points/points.ts'
import { PointsWriter } from './points/points-writer.ts'
import { Proposals } from './points/proposals.ts'
import { shopSetup } from './service-setup.ts'
import type { SettingsStore } from './settings/settings.ts'
import { Shopify } from './shopify/shopify.ts'
import type { Sync } from './sync/sync.ts'
import type { Team } from './team.ts'

interface WorkDeps {
  readonly config: Config
  readonly ports: {
    readonly log: Log
    readonly clock: Clock
    readonly fetch: typeof fetch
    readonly random: () => number
    readonly protect: (value: string) => void
  }
  readonly db: Db
  readonly writer: Writer
  readonly events: Events
  readonly settings: SettingsStore
  readonly sync: Sync
  /** Who writes at this machine. */
  readonly author: string
  readonly secret: (name: SecretName) => string | undefined
}

/** What goes on by itself and for long: the queue of jobs, and what is done in it. */
export interface LongWork extends AsyncDisposable {
  readonly handlers: Handlers<
    typeof jobEndpoints &
      typeof shopifyEndpoints &
      typeof pointEndpoints &
      Pick<typeof setup, 'setup.testShopify' | 'setup.testOpenai'>
  >
  /** Once the secrets are here: what is to be done needs keys and addresses. */
  start(): void
  /** Somebody looks at the app. */
  focus(): void
  noteSecret(name: SecretName): void
}

/** Builds it; nothing runs before `start`. */
export function longWork(deps: WorkDeps): LongWork {
  const { db, events, settings, sync, ports } = deps
  const jobs = new Jobs({ ...ports, db, events, team: () => teamJobs(sync.leases) })
  const shopify = makeShopify(deps, jobs)
  const points = makePoints(deps, jobs)
  jobs.register(shopify.kind)
  jobs.register(points.writing.kind)
  let closed = false
  let before = settings.get()
  events.on('changed', ({ feature }) => {
    if (feature !== 'settings') return
    const now = settings.get()
    if (JSON.stringify(now.shopify) !== JSON.stringify(before.shopify)) shopify.noteSetup()
    if (JSON.stringify(now.points) !== JSON.stringify(before.points)) points.writing.noteSetup()
    before = now
  })
  return {
    handlers: { ...jobs.handlers, ...shopify.handlers, ...points.handlers },
    start: () => {
      if (closed) return
      jobs.start()
      shopify.start()
    },
    focus: () => shopify.focus(),
    noteSecret: (name) => {
      if (name === 'shopifyToken' || name === 'shopifyClientSecret') shopify.noteSetup()
      if (name === 'openaiApiKey') points.writing.noteSetup()
    },
    [Symbol.asyncDispose]: async () => {
      closed = true
      shopify[Symbol.dispose]()
      await jobs[Symbol.asyncDispose]()
    },
  }
}

function makeShopify({ config, ports, db, writer, events, settings, sync, secret }: WorkDeps, jobs: Jobs): Shopify {
  const sources = { config, settings: () => settings.get(), secret }
  const runDiskJob = diskWork(config.diskWorker)
  return new Shopify({
    db,
    checkpoint: () => runDiskJob('checkpoint', { dbPath: config.dbPath }, AbortSignal.timeout(30_000)),
    writer,
    events,
    catalogue: createShopifyImport({ db, writer }),
    team: sync.leases,
    jobs,
    ports,
    setup: (given) => shopSetup(sources, given),
  })
}

function makePoints({ config, ports, db, writer, events, settings, author, secret }: WorkDeps, jobs: Jobs) {
  const proposals = new Proposals(db, ports.clock)
  const changed = (): void => events.emit('changed', { feature: 'points' })
  const ofPoints = () => settings.get().points
  const model = (key?: string, name?: string) =>
    modelSetup({
      key: key || secret('openaiApiKey'),
      baseUrl: config.openai.baseUrl,
      settings: { ...ofPoints(), ...(name && { model: name }) },
    })
  const writing = new PointsWriter({ db, proposals, jobs, ports, settings: ofPoints, setup: () => model(), changed })
  const handlers = {
    ...createPoints({ db, writer, author, proposals, changed }),
    ...writing.handlers,
    'setup.testOpenai': async (given: { key?: string | undefined; model?: string | undefined }) => {
      if (given.key) ports.protect(given.key)
      const { testModel } = await import('./points/test-model.ts')
      return await testModel(model(given.key, given.model), ports)
    },
  }
  return { writing, handlers }
}

/** What other desktops do for the team, as the list of activity shows it. */
async function teamJobs(team: Team): Promise<readonly TeamJob[]> {
  const others = await team.others()
  return others.flatMap(({ name, ...work }) => {
    const kind = JobKindName.safeParse(name)
    return kind.success ? [{ kind: kind.data, ...work }] : []
  })
}
