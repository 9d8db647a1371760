import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { knownScreens } from '../../src/main/electron/screen-identity.ts'
import { planPlacement, rememberPlace } from '../../src/main/electron/window-place.ts'
import type { Places } from '../../src/main/electron/window-place.ts'
import { alone, both, display } from './screens.ts'

const usual = { width: 1200, height: 700 }
const onStudio = (): Places => {
  const bounds = { x: 1500, y: 60, width: 900, height: 600 }
  return rememberPlace(undefined, must(both()[1], 'the studio screen'), { bounds, maximized: false })
}

describe('where a window opens', () => {
  test('the first time: in the middle of the main screen', () => {
    expect(planPlacement(undefined, both(), usual)).toEqual({
      bounds: { x: 120, y: 80, width: 1200, height: 700 },
      maximized: false,
    })
  })
  test('where it stood, on the screen where it stood', () => {
    expect(planPlacement(onStudio(), both(), usual)?.bounds).toEqual({ x: 1500, y: 60, width: 900, height: 600 })
  })
  test('on the main screen while its own is away, and on its own again afterwards', () => {
    const places = onStudio()
    expect(planPlacement(places, alone(), usual)?.bounds).toEqual({ x: 120, y: 80, width: 1200, height: 700 })
    expect(planPlacement(places, both(), usual)?.bounds.x).toBe(1500)
  })
  test('each screen has a place of its own', () => {
    const bounds = { x: 10, y: 20, width: 800, height: 500 }
    const places = rememberPlace(onStudio(), must(both()[0], 'the laptop'), { bounds, maximized: true })
    expect(planPlacement(places, both(), usual)).toEqual({ bounds, maximized: true })
    expect(planPlacement({ ...places, last: must(both()[1], 'screen').id }, both(), usual)?.bounds.x).toBe(1500)
  })
  test('where its screen moved to, when the screens were arranged anew', () => {
    const moved = knownScreens(
      [
        display(1, { x: 2560, y: 0, width: 1440, height: 900 }, 'Built-in'),
        display(2, { x: 0, y: 0, width: 2560, height: 1440 }, 'DELL U2720Q'),
      ],
      1,
    )
    expect(planPlacement(onStudio(), moved, usual)?.bounds).toMatchObject({ x: 60, y: 60 })
  })
  test('always within what is connected, whatever was remembered', () => {
    const number = fc.integer({ min: -100_000, max: 100_000 })
    const place = fc.record({
      x: number,
      y: number,
      width: fc.integer({ min: 1, max: 50_000 }),
      height: fc.integer({ min: 1, max: 50_000 }),
      maximized: fc.boolean(),
    })
    fc.assert(
      fc.property(place, fc.boolean(), (stored, onSecond) => {
        const screens = both()
        const last = must(screens[onSecond ? 1 : 0], 'a screen')
        const planned = planPlacement({ last: last.id, on: { [last.id]: stored } }, screens, usual)
        const { x, y, width, height } = must(planned, 'a place').bounds
        const area = last.display.workArea
        expect(x).toBeGreaterThanOrEqual(area.x)
        expect(y).toBeGreaterThanOrEqual(area.y)
        expect(x + width).toBeLessThanOrEqual(area.x + area.width)
        expect(y + height).toBeLessThanOrEqual(area.y + area.height)
      }),
    )
  })
})
