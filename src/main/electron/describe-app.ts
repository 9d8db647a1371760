import type { App } from 'electron'

/** The desktop app, as far as updates need it. */
export function describeApp(app: App) {
  return {
    isPackaged: app.isPackaged,
    version: app.getVersion(),
    quit: () => app.quit(),
    relaunch: () => app.relaunch(),
    whenReady: () => app.whenReady(),
  }
}
