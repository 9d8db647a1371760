import type { KnownScreen } from './screen-identity.ts'
import type { Windows } from './windows.ts'

const SHOWN_MS = 3_000
const SIZE = { width: 360, height: 240 }

/** Shows each screen's number in its middle for three seconds, above everything, without taking the keyboard. */
export function identifyScreens(windows: Windows, screens: readonly KnownScreen[]): void {
  for (const { number, name, display } of screens) {
    const { x, y, width, height } = display.bounds
    const window = windows.create({
      kind: 'host',
      covers: true,
      path: `/identify/${number}?name=${encodeURIComponent(name)}`,
      options: {
        ...SIZE,
        x: Math.round(x + (width - SIZE.width) / 2),
        y: Math.round(y + (height - SIZE.height) / 2),
        frame: false,
        focusable: false,
        resizable: false,
        skipTaskbar: true,
        fullscreenable: false,
        title: `Screen ${number}`,
      },
    })
    window.setAlwaysOnTop(true, 'screen-saver')
    setTimeout(() => window.isDestroyed() || window.destroy(), SHOWN_MS)
  }
}
