import type { GlobalShortcut } from 'electron'
import { readAccelerator } from './accelerator.ts'
import { strict } from './not-built.ts'
import { onlyWhenReady } from './state.ts'

/** Shortcuts that work whatever has the focus. */
export const shortcuts = new Map<string, () => void>()

/** One that is taken fails silently, with false (docs/api/global-shortcut.md). */
function register(accelerator: string, callback: () => void): boolean {
  onlyWhenReady('globalShortcut.register')
  const key = readAccelerator(accelerator)
  if (shortcuts.has(key)) return false
  shortcuts.set(key, callback)
  return true
}

export const globalShortcut: Pick<
  GlobalShortcut,
  'register' | 'registerAll' | 'isRegistered' | 'unregister' | 'unregisterAll'
> = strict('globalShortcut', {
  register,
  registerAll: (accelerators: string[], callback: () => void): void => {
    for (const accelerator of accelerators) register(accelerator, callback)
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(readAccelerator(accelerator)),
  unregister: (accelerator: string): void => void shortcuts.delete(readAccelerator(accelerator)),
  unregisterAll: (): void => shortcuts.clear(),
})
