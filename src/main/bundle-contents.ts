import type { Handlers } from '#shared/contract.ts'
import { PROTOCOL_VERSION } from '#shared/protocol-version.ts'
import { Settings } from '#shared/settings.ts'
import * as z from 'zod'
import type { CrashReport } from './crashes/crash-report.ts'
import type { BundleContent } from './diagnostics/bundle.ts'
import { logTail } from './diagnostics/log-tail.ts'

/** The calls whose answers are in a bundle. */
export type BundleAsked = Pick<
  Handlers,
  | 'app.info'
  | 'backups.list'
  | 'images.status'
  | 'jobs.list'
  | 'points.status'
  | 'recovery.report'
  | 'screens.list'
  | 'secrets.status'
  | 'settings.get'
  | 'shopify.status'
  | 'sync.status'
  | 'updates.state'
>

interface Sources {
  readonly logDir: string
  readonly about: Readonly<Record<string, string>>
  readonly ask: BundleAsked
  /** What the diagnostics found last. */
  readonly checks: () => Promise<readonly { readonly name: string; readonly state: string; readonly detail: string }[]>
  readonly crashes: () => readonly CrashReport[]
}

/** What is in a support bundle, each file with what it is for. Names of products, people and shops stay out: counts do. */
export async function bundleContents({ logDir, about, ask, checks, crashes }: Sources): Promise<BundleContent[]> {
  return [
    { name: 'diagnostics.json', value: { checks: (await checks()).map(withoutShop) } },
    { name: 'versions.json', value: { ...about, protocol: PROTOCOL_VERSION } },
    { name: 'settings.json', value: describeSettings(await ask['settings.get']({})) },
    { name: 'status.json', value: await describeStatus(ask) },
    ...crashes().map((report) => ({ name: `crashes/${report.id}.json`, value: report })),
    { name: 'log.jsonl', lines: logTail(logDir) },
  ]
}

/** A shop that answers says its name. */
function withoutShop(check: { readonly name: string; readonly state: string; readonly detail: string }) {
  return check.name === 'shopify' && check.state === 'ok' ? { ...check, detail: 'The shop answers.' } : check
}

async function describeStatus(ask: BundleAsked): Promise<object> {
  const [info, sync, jobs, screens, backups] = await Promise.all([
    ask['app.info']({}),
    ask['sync.status']({}),
    ask['jobs.list']({ limit: 50 }),
    ask['screens.list']({}),
    ask['backups.list']({}),
  ])
  const { configured, lastSyncAt } = await ask['shopify.status']({})
  return {
    counts: info.counts,
    team: sync,
    jobs: jobs.items.map(({ kind, state, done, failed, total, counts, problem, createdAt, endedAt }) => {
      return { kind, state, done, failed, total, counts, problem, createdAt, endedAt }
    }),
    pictures: await ask['images.status']({}),
    screens: screens.screens.map(({ number, width, height, primary, state }) => ({
      number,
      width,
      height,
      primary,
      state,
    })),
    backups: backups.items.map(({ kind, at, bytes }) => ({ kind, at, bytes })).slice(0, 10),
    kept: keptWhere(await ask['secrets.status']({})),
    shopify: { configured, lastSyncAt },
    model: await ask['points.status']({}),
    updates: withoutNotes(await ask['updates.state']({})),
    recovery: await ask['recovery.report']({}),
  }
}

/** Which secrets there are and where they are kept, as a list: under their own names the redaction would hide that too. */
function keptWhere(status: Awaited<ReturnType<Handlers['secrets.status']>>): object[] {
  return Object.entries(status).map(([what, { set, protectedBy }]) => ({ what, set, where: protectedBy }))
}

function withoutNotes({ available, ...rest }: Awaited<ReturnType<Handlers['updates.state']>>): object {
  return { ...rest, available: available?.version ?? null }
}

/** The settings; of what people typed in only whether there is something. */
export function describeSettings(settings: Settings): unknown {
  return shape(settings, z.toJSONSchema(Settings, { io: 'output', unrepresentable: 'any' }))
}

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly unknown[]
}

/** By its schema, so that a setting that is new one day is not told by accident. */
function shape(value: unknown, schema: Schema): unknown {
  if (typeof value === 'string') return isChoice(schema) ? value : 'set'
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return `${value.length} set`
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, shape(one, (schema.properties?.[key] ?? {}) as Schema)]),
  )
}

function isChoice(schema: Schema): boolean {
  return (
    schema.enum !== undefined ||
    schema.const !== undefined ||
    (schema.anyOf ?? []).some((one) => isChoice(one as Schema))
  )
}
