import type { Rectangle, Tray as ElectronTray } from 'electron'
import type { Menu } from './menu.ts'
import { asImage } from './native-image.ts'
import type { StandInImage } from './native-image.ts'
import { strictEmitter } from './not-built.ts'
import { onlyWhenReady } from './state.ts'

/** The icons beside the clock. */
export const trays: Tray[] = []

type Built = Pick<
  ElectronTray,
  'setToolTip' | 'setTitle' | 'getTitle' | 'setIgnoreDoubleClickEvents' | 'getBounds' | 'destroy' | 'isDestroyed'
>

/** An icon beside the clock (docs/api/tray.md). A file that is no image fails, as in Electron. */
export class Tray extends strictEmitter('Tray') implements Built {
  image: StandInImage
  toolTip = ''
  menu: Menu | null = null
  popped: Menu | null = null
  #title = ''
  #destroyed = false

  constructor(image: StandInImage | string) {
    super()
    onlyWhenReady('Tray')
    this.image = usable(image)
    trays.push(this)
  }

  setImage(image: StandInImage | string): void {
    this.#alive()
    this.image = usable(image)
  }

  setToolTip(text: string): void {
    this.#alive()
    this.toolTip = text
  }

  setTitle(title: string): void {
    this.#alive()
    this.#title = title
  }

  getTitle(): string {
    return this.#title
  }

  setContextMenu(menu: Menu | null): void {
    this.#alive()
    this.menu = menu
  }

  popUpContextMenu(menu?: Menu): void {
    this.#alive()
    this.popped = menu ?? this.menu
  }

  setIgnoreDoubleClickEvents(): void {
    this.#alive()
  }

  getBounds(): Rectangle {
    return { x: 1800, y: 0, width: 24, height: 24 }
  }

  destroy(): void {
    this.#destroyed = true
    const place = trays.indexOf(this)
    if (place >= 0) trays.splice(place, 1)
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError('Tray is destroyed')
  }
}

function usable(image: StandInImage | string): StandInImage {
  const read = asImage(image)
  if (typeof image === 'string' && read.isEmpty()) throw new Error(`Failed to load image from path '${image}'`)
  return read
}
