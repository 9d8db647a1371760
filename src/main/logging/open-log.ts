import { homedir } from 'node:os'
import type { Config } from '../config.ts'
import type { Log, LogFields } from '../log.ts'
import { redact } from './redact.ts'
import { RotatingFile } from './rotating-file.ts'

/** The log of a running process. */
export interface OpenLog extends Log, Disposable {
  /** From now on this value, and the password in it where it is an address, is taken out of every line, wherever it stands. */
  protect(secret: string): void
  /** What may be shown or sent of a value: what the log would write of it. */
  redact(value: unknown): unknown
}

export interface OpenLogOptions {
  readonly config: Pick<Config, 'logDir' | 'logLevel' | 'databaseUrl' | 'secretsPassphrase'>
  /** Gets each line as well, without its line end. */
  readonly echo?: (line: string) => void
  readonly now?: () => string
  readonly maxBytes?: number
}

const levels = ['debug', 'info', 'warn', 'error'] as const

/**
 * JSON lines in `DIR/logs/hudson.log`, five files of 5 MB. `write` is the one choke point: whatever is logged anywhere
 * passes the redaction there and nowhere else. What leaves in another way (a bundle, a report) passes the same one.
 */
export function openLog({
  config,
  echo,
  now = () => new Date().toISOString(),
  maxBytes = 5_000_000,
}: OpenLogOptions): OpenLog {
  const file = new RotatingFile({ dir: config.logDir, name: 'hudson.log', maxBytes, files: 5 })
  const secrets = new Set([config.databaseUrl, config.secretsPassphrase].flatMap(secretsOf))
  const least = levels.indexOf(config.logLevel)

  const clean = (value: unknown): unknown => redact(value, { secrets, home: homedir() })
  const write = (level: (typeof levels)[number], event: string, fields: LogFields = {}): void => {
    if (levels.indexOf(level) < least) return
    const safe = clean({ event, ...fields }) as object
    const line = JSON.stringify({ at: now(), level, ...safe })
    file.write(line)
    echo?.(line)
  }
  return {
    debug: (event, fields) => write('debug', event, fields),
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
    protect: (secret) => {
      for (const one of secretsOf(secret)) secrets.add(one)
    },
    redact: clean,
    [Symbol.dispose]: () => file[Symbol.dispose](),
  }
}

/** A secret, and the password in it by itself, where it is an address. */
function secretsOf(secret: string | undefined): string[] {
  if (secret === undefined) return []
  const { password = '' } = URL.canParse(secret) ? new URL(secret) : {}
  return [secret, password].filter((one) => one !== '')
}
