import type { Display, Point, Rectangle, Screen } from 'electron'
import { must } from '#shared/must.ts'
import { asDisplay, distance, overlap } from './displays.ts'
import type { DisplayFacts } from './displays.ts'
import { StandInEvent } from './event.ts'
import { strictEmitter } from './not-built.ts'
import { setup } from './setup.ts'
import { onlyWhenReady } from './state.ts'

type Built = Pick<
  Screen,
  'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
>

/**
 * Electron's `screen`, with displays that a test plugs in and out.
 *
 * 1. The first display is the primary one; there is always one.
 * 2. Each display that is handed out is a copy, as Electron's are: nobody changes the real one by it.
 * 3. The list has changed before the event tells of it.
 */
class StandInScreen extends strictEmitter('screen') implements Built {
  readonly #displays: Display[] = setup.displays.map(asDisplay)

  getAllDisplays(): Display[] {
    onlyWhenReady('screen.getAllDisplays')
    return structuredClone(this.#displays)
  }

  getPrimaryDisplay(): Display {
    onlyWhenReady('screen.getPrimaryDisplay')
    return structuredClone(must(this.#displays[0], 'a display'))
  }

  getDisplayMatching(rect: Rectangle): Display {
    const best = this.getAllDisplays().toSorted((a, b) => overlap(b.bounds, rect) - overlap(a.bounds, rect))[0]
    if (best && overlap(best.bounds, rect) > 0) return best
    return this.getDisplayNearestPoint({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
  }

  getDisplayNearestPoint(point: Point): Display {
    const nearest = this.getAllDisplays().toSorted((a, b) => distance(point, a.bounds) - distance(point, b.bounds))[0]
    return must(nearest, 'a display')
  }

  getCursorScreenPoint(): Point {
    const { x, y } = this.getPrimaryDisplay().bounds
    return { x, y }
  }

  plug(facts: DisplayFacts): void {
    if (this.#displays.some(({ id }) => id === facts.id)) throw new Error(`Display ${facts.id} is plugged in already`)
    this.#displays.push(asDisplay(facts))
    this.emit('display-added', new StandInEvent(), asDisplay(facts))
  }

  unplug(id: number): void {
    const place = this.#displays.findIndex((display) => display.id === id)
    if (place < 0) throw new Error(`There is no display ${id}`)
    if (this.#displays.length === 1) throw new Error('The last display cannot be unplugged here')
    const [gone] = this.#displays.splice(place, 1)
    this.emit('display-removed', new StandInEvent(), structuredClone(gone))
  }

  change(id: number, changed: Partial<Omit<DisplayFacts, 'id'>>): void {
    const place = this.#displays.findIndex((display) => display.id === id)
    const before = must(this.#displays[place], `display ${id}`)
    // A work area that was the whole display stays so.
    const workArea = changed.workArea ?? changed.bounds ?? before.workArea
    const after = asDisplay({ ...before, ...changed, workArea })
    this.#displays[place] = after
    const watched = ['bounds', 'workArea', 'scaleFactor', 'rotation'] as const
    const metrics = watched.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    if (metrics.length > 0) this.emit('display-metrics-changed', new StandInEvent(), structuredClone(after), metrics)
  }
}

export const screen = new StandInScreen()
