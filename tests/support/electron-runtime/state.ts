import type { BrowserWindow } from './browser-window.ts'

/** The windows that are open, in the order in which they were opened. */
export const windows: BrowserWindow[] = []

/** How far the app is: some calls are too late, or too early, as in Electron. */
export const phase = { ready: false, quitting: false, ended: false }

/** Throws where Electron would. */
export function onlyBeforeReady(what: string): void {
  if (phase.ready) throw new Error(`${what} must be called before the app is ready`)
}

/** Throws where Electron would. */
export function onlyWhenReady(what: string): void {
  if (!phase.ready) throw new Error(`${what} cannot be used before the app is ready`)
}
