import { describe, expect, test } from 'vitest'
import { knownScreens } from '../../src/main/electron/screen-identity.ts'
import { display, laptop, studio } from './screens.ts'

const ids = (...args: Parameters<typeof knownScreens>): string[] => knownScreens(...args).map(({ id }) => id)

describe('the name of a screen', () => {
  test('stays when the system numbers its displays anew', () => {
    const renumbered = { ...studio, id: 987_654 }
    expect(ids([laptop, renumbered], 1)).toEqual(ids([laptop, studio], 1))
  })
  test('tells twins apart by where they stand, whatever order they come in', () => {
    const left = display(5, { x: -1920, y: 0, width: 1920, height: 1080 }, 'ASUS')
    const right = display(4, { x: 1440, y: 0, width: 1920, height: 1080 }, 'ASUS')
    const names = ids([right, laptop, left], 1)
    expect(names).toEqual(ids([left, right, laptop], 1))
    expect(new Set(names).size).toBe(3)
  })
  test('is never empty where the system knows none', () => {
    const [screen] = knownScreens([display(1, laptop.bounds, '')], 1)
    expect(screen?.name).toBe('Screen 1')
  })
  test('numbers count from the left', () => {
    const left = display(9, { x: -1920, y: 0, width: 1920, height: 1080 })
    expect(knownScreens([laptop, studio, left], 1).map(({ number, display: { id } }) => [number, id])).toEqual([
      [1, 9],
      [2, 1],
      [3, 2],
    ])
  })
})
