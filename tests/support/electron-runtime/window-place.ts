import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { overlap } from './displays.ts'
import { strictEmitter } from './not-built.ts'
import { screen } from './screen.ts'

type Mode = 'normal' | 'maximized' | 'minimized' | 'fullscreen' | 'kiosk' | 'simple-fullscreen'

const focus: { window: WindowPlace | null } = { window: null }

/** The window that has the keyboard. */
export function focusedWindow(): WindowPlace | null {
  return focus.window
}

/**
 * Where a window is and how it is shown (docs/api/browser-window.md).
 *
 * 1. `getNormalBounds` is where it goes back to from full screen, from the maximum and from the task bar.
 * 2. In full screen its bounds are the display's; a smaller size is refused, as the size limits are elsewhere.
 * 3. One window at most has the focus, and a hidden or minimized one has none.
 */
export class WindowPlace extends strictEmitter('BrowserWindow') {
  readonly options: BrowserWindowConstructorOptions
  #normal: Rectangle
  #mode: Mode = 'normal'
  #before: Mode = 'normal'
  #visible: boolean
  #minimum: readonly [number, number]
  #maximum: readonly [number, number]
  protected gone = false
  focused = 0

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    const { width = 800, height = 600, x, y } = options
    const { workArea } = screen.getPrimaryDisplay()
    const centred = { x: workArea.x + (workArea.width - width) / 2, y: workArea.y + (workArea.height - height) / 2 }
    // docs: x is required if y is set, and the other way round.
    if ((x === undefined) !== (y === undefined)) throw new TypeError('A window needs both x and y, or neither')
    this.#normal = { x: x ?? Math.round(centred.x), y: y ?? Math.round(centred.y), width, height }
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0]
    this.#maximum = [options.maxWidth ?? 0, options.maxHeight ?? 0]
    this.#normal = this.#limited(this.#normal)
    this.#visible = options.show ?? true
    if (options.kiosk === true) this.#mode = 'kiosk'
    else if (options.fullscreen === true) this.#mode = 'fullscreen'
    else if (options.simpleFullscreen === true) this.#mode = 'simple-fullscreen'
  }

  getBounds(): Rectangle {
    this.alive()
    const display = screen.getDisplayMatching(this.#normal)
    if (['fullscreen', 'kiosk', 'simple-fullscreen'].includes(this.#mode)) return display.bounds
    return this.#mode === 'maximized' ? display.workArea : { ...this.#normal }
  }

  getNormalBounds(): Rectangle {
    this.alive()
    return { ...this.#normal }
  }

  getContentBounds(): Rectangle {
    return this.getBounds()
  }

  getSize(): number[] {
    const { width, height } = this.getBounds()
    return [width, height]
  }

  getContentSize(): number[] {
    return this.getSize()
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds()
    return [x, y]
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.alive()
    for (const value of Object.values(bounds)) if (!Number.isFinite(value)) throw new TypeError('Invalid bounds')
    this.#place({ ...this.#normal, ...bounds })
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds)
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  center(): void {
    const { workArea } = screen.getDisplayMatching(this.#normal)
    const { width, height } = this.#normal
    this.setPosition(
      Math.round(workArea.x + (workArea.width - width) / 2),
      Math.round(workArea.y + (workArea.height - height) / 2),
    )
  }

  setMinimumSize(width: number, height: number): void {
    this.#minimum = [width, height]
  }

  getMinimumSize(): number[] {
    return [...this.#minimum]
  }

  setMaximumSize(width: number, height: number): void {
    this.#maximum = [width, height]
  }

  getMaximumSize(): number[] {
    return [...this.#maximum]
  }

  show(): void {
    this.showInactive()
    this.focus()
  }

  showInactive(): void {
    this.alive()
    if (this.#visible) return
    this.#visible = true
    this.emit('show')
  }

  hide(): void {
    this.alive()
    if (!this.#visible) return
    this.#visible = false
    this.blur()
    this.emit('hide')
  }

  isVisible(): boolean {
    this.alive()
    return this.#visible && this.#mode !== 'minimized'
  }

  focus(): void {
    this.alive()
    this.focused += 1
    if (!this.isVisible() || focus.window === this) return
    focus.window?.blur()
    focus.window = this
    this.emit('focus')
  }

  blur(): void {
    if (focus.window !== this) return
    focus.window = null
    this.emit('blur')
  }

  isFocused(): boolean {
    this.alive()
    return focus.window === this
  }

  moveTop(): void {
    this.alive()
  }

  minimize(): void {
    this.alive()
    if (this.#mode === 'minimized') return
    this.#before = this.#mode
    this.#mode = 'minimized'
    this.blur()
    this.emit('minimize')
  }

  restore(): void {
    this.alive()
    if (this.#mode === 'maximized') return this.unmaximize()
    if (this.#mode !== 'minimized') return
    this.#mode = this.#before
    this.emit('restore')
  }

  isMinimized(): boolean {
    this.alive()
    return this.#mode === 'minimized'
  }

  maximize(): void {
    this.showInactive()
    this.#change('maximized', 'maximize')
  }

  unmaximize(): void {
    if (this.#mode === 'maximized') this.#change('normal', 'unmaximize')
  }

  isMaximized(): boolean {
    this.alive()
    return this.#mode === 'maximized'
  }

  isNormal(): boolean {
    this.alive()
    return this.#mode === 'normal'
  }

  setFullScreen(flag: boolean): void {
    if (flag && this.options.fullscreenable === false) return
    if (flag) this.#change('fullscreen', 'enter-full-screen')
    else if (this.#mode === 'fullscreen') this.#change('normal', 'leave-full-screen')
  }

  isFullScreen(): boolean {
    this.alive()
    return this.#mode === 'fullscreen' || this.#mode === 'kiosk'
  }

  setKiosk(flag: boolean): void {
    if (flag) this.#change('kiosk', 'enter-full-screen')
    else if (this.#mode === 'kiosk') this.#change('normal', 'leave-full-screen')
  }

  isKiosk(): boolean {
    this.alive()
    return this.#mode === 'kiosk'
  }

  /** Without a space of its own; macOS alone has it. */
  setSimpleFullScreen(flag: boolean): void {
    if (process.platform !== 'darwin') return this.setFullScreen(flag)
    if (flag) this.#change('simple-fullscreen', 'enter-full-screen')
    else if (this.#mode === 'simple-fullscreen') this.#change('normal', 'leave-full-screen')
  }

  isSimpleFullScreen(): boolean {
    this.alive()
    return this.#mode === 'simple-fullscreen'
  }

  isDestroyed(): boolean {
    return this.gone
  }

  /** The user drags it, or its edge: `moved` and `resized` come once, at the end. */
  drag(bounds: Partial<Rectangle>): void {
    this.alive()
    this.#place({ ...this.#normal, ...bounds }, true)
  }

  /** What the system does with a window whose display was unplugged: it goes to the primary one. */
  rescue(): void {
    if (screen.getAllDisplays().some(({ bounds }) => overlap(bounds, this.#normal) > 0)) return
    const { x, y } = screen.getPrimaryDisplay().workArea
    this.#place({ ...this.#normal, x, y }, true)
  }

  protected alive(): void {
    if (this.gone) throw new TypeError('Object has been destroyed')
  }

  #change(mode: Mode, event: string): void {
    this.alive()
    if (this.#mode === mode) return
    this.#mode = mode
    this.emit(event)
    this.emit('resize')
  }

  #place(bounds: Rectangle, byUser = false): void {
    const before = this.#normal
    const after = this.#limited(bounds)
    this.#normal = after
    const moved = before.x !== after.x || before.y !== after.y
    const resized = before.width !== after.width || before.height !== after.height
    if (moved) this.emit('move')
    if (resized) this.emit('resize')
    if (byUser && moved) this.emit('moved')
    if (byUser && resized) this.emit('resized')
  }

  #limited({ x, y, width, height }: Rectangle): Rectangle {
    const within = (value: number, place: 0 | 1): number =>
      Math.max(this.#minimum[place], Math.min(value, this.#maximum[place] || Infinity))
    return {
      x: Math.round(x),
      y: Math.round(y),
      width: within(Math.round(width), 0),
      height: within(Math.round(height), 1),
    }
  }
}
