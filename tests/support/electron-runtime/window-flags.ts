import type { BrowserWindowConstructorOptions } from 'electron'
import { WindowPlace } from './window-place.ts'

/** What a window lets the user do with it: switches that the app sets and a test reads. */
export class WindowFlags extends WindowPlace {
  readonly #flags: Record<string, boolean>

  constructor(options: BrowserWindowConstructorOptions) {
    super(options)
    const { closable = true, resizable = true, movable = true, minimizable = true, maximizable = true } = options
    const { fullscreenable = true, skipTaskbar = false } = options
    this.#flags = { closable, resizable, movable, minimizable, maximizable, fullscreenable, skipTaskbar }
  }

  flashFrame(flag: boolean): void {
    this.#set('flashing', flag)
  }

  setIgnoreMouseEvents(ignore: boolean): void {
    this.#set('ignoresMouse', ignore)
  }

  setAutoHideCursor(hide: boolean): void {
    this.#set('hidesCursor', hide)
  }

  setSkipTaskbar(skip: boolean): void {
    this.#set('skipTaskbar', skip)
  }

  setVisibleOnAllWorkspaces(visible: boolean): void {
    this.#set('everywhere', visible)
  }

  isVisibleOnAllWorkspaces(): boolean {
    return this.#is('everywhere')
  }

  setClosable(closable: boolean): void {
    this.#set('closable', closable)
  }

  isClosable(): boolean {
    return this.#is('closable')
  }

  setResizable(resizable: boolean): void {
    this.#set('resizable', resizable)
  }

  isResizable(): boolean {
    return this.#is('resizable')
  }

  setMovable(movable: boolean): void {
    this.#set('movable', movable)
  }

  isMovable(): boolean {
    return this.#is('movable')
  }

  setMinimizable(minimizable: boolean): void {
    this.#set('minimizable', minimizable)
  }

  isMinimizable(): boolean {
    return this.#is('minimizable')
  }

  setMaximizable(maximizable: boolean): void {
    this.#set('maximizable', maximizable)
  }

  isMaximizable(): boolean {
    return this.#is('maximizable')
  }

  setFullScreenable(fullscreenable: boolean): void {
    this.#set('fullscreenable', fullscreenable)
  }

  isFullScreenable(): boolean {
    return this.#is('fullscreenable')
  }

  setEnabled(enable: boolean): void {
    this.#set('disabled', !enable)
  }

  isEnabled(): boolean {
    return !this.#is('disabled')
  }

  #set(name: string, value: boolean): void {
    this.alive()
    this.#flags[name] = value
  }

  #is(name: string): boolean {
    this.alive()
    return this.#flags[name] ?? false
  }
}
