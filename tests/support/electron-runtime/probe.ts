import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runApp } from './run-app.ts'
import type { RunningApp, RunOptions } from './run-app.ts'

declare const log: (...words: readonly unknown[]) => void

/** An empty app on the stand-in, which a test fills with `inMain`. */
export interface Probe extends AsyncDisposable {
  readonly app: RunningApp
  /** Opens a window at `app://host/one` with that preload. */
  open(preload: string, preferences?: object): Promise<void>
  /** What `log` in the main process was called with so far. */
  log(): Promise<readonly unknown[]>
}

/**
 * Starts the empty app. Its pages are `app://host/NAME`: each shows a title, runs no script of its own, and has the policy
 * that Hudson's pages have.
 */
export async function startProbe(options: RunOptions = {}): Promise<Probe> {
  const folder = mkdtempSync(join(tmpdir(), 'hudson-probe-'))
  const app = runApp(folder, { main: join(import.meta.dirname, 'blank-app.ts'), ...options })
  await app.inMain(async ({ app: electronApp }) => electronApp.whenReady())
  return {
    app,
    open: async (preload, preferences = {}) => {
      const path = join(folder, `preload-${randomUUID()}.cjs`)
      writeFileSync(path, preload)
      await app.inMain(
        async ({ BrowserWindow }, webPreferences) => {
          const window = new BrowserWindow({ webPreferences })
          window.webContents.on('preload-error', (_event, file, error) => log('preload-error', file, error.message))
          await window.loadURL('app://host/one')
        },
        { preload: path, ...preferences },
      )
    },
    log: () => app.inMain(() => (globalThis as unknown as { logged: unknown[] }).logged),
    [Symbol.asyncDispose]: async () => {
      app.kill()
      await app.ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
