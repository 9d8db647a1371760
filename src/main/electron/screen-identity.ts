import type { Display } from 'electron'

/** A connected screen, and the name under which it is known again. */
export interface KnownScreen {
  readonly id: string
  /** From 1, in the order in which the screens stand: left to right, then top to bottom. */
  readonly number: number
  readonly name: string
  readonly primary: boolean
  readonly display: Display
}

/**
 * Names the screens by what they are. Electron's own id is a number that some systems give anew at each start or each time a
 * cable is put in; the model, its size and, for twins, their order stay.
 */
export function knownScreens(displays: readonly Display[], primaryId: number): KnownScreen[] {
  const ordered = displays.toSorted((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y)
  const seen = new Map<string, number>()
  return ordered.map((display, index) => {
    const { size, internal, id } = display
    const name = display.label.trim() || (internal ? 'Built-in screen' : `Screen ${index + 1}`)
    const model = `${name} ${size.width}x${size.height}`
    const twin = (seen.get(model) ?? 0) + 1
    seen.set(model, twin)
    return {
      id: twin === 1 ? model : `${model} no. ${twin}`,
      number: index + 1,
      name,
      primary: id === primaryId,
      display,
    }
  })
}
