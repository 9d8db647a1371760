import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Nothing } from './fields.ts'

/** What Hudson keeps for people and never shows again. */
export const SecretName = z.enum(['databaseUrl', 'shopifyToken', 'shopifyClientSecret', 'openaiApiKey'])
export type SecretName = z.infer<typeof SecretName>

/**
 * What guards a secret: the desktop app's own encryption with a key of the system (`safe-storage`), an entry in the system's
 * `keychain`, a file that a `passphrase` opens, nothing but this process's `memory`, or whoever set the `environment`.
 */
export const Protection = z.enum(['safe-storage', 'keychain', 'passphrase', 'memory', 'environment'])
export type Protection = z.infer<typeof Protection>

export const SecretState = z.object({
  /** Whether there is one, readable or not. */
  set: z.boolean(),
  protectedBy: Protection.nullable(),
  /** Why it cannot be read, or is not kept, and what to do; for people. */
  problem: z.string().optional(),
})
export type SecretState = z.infer<typeof SecretState>

/** Values go in and never come out. */
export const secrets = {
  'secrets.status': query(Nothing, z.record(SecretName, SecretState)),
  'secrets.set': command(z.strictObject({ name: SecretName, value: z.string().trim().min(1).max(4096) }), SecretState),
  /** Removes it here and wherever it is kept. */
  'secrets.clear': command(z.strictObject({ name: SecretName }), SecretState),
}
