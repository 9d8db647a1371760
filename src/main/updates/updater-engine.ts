import type { AppUpdater, UpdateInfo } from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import type { ResolvedUpdateFileInfo } from 'electron-updater/out/types.js'
import type { Log } from '../log.ts'
import { copyFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { EngineDownload, LocalPackage, Release, UpdateEngine } from './engine.ts'
import type { PackageKind } from './package-kind.ts'
import { isUnchanged, replaceFile } from './package-file.ts'
import { downloadFile } from './safe-fetch.ts'
import type { Fetch } from './safe-fetch.ts'

export interface UpdaterEngineDeps {
  readonly kind: PackageKind
  readonly fetch: Fetch
  readonly log: Log
  /** The app, as electron-updater sees it. */
  readonly app: AppAdapter
  /** For an AppImage: the file that runs, which is replaced. */
  readonly appImage: string | null
  /** Starts the AppImage at that path, without waiting for it. */
  readonly start: (path: string) => void
}

/** The one release that electron-updater knows of, and where its bytes come from. */
interface Handed {
  readonly version: string
  readonly issuedAt: string
  readonly url: string
  readonly file: { readonly name: string; readonly size: number; readonly sha512: string }
  readonly isDown: boolean
  readonly fetch: (destination: string) => Promise<void>
}

/** What of electron-updater's own parts is replaced here: they are protected, and have no other way in. */
interface Inner {
  httpExecutor: { download(url: URL, destination: string, options: unknown): Promise<string> }
  getOrCreateDownloadHelper(): Promise<{ clear(): Promise<void> }>
  install?(isSilent: boolean, isForceRunAfter: boolean): boolean
  quitAndInstall(): void
}

/**
 * electron-updater, told what to fetch by our own manifest and kept from everything else.
 *
 * 1. It finds nothing by itself: its provider hands over the one release that was checked, and refuses without one.
 * 2. Every byte that it fetches comes through `downloadFile`: its own executor follows redirects without end and to anywhere.
 *    So there are no differential downloads.
 * 3. It downloads and installs only when told: `autoDownload` and `autoInstallOnAppQuit` are off.
 * 4. What it installs it is given right before, from the package that was measured then: the file that it downloaded lay in its
 *    own folder meanwhile, and it does not look at that again.
 * 5. `allowDowngrade` is off but for the one release that was asked for; assigning a channel would switch it on.
 * 6. An AppImage is replaced by a copy beside it and a rename; electron-updater removes the old one first.
 */
export class UpdaterEngine implements UpdateEngine {
  readonly #deps: UpdaterEngineDeps
  #updater: Promise<AppUpdater> | null = null
  #handed: Handed | null = null

  constructor(deps: UpdaterEngineDeps) {
    this.#deps = deps
  }

  async download({ manifest, file, url, isDown }: Release, options: EngineDownload): Promise<string> {
    const { version, issuedAt } = manifest
    const { fetch } = this.#deps
    const { size, sha512 } = file
    return await this.#take({
      version,
      issuedAt,
      url,
      file,
      isDown,
      fetch: (destination) => downloadFile(url, destination, { size, sha512, fetch, ...options }),
    })
  }

  async install(found: LocalPackage, { restart }: { readonly restart: boolean }): Promise<void> {
    const { kind, appImage, start } = this.#deps
    if (kind === 'AppImage') {
      if (appImage === null) throw new Error('No AppImage runs')
      await replaceFile(found.path, appImage)
      if (restart) start(appImage)
      return
    }
    const { version, path, size, sha512 } = found
    const name = basename(path)
    const taken = await this.#take({
      version,
      issuedAt: new Date().toISOString(),
      url: `file:///${name}`,
      file: { name, size, sha512 },
      isDown: true,
      fetch: (destination) => copyFile(path, destination),
    })
    if (!(await isUnchanged({ path: taken, size, sha512 }))) throw new Error('The package was changed on its way')
    const updater = (await this.#open()) as unknown as Inner
    // macOS has no `install`: Squirrel takes what was handed over, and starts it again.
    if (!updater.install) return updater.quitAndInstall()
    if (!updater.install(true, restart)) throw new Error('The installer did not start')
  }

  /** Has electron-updater take one release; answers where it has put the file. */
  async #take(handed: Handed): Promise<string> {
    const updater = await this.#open()
    this.#handed = handed
    try {
      // What it has from before it would give out again, without looking at it.
      await (await (updater as unknown as Inner).getOrCreateDownloadHelper()).clear()
      updater.allowDowngrade = handed.isDown
      const found = await updater.checkForUpdates()
      if (!found?.isUpdateAvailable) throw new Error('electron-updater did not take the release')
      const [path] = await updater.downloadUpdate()
      if (path === undefined) throw new Error('electron-updater gave no file')
      return path
    } finally {
      updater.allowDowngrade = false
      this.#handed = null
    }
  }

  #open(): Promise<AppUpdater> {
    this.#updater ??= this.#create()
    return this.#updater
  }

  /** Loaded only now: nothing of it is needed before the first download. */
  async #create(): Promise<AppUpdater> {
    const { kind, app, log } = this.#deps
    const library = (await import('electron-updater')).default
    const classes = {
      AppImage: imageUpdater(library.BaseUpdater),
      deb: library.DebUpdater,
      rpm: library.RpmUpdater,
      nsis: library.NsisUpdater,
      zip: library.MacUpdater,
    }
    const updater: AppUpdater = new classes[kind](undefined, app)
    updater.autoDownload = false
    updater.autoInstallOnAppQuit = false
    updater.disableWebInstaller = true
    updater.disableDifferentialDownload = true
    updater.logger = {
      info: (text) => log.debug('updater', { text }),
      warn: (text) => log.warn('updater', { text }),
      error: (text) => log.warn('updater', { text }),
    }
    // Decided before, by the manifest's own rules.
    updater.isUserWithinRollout = () => true
    updater.setFeedURL({ provider: 'custom', updateProvider: this.#providerClass(library.Provider) } as never)
    // A listener, or an error ends the process; who asked is told by the rejection.
    updater.on('error', () => {})
    ;(updater as unknown as Inner).httpExecutor = { download: (_url, destination) => this.#fetch(destination) }
    return updater
  }

  #providerClass(Base: typeof import('electron-updater').Provider) {
    const current = () => {
      if (!this.#handed) throw new Error('No release was handed over')
      return this.#handed
    }
    return class HudsonProvider extends Base<UpdateInfo> {
      constructor(_options: unknown, _updater: unknown, runtime: never) {
        super(runtime)
      }

      async getLatestVersion(): Promise<UpdateInfo> {
        const { version, issuedAt, file } = current()
        const { name: url, size, sha512 } = file
        return {
          version,
          files: [{ url, size, sha512 }],
          path: url,
          sha512,
          releaseDate: issuedAt,
        }
      }

      resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
        return info.files.map((one) => ({ url: new URL(current().url), info: one }))
      }
    }
  }

  async #fetch(destination: string): Promise<string> {
    if (!this.#handed) throw new Error('No release was handed over')
    await this.#handed.fetch(destination)
    return this.#handed.file.sha512
  }
}

/** Downloads like the others; its own class wants to be run from an AppImage even for that. */
function imageUpdater(Base: typeof import('electron-updater').BaseUpdater) {
  return class ImageUpdater extends Base {
    protected doDownloadUpdate(options: DownloadOptions) {
      const { info, provider } = options.updateInfoAndProvider
      const [fileInfo] = provider.resolveFiles(info)
      if (!fileInfo) throw new Error('The release has no file')
      const { httpExecutor } = this as unknown as Inner
      return this.executeDownload({
        fileExtension: 'AppImage',
        fileInfo,
        downloadUpdateOptions: options,
        task: async (file) => void (await httpExecutor.download(fileInfo.url, file, {})),
      })
    }

    protected doInstall(): boolean {
      throw new Error('An AppImage is replaced by `install` above')
    }
  }
}

type DownloadOptions = Parameters<
  InstanceType<typeof import('electron-updater').AppImageUpdater>['doDownloadUpdate']
>[0]
