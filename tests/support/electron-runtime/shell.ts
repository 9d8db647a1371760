import type { Shell } from 'electron'
import { strict } from './not-built.ts'

/** What left the app. */
export const shown: {
  readonly external: string[]
  readonly paths: string[]
  readonly folders: string[]
  beeps: number
} = {
  external: [],
  paths: [],
  folders: [],
  beeps: 0,
}

/** What the system would open is kept for the test to look at. */
export const shell: Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'> = strict('shell', {
  openExternal: async (url: string): Promise<void> => {
    // docs/api/shell.md: the address must be one; the system finds no program for anything else.
    if (!URL.canParse(url)) throw new Error(`Failed to open: ${url}`)
    shown.external.push(url)
  },
  openPath: async (path: string): Promise<string> => {
    shown.paths.push(path)
    return ''
  },
  showItemInFolder: (path: string): void => void shown.folders.push(path),
  beep: (): void => void (shown.beeps += 1),
})
