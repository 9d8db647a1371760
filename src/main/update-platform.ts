import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { UpdatePlatform } from './updates/engine.ts'
import { PackageKind } from './updates/package-kind.ts'
import { UpdaterEngine } from './updates/updater-engine.ts'

/** The desktop app, as far as updates need it. */
export interface RunningDesktop {
  readonly isPackaged: boolean
  /** What the next version is started with, such as the data folder. */
  readonly args: readonly string[]
  readonly version: string
  readonly userData: string
  /** What electron-builder put beside the program. */
  readonly resources: string
  readonly quit: () => void
  readonly relaunch: () => void
  readonly whenReady: () => Promise<void>
  /** Lets go of what keeps a second Hudson from starting. */
  readonly release: () => void
}

interface PlatformDeps {
  readonly config: Pick<Config, 'appImage' | 'dataDir'>
  readonly log: Log
  readonly desktop: RunningDesktop
}

/** How this copy was installed; null where it was not, and there is nothing to update. */
export function updatePlatform({ config, log, desktop }: PlatformDeps): UpdatePlatform | null {
  const kind = packageKind(config, desktop)
  if (kind === null) return null
  const { version, userData, resources, quit, relaunch, whenReady, isPackaged } = desktop
  const appImage = config.appImage ?? null
  const engine = new UpdaterEngine({
    kind,
    fetch,
    log,
    appImage,
    start: (path) => {
      desktop.release()
      spawn(path, [...desktop.args], { detached: true, stdio: 'ignore' }).unref()
    },
    app: {
      version,
      name: 'Hudson',
      isPackaged: isPackaged || appImage !== null,
      appUpdateConfigPath: join(resources, 'app-update.yml'),
      userDataPath: userData,
      baseCachePath: join(config.dataDir, 'updates', 'downloads'),
      whenReady,
      relaunch,
      quit,
      onQuit: () => {},
    },
  })
  return { kind, platform: process.platform, arch: process.arch, engine, runningPackage: appImage, quit }
}

/** electron-builder writes down which package of Linux it made. */
function packageKind(
  { appImage }: Pick<Config, 'appImage'>,
  { isPackaged, resources }: RunningDesktop,
): PackageKind | null {
  if (appImage !== undefined) return 'AppImage'
  if (!isPackaged) return null
  if (process.platform === 'win32') return 'nsis'
  if (process.platform === 'darwin') return 'zip'
  const note = join(resources, 'package-type')
  return existsSync(note) ? (PackageKind.safeParse(readFileSync(note, 'utf8').trim()).data ?? null) : null
}
