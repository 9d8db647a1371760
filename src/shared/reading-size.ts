/** Cap height of Inter in em; what the eye measures text by. */
export const CAP_HEIGHT = 0.727
/** Arc minutes of a capital letter: wished for, still comfortable, and the least that ISO 9241-3 allows. */
export const ARC = { wished: 22, comfortable: 20, least: 16 } as const

/** A screen and the place that it is read from. */
export interface ReadingPlace {
  readonly distanceM: number
  readonly diagonalIn: number
  /** CSS pixels of the whole screen. */
  readonly screenWidth: number
  readonly screenHeight: number
}

/** The font size in CSS pixels whose capital letters span `arc` minutes of arc. */
export function readingPx(place: ReadingPlace, arc: number): number {
  const pitchMm = (place.diagonalIn * 25.4) / Math.hypot(place.screenWidth, place.screenHeight)
  const capMm = 2 * place.distanceM * 1000 * Math.tan((arc / 60 / 2) * (Math.PI / 180))
  return capMm / CAP_HEIGHT / pitchMm
}

/** The size of the points' text: what the distance asks for, times the user's wish. */
export function basePx(place: ReadingPlace, textScale: number): number {
  return Math.round(readingPx(place, ARC.wished) * textScale * 10) / 10
}

/** How large each part is, as a multiple of the points. */
export const SCALE = { number: 2.4, price: 1.6, name: 1.4, message: 1.2, points: 1, small: 0.91 } as const
