import { useState } from 'react'

const LEAST = 0.5
const MOST = 3
const STEP = 1.08

/** The wish of whoever stands at this display, on top of the setting; remembered here, by display. */
export function useTextScale(display: string): {
  readonly scale: number
  larger(): void
  smaller(): void
  normal(): void
} {
  const name = `hudson.host.textScale.${display}`
  const [scale, setScale] = useState(() => remembered(name))
  const set = (next: number): void => {
    const fitting = Math.min(MOST, Math.max(LEAST, next))
    setScale(fitting)
    localStorage.setItem(name, String(fitting))
  }
  return { scale, larger: () => set(scale * STEP), smaller: () => set(scale / STEP), normal: () => set(1) }
}

function remembered(name: string): number {
  const scale = Number(localStorage.getItem(name) ?? 1)
  return scale >= LEAST && scale <= MOST ? scale : 1
}
