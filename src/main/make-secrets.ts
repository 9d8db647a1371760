import { AppError } from '#shared/app-error.ts'
import type { SecretName } from '#shared/secrets.ts'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { SecretBackend } from './secrets/backend.ts'
import { SecretRecord } from './secrets/secret-record.ts'
import { Secrets } from './secrets/secrets.ts'
import { parseDatabaseUrl } from './sync/database-url.ts'

interface SecretPorts {
  readonly log: Log
  readonly protect?: (value: string) => void
  readonly secretBackends?: (record: SecretRecord) => readonly SecretBackend[]
}

/** What is kept for people; a database's address that cannot be used is refused at once. */
export function makeSecrets(config: Config, ports: SecretPorts, onChange: (name: SecretName) => void): Secrets {
  const { log, protect = () => {}, secretBackends = () => [] } = ports
  const record = new SecretRecord(join(config.secretsDir, 'stored.json'))
  return new Secrets({
    record,
    backends: secretBackends(record),
    given: givenSecrets(config),
    log,
    protect,
    validate: (name, value) => {
      if (name === 'databaseUrl') checkDatabaseUrl(value)
    },
    onChange,
  })
}

/** The secrets that the environment gives. */
function givenSecrets({ databaseUrl, shopify, openai }: Config): Partial<Record<SecretName, string>> {
  const all = {
    databaseUrl,
    shopifyToken: shopify.token,
    shopifyClientSecret: shopify.clientSecret,
    openaiApiKey: openai.apiKey,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** Throws `bad-call` of the field where a value is no address that can be used. */
function checkDatabaseUrl(value: string): void {
  try {
    parseDatabaseUrl(value)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, { fields: { value: error.message } })
  }
}
