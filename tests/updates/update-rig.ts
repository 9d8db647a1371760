import { createHash, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import type { UpdatesState } from '#shared/updates.ts'
import { publicKeyFrom, seal } from '../../src/main/updates/envelope.ts'
import type { Manifest } from '../../src/main/updates/manifest.ts'
import { UpdateRecord } from '../../src/main/updates/update-record.ts'
import { Updates } from '../../src/main/updates/updates.ts'
import { UpdaterEngine } from '../../src/main/updates/updater-engine.ts'
import { silentLog } from '../../src/main/log.ts'
import { testCore } from '../support/core.ts'
import { startReleaseServer } from './release-server.ts'

/** A pair of keys, as PEM. */
export function keyPair(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

export const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64')

/** The keys that the copies of these tests trust, and one that they do not. */
export const keys = { current: keyPair(), spare: keyPair(), foreign: keyPair() }

const DAY_MS = 24 * 3600 * 1000

export interface Published {
  readonly manifest?: Partial<Manifest>
  readonly signedBy?: readonly string[]
  readonly artifact?: Buffer
}

interface RigOptions {
  readonly version?: string
  /** The data folder of a copy that ran before; that one removes it. */
  readonly dir?: string
  readonly backUp?: () => Promise<string>
}

interface Adapted {
  readonly dir: string
  readonly resources: string
  readonly version: string
  readonly relaunch?: () => void
}

/** The app, as electron-updater sees it. `app-update.yml` is written where electron-builder would have left it. */
export function adapter({ dir, resources, version, relaunch = () => {} }: Adapted): AppAdapter {
  mkdirSync(resources, { recursive: true })
  const appUpdateConfigPath = join(resources, 'app-update.yml')
  writeFileSync(
    appUpdateConfigPath,
    'provider: generic\nurl: https://nowhere.invalid\nupdaterCacheDirName: hudson-updater\n',
  )
  return {
    version,
    name: 'Hudson',
    isPackaged: true,
    appUpdateConfigPath,
    userDataPath: join(dir, 'electron'),
    baseCachePath: join(dir, 'cache'),
    whenReady: async () => {},
    relaunch,
    quit: () => {},
    onQuit: () => {},
  }
}

/** A copy of Hudson 1.1.0 that runs from an AppImage, a server with releases, and electron-updater between them. */
export async function updateRig(options: RigOptions = {}) {
  const { version = '1.1.0' } = options
  const stack = new AsyncDisposableStack()
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'hudson-updates-'))
  if (options.dir === undefined) stack.defer(() => rmSync(dir, { recursive: true, force: true }))
  const server = stack.use(await startReleaseServer())
  const core = testCore()
  stack.use(core.db)
  const appImage = join(dir, 'Hudson.AppImage')
  if (!existsSync(appImage)) writeFileSync(appImage, `this is version ${version}`)
  const started: string[] = []
  const quits: number[] = []
  const ports = { fetch: globalThis.fetch }
  const resources = join(dir, 'resources')
  const engine = new UpdaterEngine({
    kind: 'AppImage',
    fetch: (url, init) => ports.fetch(url, init),
    log: silentLog,
    appImage,
    start: (path) => started.push(path),
    app: adapter({ dir, resources, version }),
  })
  const record = new UpdateRecord(join(dir, 'updates', 'state.json'))
  const platform = {
    kind: 'AppImage' as const,
    platform: 'linux' as const,
    arch: 'x64',
    engine,
    runningPackage: appImage,
    quit: () => void quits.push(1),
  }
  const updates = new Updates({
    db: core.db,
    events: core.events,
    clock: core.clock,
    log: silentLog,
    random: () => 0.5,
    fetch: (url, init) => ports.fetch(url, init),
    record,
    platform,
    version,
    dbSchema: 5,
    feedUrl: server.url,
    files: { dataDir: dir, dbPath: join(dir, 'hudson.db'), journalPath: join(dir, 'hudson.journal') },
    trusted: [keys.current, keys.spare].map(({ publicKey }) => publicKeyFrom(publicKey)),
    backUp:
      options.backUp ??
      (async () => {
        const path = join(dir, `backup-${version}.db`)
        writeFileSync(path, 'a backup')
        return path
      }),
  })
  stack.use(updates)
  const now = (): number => Date.parse(core.clock.now())

  /** Publishes a release of 1.2.0 for this copy, but for what is told otherwise. */
  const publish = ({
    manifest = {},
    signedBy = [keys.current.privateKey],
    artifact = Buffer.from('this is version 1.2.0'),
  }: Published = {}): Buffer => {
    const name = `Hudson-${manifest.version ?? '1.2.0'}.AppImage`
    const whole: Manifest = {
      schema: 1,
      product: 'hudson-desktop',
      channel: 'stable',
      platform: 'linux',
      arch: 'x64',
      version: '1.2.0',
      sequence: 10,
      issuedAt: new Date(now() - DAY_MS).toISOString(),
      expiresAt: new Date(now() + 30 * DAY_MS).toISOString(),
      minFromVersion: '1.0.0',
      dbSchema: 5,
      files: [{ name, kind: 'AppImage', size: artifact.length, sha512: sha512(artifact) }],
      rollout: { seed: 'a', percent: 100 },
      rollbackAllowed: ['1.1.0'],
      notes: '- New',
      ...manifest,
    }
    const bytes = seal(whole, signedBy)
    const channel = whole.channel
    server.files.set(`/${channel}/linux-x64.release`, bytes)
    server.files.set(`/${channel}/${name}`, artifact)
    return bytes
  }
  const state = (): UpdatesState => updates.handlers['updates.state']({}) as UpdatesState
  return {
    ...core,
    stack,
    dir,
    server,
    ports,
    record,
    updates,
    appImage,
    started,
    quits,
    publish,
    state,
    /** What is in the place of the program now. */
    installed: (): string => readFileSync(appImage, 'utf8'),
    check: async (down = false) => await updates.handlers['updates.check']({ down }),
    install: async (when: 'now' | 'quit' = 'now') => await updates.handlers['updates.install']({ when }),
    setChannel: async (channel: 'stable' | 'beta') => await updates.handlers['updates.setChannel']({ channel }),
    rollback: async () => await updates.handlers['updates.rollback']({}),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type UpdateRig = Awaited<ReturnType<typeof updateRig>>

/** Checks and installs; answers what came of it. */
export async function attempt(
  rig: UpdateRig,
): Promise<{ refused: string | null; installed: string; artifactBytes: number }> {
  const refused = await (async () => {
    const found = await rig.check()
    if (!found.available) return found.reason ?? 'nothing is offered'
    await rig.install('now')
    return (await rig.updates.exit()) === 'installed' ? null : (rig.state().reason ?? 'not installed')
  })().catch((error: unknown) => (error as Error).message)
  return { refused, installed: rig.installed(), artifactBytes: rig.server.artifactBytes() }
}
