import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DisplayFacts } from './displays.ts'

/** How Chromium keeps its key: the backends of Linux by Electron's names, and the two other systems' own. */
export type StorageBackend = 'keychain' | 'dpapi' | 'gnome_libsecret' | 'kwallet6' | 'basic_text'

/** The computer that the app finds when it starts. What changes later is done by orders (control.ts). */
export interface Setup {
  readonly isPackaged: boolean
  readonly version: string
  readonly locale: string
  readonly displays: readonly DisplayFacts[]
  readonly storageBackend: StorageBackend
  /** The file that plays the user's keyring. It outlives the app, and a lost one loses what was encrypted. */
  readonly keyring: string
  readonly dark: boolean
  readonly notifications: boolean
  /** What the operating system says its folders are: `home`, `appData`, `documents` … */
  readonly paths: Readonly<Record<string, string>>
  /** What the program has beside it: `process.resourcesPath`. */
  readonly resources: string
}

const usual: Setup = {
  isPackaged: false,
  version: '0.0.0-stand-in',
  locale: 'en-US',
  displays: [{ id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }],
  storageBackend: 'gnome_libsecret',
  keyring: join(tmpdir(), `hudson-keyring-${process.pid}`),
  dark: true,
  notifications: true,
  paths: {},
  resources: tmpdir(),
}

/** The name under which a test hands its setup to the process. */
export const setupVariable = 'HUDSON_STAND_IN_SETUP'

export const setup: Setup = {
  ...usual,
  ...(JSON.parse(process.env[setupVariable] ?? '{}') as Partial<Setup>),
}
