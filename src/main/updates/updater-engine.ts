import type { AppUpdater, UpdateInfo } from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import type { ResolvedUpdateFileInfo } from 'electron-updater/out/types.js'
import type { Log } from '../log.ts'
import type { EngineDownload, Release, UpdateEngine } from './engine.ts'
import type { PackageKind } from './manifest.ts'
import { replaceFile } from './package-file.ts'
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

/** What of electron-updater's own parts is replaced here: they are protected, and have no other way in. */
interface Inner {
  httpExecutor: { download(url: URL, destination: string, options: unknown): Promise<string> }
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
 * 4. `allowDowngrade` is off but for the one release that was asked for; assigning a channel would switch it on.
 * 5. An AppImage is replaced by a copy beside it and a rename; electron-updater removes the old one first.
 */
export class UpdaterEngine implements UpdateEngine {
  readonly #deps: UpdaterEngineDeps
  #updater: Promise<AppUpdater> | null = null
  #now: { readonly release: Release; readonly options: EngineDownload } | null = null

  constructor(deps: UpdaterEngineDeps) {
    this.#deps = deps
  }

  async download(release: Release, options: EngineDownload): Promise<string> {
    const updater = await this.#open()
    this.#now = { release, options }
    try {
      updater.allowDowngrade = release.isDown
      const found = await updater.checkForUpdates()
      if (!found?.isUpdateAvailable) throw new Error('electron-updater did not take the release')
      const [path] = await updater.downloadUpdate()
      if (path === undefined) throw new Error('electron-updater gave no file')
      return path
    } finally {
      updater.allowDowngrade = false
      this.#now = null
    }
  }

  async install(path: string, { restart }: { readonly restart: boolean }): Promise<void> {
    const { kind, appImage, start } = this.#deps
    if (kind === 'AppImage') {
      if (appImage === null) throw new Error('No AppImage runs')
      await replaceFile(path, appImage)
      if (restart) start(appImage)
      return
    }
    const updater = (await this.#open()) as unknown as Inner
    // macOS has no `install`: Squirrel takes what was downloaded, and starts it again.
    if (!updater.install) return updater.quitAndInstall()
    if (!updater.install(true, restart)) throw new Error('The installer did not start')
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
      if (!this.#now) throw new Error('No release was handed over')
      return this.#now.release
    }
    return class HudsonProvider extends Base<UpdateInfo> {
      constructor(_options: unknown, _updater: unknown, runtime: never) {
        super(runtime)
      }

      async getLatestVersion(): Promise<UpdateInfo> {
        const { manifest, file } = current()
        const { name: url, size, sha512 } = file
        return {
          version: manifest.version,
          files: [{ url, size, sha512 }],
          path: url,
          sha512,
          releaseDate: manifest.issuedAt,
        }
      }

      resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
        return info.files.map((one) => ({ url: new URL(current().url), info: one }))
      }
    }
  }

  async #fetch(destination: string): Promise<string> {
    if (!this.#now) throw new Error('No release was handed over')
    const { release, options } = this.#now
    const { size, sha512 } = release.file
    await downloadFile(release.url, destination, { size, sha512, fetch: this.#deps.fetch, ...options })
    return sha512
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
