import { JobKindName } from '#shared/jobs.ts'
import type { TeamJob } from '#shared/jobs.ts'
import type { SecretName } from '#shared/secrets.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Db } from './db/database.ts'
import type { Writer } from './db/write.ts'
import type { Events } from './events.ts'
import { Jobs } from './jobs/jobs.ts'
import { createShopifyImport } from './library/shopify-import.ts'
import type { Log } from './log.ts'
import { shopSetup } from './service-setup.ts'
import type { SettingsStore } from './settings/settings.ts'
import { Shopify } from './shopify/shopify.ts'
import type { Sync } from './sync/sync.ts'
import type { Team } from './team.ts'

interface WorkPorts {
  readonly log: Log
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly protect?: (value: string) => void
}

interface WorkParts {
  readonly db: Db
  readonly writer: Writer
  readonly events: Events
  readonly settings: SettingsStore
  readonly sync: Sync
  readonly secret: (name: SecretName) => string | undefined
}

/** What goes on by itself, and for long. */
export function longWork(config: Config, given: WorkPorts, { db, writer, events, settings, sync, secret }: WorkParts) {
  const { log, clock, fetch, protect = () => {} } = given
  const { random } = Math
  const team = sync.leases
  const jobs = new Jobs({ db, events, clock, log, random, team: () => teamJobs(team) })
  const sources = { config, settings: () => settings.get(), secret }
  const shopify = new Shopify({
    db,
    writer,
    events,
    catalogue: createShopifyImport({ db, writer }),
    team,
    jobs,
    ports: { fetch, clock, log, random, protect },
    setup: (ofPerson) => shopSetup(sources, ofPerson),
  })
  jobs.register(shopify.kind)
  const ended = { already: false }
  let shop = JSON.stringify(settings.get().shopify)
  events.on('changed', ({ feature }) => {
    if (feature !== 'settings' || shop === JSON.stringify(settings.get().shopify)) return
    shop = JSON.stringify(settings.get().shopify)
    shopify.noteSetup()
  })
  return {
    handlers: { ...jobs.handlers, ...shopify.handlers },
    /** Once the secrets are here: what is to be done needs keys and addresses. */
    start: () => {
      if (ended.already) return
      jobs.start()
      shopify.start()
    },
    /** Somebody looks at the app. */
    focus: () => shopify.focus(),
    noteSecret: (name: SecretName) => {
      if (name === 'shopifyToken' || name === 'shopifyClientSecret') shopify.noteSetup()
    },
    [Symbol.asyncDispose]: async () => {
      ended.already = true
      shopify[Symbol.dispose]()
      await jobs[Symbol.asyncDispose]()
    },
  }
}

/** What other desktops do for the team, as the list of activity shows it. */
async function teamJobs(team: Team): Promise<readonly TeamJob[]> {
  const others = await team.others()
  return others.flatMap(({ name, ...work }) => {
    const kind = JobKindName.safeParse(name)
    return kind.success ? [{ kind: kind.data, ...work }] : []
  })
}
