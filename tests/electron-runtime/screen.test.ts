import { beforeAll, describe, expect, it, vi } from 'vitest'
import { screen } from '../support/electron-runtime/screen.ts'
import { phase } from '../support/electron-runtime/state.ts'

const right = { id: 2, bounds: { x: 1920, y: 0, width: 1280, height: 720 }, scaleFactor: 2 }

// https://www.electronjs.org/docs/latest/api/screen
describe('screen', () => {
  it('cannot be used before the app is ready', () => {
    expect(() => screen.getAllDisplays()).toThrow('before the app is ready')
  })

  describe('of a ready app', () => {
    beforeAll(() => void (phase.ready = true))

    it('tells of a display that comes and goes, when the list has changed already', () => {
      const seen: [string, number, number][] = []
      for (const event of ['display-added', 'display-removed'])
        screen.on(event, (_event, { id }: { id: number }) => seen.push([event, id, screen.getAllDisplays().length]))
      screen.plug(right)
      expect(screen.getAllDisplays().map(({ id, scaleFactor }) => [id, scaleFactor])).toEqual([
        [1, 1],
        [2, 2],
      ])
      screen.unplug(2)
      expect(seen).toEqual([
        ['display-added', 2, 2],
        ['display-removed', 2, 1],
      ])
    })

    it('names what changed of a display, and says nothing where nothing did', () => {
      const told = vi.fn<(event: object, display: object, metrics: readonly string[]) => void>()
      screen.on('display-metrics-changed', told)
      screen.change(1, { scaleFactor: 1.5 })
      screen.change(1, { bounds: { x: 0, y: 0, width: 1280, height: 720 } })
      screen.change(1, { scaleFactor: 1.5 })
      expect(told.mock.calls.map(([, , metrics]) => metrics)).toEqual([['scaleFactor'], ['bounds', 'workArea']])
      screen.change(1, { bounds: { x: 0, y: 0, width: 1920, height: 1080 }, scaleFactor: 1 })
    })

    it('finds the display that a rectangle covers most, else the nearest', () => {
      screen.plug(right)
      expect(screen.getDisplayMatching({ x: 1800, y: 0, width: 400, height: 100 }).id).toBe(2)
      expect(screen.getDisplayMatching({ x: 1600, y: 0, width: 400, height: 100 }).id).toBe(1)
      expect(screen.getDisplayMatching({ x: 9000, y: 0, width: 10, height: 10 }).id).toBe(2)
      expect(screen.getDisplayNearestPoint({ x: -5, y: 50 }).id).toBe(1)
      screen.unplug(2)
    })

    it('hands out copies', () => {
      screen.getPrimaryDisplay().bounds.width = 1
      expect(screen.getPrimaryDisplay().bounds.width).toBe(1920)
    })
  })
})
