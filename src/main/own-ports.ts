import type { Language } from '#shared/settings.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { OpenLog } from './logging/open-log.ts'
import type { CrashLog } from './crashes/crash-log.ts'
import { openBackends } from './secrets/backends.ts'
import type { SecretRecord } from './secrets/secret-record.ts'
import type { Cipher } from './secrets/sealed-file.ts'

interface Own {
  readonly log: OpenLog
  readonly crashLog: CrashLog
  /** The desktop app's own encryption. */
  readonly safeStorage?: Cipher
}

/** The core's ports, as they are outside tests. */
export function ownPorts({ secretsDir, secretsPassphrase }: Config, { log, crashLog, safeStorage }: Own) {
  return {
    log,
    crashLog,
    redact: (value: unknown) => log.redact(value),
    clock: systemClock,
    fetch,
    language: systemLanguage(),
    protect: (value: string) => log.protect(value),
    secretBackends: ({ owner }: SecretRecord) =>
      openBackends({
        secretsDir,
        clock: systemClock,
        owner,
        passphrase: secretsPassphrase,
        ...(safeStorage && { safeStorage }),
      }),
  }
}

/** As the system's settings say, on Linux LANG and its kin. */
export function systemLanguage(): Language {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('de') ? 'de' : 'en'
}
