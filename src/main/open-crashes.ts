import { homedir } from 'node:os'
import { aboutThis } from './about-this.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { CrashLog } from './crashes/crash-log.ts'
import { Crashes } from './crashes/crashes.ts'
import type { Events } from './events.ts'
import type { Log } from './log.ts'
import { redact as redactWith } from './logging/redact.ts'
import type { SettingsStore } from './settings/settings.ts'

/** What was written down of crashes, for whoever meets one before the core is there. */
export function openCrashLog(
  config: Pick<Config, 'crashDir' | 'version' | 'runtime'>,
  redact: (value: unknown) => unknown,
  clock: Clock = systemClock,
): CrashLog {
  return new CrashLog({ dir: config.crashDir, clock, redact, about: aboutThis(config) })
}

/** For whoever brings no log that knows the secrets: what can be told by key and by form is taken out all the same. */
export const redactByForm = (value: unknown): unknown => redactWith(value, { secrets: [], home: homedir() })

interface CrashParts {
  readonly crashLog: CrashLog
  readonly settings: SettingsStore
  readonly events: Events
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
}

/** Crash reports, and the way to Hudson's makers for those who agree. */
export function openCrashes(config: Config, { fetch, ...parts }: CrashParts): Crashes {
  return new Crashes({
    ...parts,
    about: aboutThis(config),
    dsn: config.crashDsn,
    // Not before somebody agreed: until then none of it is in memory.
    openSender: async (dsn) => (await import('./crashes/sentry-sender.ts')).createSentrySender(dsn, { fetch }),
  })
}
