import type { Display, Rectangle } from 'electron'
import { knownScreens } from '../../src/main/electron/screen-identity.ts'
import type { KnownScreen } from '../../src/main/electron/screen-identity.ts'
import { asDisplay } from '../support/electron-runtime/displays.ts'

/** A display with a task bar of 40 at its foot. */
export function display(id: number, bounds: Rectangle, label = `Display ${id}`): Display {
  return asDisplay({ id, bounds, label, workArea: { ...bounds, height: bounds.height - 40 } })
}

export const laptop = display(1, { x: 0, y: 0, width: 1440, height: 900 }, 'Built-in')
export const studio = display(2, { x: 1440, y: 0, width: 2560, height: 1440 }, 'DELL U2720Q')

/** Two screens, the laptop's being the main one. */
export const both = (): KnownScreen[] => knownScreens([laptop, studio], 1)
export const alone = (): KnownScreen[] => knownScreens([laptop], 1)
