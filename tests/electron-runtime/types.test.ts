import { expectTypeOf, it } from 'vitest'

// Everything that Electron gives to a main process has a place in the stand-in; what is not built there throws by its name.
// A new version of Electron that brings another module does not compile here.

type Electrons = keyof typeof import('electron/main')
type StandIns = keyof typeof import('../support/electron-runtime/electron.ts')

/** Classes that Electron's types name, and that no module of the main process exports as a value. */
type OnlyNamed = 'ClipboardItem' | 'ImageView' | 'IpcMainServiceWorker' | 'WebSocket'

it('has a place for every module of the main process', () => {
  expectTypeOf<Exclude<Electrons, StandIns | OnlyNamed>>().toBeNever()
})

it('has nothing that Electron does not have', () => {
  expectTypeOf<Exclude<StandIns, Electrons | 'crashReporter' | 'nativeImage' | 'shell'>>().toBeNever()
})
