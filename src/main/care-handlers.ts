import type { Handlers } from '#shared/contract.ts'
import { createDiagnostics } from './diagnostics/diagnostics.ts'
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
  /** From now on the value is taken out of every log line. */
  readonly protect: (value: string) => void
}

/** How everything stands: what is set up, and whether it works. */
export function careHandlers(
  { config, clock, log, runDiskJob, protect, settings, secrets, sync }: CareDeps,
  ask: LooksDeps['ask'],
): Pick<Handlers, 'setup.state' | 'setup.testDatabase' | 'diagnostics.run'> {
  return {
    ...createDiagnostics({ clock, log, looks: looks({ config, clock, runDiskJob, ask }) }),
    'setup.state': async () => ({
      team: (await ask['sync.status']({})).state !== 'unconfigured',
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
