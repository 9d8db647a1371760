import type { AutoUpdater, CrashReporter, FeedURLOptions } from 'electron'
import { app } from './app.ts'
import { strict, strictEmitter } from './not-built.ts'
import { windows } from './state.ts'

type Built = Pick<AutoUpdater, 'setFeedURL' | 'getFeedURL' | 'checkForUpdates' | 'quitAndInstall'>

/** Electron's own updater. Nothing is fetched: what an update server would say is emitted by the test. */
class StandInUpdater extends strictEmitter('autoUpdater') implements Built {
  checks = 0
  installed = false
  #feed = ''

  setFeedURL({ url }: FeedURLOptions): void {
    this.#feed = url
  }

  getFeedURL(): string {
    return this.#feed
  }

  checkForUpdates(): void {
    if (this.#feed === '') throw new Error('Update URL is not set')
    this.checks += 1
    this.emit('checking-for-update')
  }

  /**
   * Windows close first, and only then comes the app's `before-quit`: the opposite order of a usual quit
   * (docs/api/auto-updater.md#autoupdaterquitandinstall).
   */
  quitAndInstall(): void {
    this.emit('before-quit-for-update')
    for (const window of windows.toReversed()) window.close()
    this.installed = true
    app.quit()
  }
}

export const autoUpdater = new StandInUpdater()

/** Inert: no dump is written, none is sent. */
export const crashReporter: Pick<
  CrashReporter,
  'start' | 'getUploadToServer' | 'setUploadToServer' | 'addExtraParameter' | 'removeExtraParameter' | 'getParameters'
> = createCrashReporter()

function createCrashReporter() {
  const parameters = new Map<string, string>()
  const sends = { now: false }
  return strict('crashReporter', {
    start: ({ submitURL, uploadToServer = true, extra = {} }: Electron.CrashReporterStartOptions): void => {
      if (uploadToServer && submitURL === undefined)
        throw new Error('submitURL must be specified when uploadToServer is true')
      sends.now = uploadToServer
      for (const [key, value] of Object.entries(extra)) parameters.set(key, value)
    },
    getUploadToServer: (): boolean => sends.now,
    setUploadToServer: (upload: boolean): void => void (sends.now = upload),
    addExtraParameter: (key: string, value: string): void => void parameters.set(key, value),
    removeExtraParameter: (key: string): void => void parameters.delete(key),
    getParameters: (): Record<string, string> => Object.fromEntries(parameters),
  })
}
