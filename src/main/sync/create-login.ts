import { AppError } from '#shared/app-error.ts'
import type { Client } from 'pg'
import { randomBytes } from 'node:crypto'

/** Made by the migrations: it may execute the app's functions, and touch no table. */
const GROUP = 'hudson_app'

/** So that no desktop's forgotten transaction or runaway query stops the others. */
const limits = { lock_timeout: '5s', statement_timeout: '20s', idle_in_transaction_session_timeout: '15s' }

/** Throws `bad-call` where this is no name that a role can have without quoting. */
export function checkLoginName(name: string): void {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name) && !/^(pg_.*|public|none|hudson_app)$/.test(name)) return
  throw new AppError(
    'bad-call',
    `"${name}" cannot be the name of a login. Use up to 63 small letters, digits and "_", starting with a letter; ` +
      'not pg_…, public, none or hudson_app.',
  )
}

/** Throws `conflict` where the server has a role of this name already. */
export async function checkLoginIsNew(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  if (rowCount !== 0) {
    throw new AppError(
      'conflict',
      `The server already has a login "${name}". Choose another name, or drop that one first.`,
    )
  }
}

/** Makes a login for a desktop in the app's group and answers its password, which nobody else will ever know. */
export async function createLogin(client: Client, name: string): Promise<string> {
  const password = randomBytes(24).toString('base64url')
  const statements = [
    'BEGIN',
    `CREATE ROLE ${name} LOGIN PASSWORD '${password}' IN ROLE ${GROUP}`,
    ...Object.entries(limits).map(([setting, value]) => `ALTER ROLE ${name} SET ${setting} = '${value}'`),
    'COMMIT',
  ]
  await client.query(statements.join(';\n')).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new AppError(
      'unauthorized',
      `No login was made: this one may make none in the group ${GROUP}. Use the login that first ran "hudson migrate" on ` +
        'this server, or a superuser.',
      { cause: error },
    )
  })
  return password
}
