import type { Handlers, Output } from '#shared/contract.ts'
import { aboutThis } from './about-this.ts'
import { bundleContents } from './bundle-contents.ts'
import type { BundleAsked } from './bundle-contents.ts'
import type { CrashLog } from './crashes/crash-log.ts'
import { createBundle } from './diagnostics/bundle.ts'
import { createDiagnostics } from './diagnostics/diagnostics.ts'
import type { DocumentsPort } from './documents.ts'
import type { Log } from './log.ts'
import { looks } from './looks.ts'
import type { LooksDeps } from './looks.ts'
import type { Secrets } from './secrets/secrets.ts'
import type { SettingsStore } from './settings/settings.ts'
import type { Sync } from './sync/sync.ts'

interface CareDeps extends Omit<LooksDeps, 'ask'> {
  readonly log: Log
  readonly settings: SettingsStore
  readonly secrets: Secrets
  readonly sync: Sync
  readonly documents: DocumentsPort
  readonly crashLog: CrashLog
  /** From now on the value is taken out of every log line. */
  readonly protect: (value: string) => void
  /** What the log would write of a value. */
  readonly redact: (value: unknown) => unknown
}

type Care = Pick<Handlers, Extract<keyof Handlers, `diagnostics.${string}`> | 'setup.state' | 'setup.testDatabase'>

/** What was found so lately is not looked for again for a bundle: the page has just shown it. */
const FRESH_MS = 60_000

/** How everything stands: what is set up, and whether it works. */
export function careHandlers(
  { config, clock, log, runDiskJob, protect, redact, settings, secrets, sync, documents, crashLog }: CareDeps,
  ask: LooksDeps['ask'] & BundleAsked,
): Care {
  const diagnostics = createDiagnostics({ clock, log, looks: looks({ config, clock, runDiskJob, ask }) })
  const last: { at: number; checks: Promise<Output<'diagnostics.run'>> | null } = { at: 0, checks: null }
  const run = (): Promise<Output<'diagnostics.run'>> => {
    last.at = clock.elapsed()
    last.checks = Promise.resolve(diagnostics['diagnostics.run']({}))
    return last.checks
  }
  const checks = async (): Promise<Output<'diagnostics.run'>['checks']> => {
    const fresh = last.checks !== null && clock.elapsed() - last.at < FRESH_MS
    return (await (fresh && last.checks ? last.checks : run())).checks
  }
  const crashes = () => crashLog.files.list().map(({ report }) => report)
  const about = aboutThis(config)
  const contents = () => bundleContents({ logDir: config.logDir, about, ask, checks, crashes })
  return {
    'diagnostics.run': run,
    ...createBundle({ clock, documents, redact, contents }),
    'setup.state': async () => ({
      // An address that cannot be read right now is there all the same.
      team: (await ask['sync.status']({})).state !== 'unconfigured' || secrets.status().databaseUrl.set,
      shopify: (await ask['shopify.status']({})).configured,
      model: (await ask['points.status']({})).configured,
      ...(await ask['app.info']({})).counts,
    }),
    'setup.testDatabase': async ({ url: given }) => {
      const url = given ?? secrets.get('databaseUrl')
      if (url === undefined) {
        return { ok: false, detail: 'Paste the address of the database first.', field: 'url', checks: [] }
      }
      protect(url)
      // Loaded with the first test: no start pays for it.
      const { testDatabase } = await import('./sync/test-database.ts')
      return testDatabase(url, { ...settings.get().team, databaseId: sync.databaseId })
    },
  }
}
