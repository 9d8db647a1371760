import type { App } from 'electron'

/** The desktop app, as far as updates need it; `args` is what it was started with. */
export function describeApp(app: App, args: readonly string[]) {
  return {
    // Not what was asked for once.
    args: args.filter((one) => one !== '--demo' && !one.startsWith('hudson:')),
    isPackaged: app.isPackaged,
    version: app.getVersion(),
    quit: () => app.quit(),
    relaunch: () => app.relaunch(),
    whenReady: () => app.whenReady(),
  }
}
