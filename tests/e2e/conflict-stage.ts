import { vi } from 'vitest'
import { createDatabase, dropDatabase } from '../support/postgres.ts'
import { openProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { testServer } from '../support/test-database.ts'
import { hudson, serve, tempDir } from '../system/hudson.ts'
import type { Server } from '../system/hudson.ts'
import { signInTo } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

/** One desktop of the team: a server behind a network of its own, and a browser. */
export interface Seat extends SignedIn {
  readonly network: TcpProxy
}

/** Two desktops on one Postgres. */
export interface ConflictStage extends AsyncDisposable {
  readonly anna: Seat
  readonly ben: Seat
  /** Does something while both are cut off, and connects them again, Anna first. */
  apart(work: () => Promise<void>): Promise<void>
  /** Both have everything. */
  settle(): Promise<void>
}

/** To be asked for by a test: where there can be no Postgres, that test is skipped. */
export async function openConflictStage(): Promise<ConflictStage> {
  const admin = await testServer()
  const stack = new AsyncDisposableStack()
  const url = await createDatabase(admin)
  stack.defer(() => dropDatabase(url))
  const { code, err } = await hudson(['migrate', '--database-url', url])
  if (code !== 0) throw new Error(err)
  const seat = async (name: string): Promise<Seat> => {
    const own = stack.use(new AsyncDisposableStack())
    const { path } = own.use(tempDir())
    const named = await hudson([
      'call',
      'settings.update',
      `{"patch":{"team":{"deviceName":"${name}"}}}`,
      '--data-dir',
      path,
    ])
    if (named.code !== 0) throw new Error(named.err)
    const { hostname, port } = new URL(url)
    const network = own.use(await openProxy({ host: hostname, port: Number(port) }))
    const signedIn = await signInTo(own.use(await serveOn(network.url(url), path)), own)
    return { ...signedIn, network }
  }
  const anna = await seat('Anna')
  const ben = await seat('Ben')
  const settle = async (): Promise<void> => {
    for (const one of [anna, ben, anna]) await one.call('sync.now')
  }
  await settle()
  return {
    anna,
    ben,
    settle,
    apart: async (work) => {
      for (const { network } of [anna, ben]) network.cut()
      await work()
      // One is back before the other: whose edit waits for a decision is no matter of luck.
      for (const { network, call } of [anna, ben]) {
        network.pass()
        await call('sync.now')
      }
      await settle()
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function serveOn(databaseUrl: string, dataDir: string): Promise<Server> {
  // Read when the process is made, which is before the first wait.
  vi.stubEnv('HUDSON_DATABASE_URL', databaseUrl)
  try {
    return await serve(dataDir)
  } finally {
    vi.unstubAllEnvs()
  }
}
