import type { Language } from '#shared/settings.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { OpenLog } from './logging/open-log.ts'
import { openBackends } from './secrets/backends.ts'
import type { SecretRecord } from './secrets/secret-record.ts'
import type { Cipher } from './secrets/sealed-file.ts'

/** The core's ports, as they are outside tests. `safeStorage`: the desktop app's own encryption. */
export function ownPorts({ secretsDir, secretsPassphrase }: Config, log: OpenLog, safeStorage?: Cipher) {
  return {
    log,
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
