import { AppError } from '#shared/app-error.ts'
import type { TeamSettings } from '#shared/settings.ts'
import type { DatabaseCheck, DatabaseTest } from '#shared/setup.ts'
import type { Client, ClientConfig } from 'pg'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { destroy } from './attempt.ts'
import { classifyError } from './classify-error.ts'
import type { Failure } from './classify-error.ts'
import { readCa } from './connect.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { lookAtTeam } from './look-at-team.ts'
import type { TeamFound } from './look-at-team.ts'

export interface DatabaseTestOptions extends Pick<TeamSettings, 'caFile' | 'allowTls12'> {
  /** The team that this computer belongs to; null where it belongs to none. */
  readonly databaseId: string | null
  /** For all of it, the waking up of a suspended database among it. */
  readonly budgetMs?: number
}

/** setup.testDatabase: what is wrong is the answer, not an error. No message holds a part of the address. */
export async function testDatabase(
  url: string,
  { caFile, allowTls12, databaseId, budgetMs = 15_000 }: DatabaseTestOptions,
): Promise<DatabaseTest> {
  const begun = performance.now()
  try {
    const config = parseDatabaseUrl(url, { ca: readCa(caFile), allowTls12 })
    const found = await awake(config, begun + budgetMs, (client) => lookAtTeam(client, databaseId))
    return judged(found, { ms: Math.round(performance.now() - begun), encrypted: config.ssl !== false })
  } catch (error) {
    if (error instanceof AppError) return { ok: false, detail: error.message, field: 'url', checks: [] }
    return failed(error, { late: performance.now() - begun >= budgetMs - 50, budgetMs })
  }
}

/**
 * Waits for a database that wakes up. A connection that breaks is tried twice more, as a waking one may break it too. Whatever
 * happens, the last socket is gone at `until`.
 */
async function awake<T>(config: ClientConfig, until: number, work: (client: Client) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await connected(config, until - performance.now(), work)
    } catch (error) {
      const pause = pauseAfter(classifyError(error), tries)
      if (pause === null || performance.now() + pause >= until) throw error
      await sleep(pause)
    }
  }
}

function pauseAfter({ kind, retry }: Failure, tries: number): number | null {
  if (kind === 'waking' || retry === 'now') return 500
  return kind === 'network' && tries < 2 ? 300 * 3 ** tries : null
}

async function connected<T>(config: ClientConfig, ms: number, work: (client: Client) => Promise<T>): Promise<T> {
  const { Client } = (await import('pg')).default
  const client = new Client({ ...config, application_name: 'hudson-setup', keepAlive: true })
  // Whoever waits learns by its promise; without a listener the event would end the process.
  client.on('error', () => {})
  const late = setTimeout(() => destroy(client), Math.max(ms, 1))
  try {
    await client.connect()
    return await work(client)
  } finally {
    clearTimeout(late)
    destroy(client)
  }
}

const order = ['reached', 'encrypted', 'rights', 'version'] as const
type CheckName = DatabaseCheck['name']

/** The one that failed, what comes before it, which held, and what comes after it, which nobody looked at. */
function upTo(name: CheckName, detail: string): DatabaseCheck[] {
  const at = name === 'team' ? order.length : order.indexOf(name)
  const untold = (state: 'ok' | 'skipped') => (one: CheckName) => ({ name: one, state, detail: '' })
  return [
    ...order.slice(0, at).map(untold('ok')),
    { name, state: 'error', detail },
    ...order.slice(at + 1).map(untold('skipped')),
  ]
}

function failed(error: unknown, { late, budgetMs }: { late: boolean; budgetMs: number }): DatabaseTest {
  const { kind, problem } = classifyError(error)
  const detail =
    late && kind === 'network'
      ? `The database did not answer within ${Math.ceil(budgetMs / 1_000)} s. Check the network and the host in the database address, then try again.`
      : problem
  return { ok: false, detail, field: 'url', checks: upTo(failing[kind] ?? 'reached', detail) }
}

const failing: Partial<Record<Failure['kind'], CheckName>> = {
  certificate: 'encrypted',
  unauthorized: 'rights',
  rights: 'rights',
  unmigrated: 'version',
  'update-required': 'version',
  'other-database': 'team',
}

const ADMIN = 'whoever looks after the database'

function judged(found: TeamFound, { ms, encrypted }: { ms: number; encrypted: boolean }): DatabaseTest {
  const problem = problemOf(found)
  if (problem) {
    const checks = upTo(problem.name, problem.detail)
    // Where nothing is set up, nobody has any rights.
    const looked = checks.map((one) =>
      found.hello === null && one.name === 'rights' ? { ...one, state: 'skipped' as const } : one,
    )
    return { ok: false, detail: problem.detail, field: 'url', checks: looked }
  }
  const server = `PostgreSQL ${found.version.split(' ')[0]}, reached in ${ms} ms`
  const checks: DatabaseCheck[] = [
    { name: 'reached', state: 'ok', detail: `${server}.` },
    {
      name: 'encrypted',
      state: 'ok',
      detail: encrypted ? 'Encrypted, and its certificate is right.' : 'Not needed: the database is on this computer.',
    },
    found.isOwner
      ? {
          name: 'rights',
          state: 'warn',
          detail: `This login may change everything in the database. Better ask ${ADMIN} for one made by "hudson migrate --create-login".`,
        }
      : { name: 'rights', state: 'ok', detail: 'This login may do what Hudson needs, and no more.' },
    { name: 'version', state: 'ok', detail: 'The database and this Hudson fit together.' },
  ]
  return { ok: true, detail: `${server}, ready for the team.`, checks }
}

function problemOf({ hello, leases, schema }: TeamFound): { name: CheckName; detail: string } | null {
  if (hello === null) {
    return {
      name: 'version',
      detail: `The database answers, and is not set up for Hudson yet. Ask ${ADMIN} to run "hudson migrate" on it.`,
    }
  }
  if (!hello) {
    return {
      name: 'rights',
      detail: `This login may not use Hudson's functions. Ask ${ADMIN} for one made by "hudson migrate --create-login".`,
    }
  }
  if (leases !== true || schema === 'older') {
    return {
      name: 'version',
      detail: `The database was set up by an older Hudson. Ask ${ADMIN} to run "hudson migrate" on it again.`,
    }
  }
  return null
}
