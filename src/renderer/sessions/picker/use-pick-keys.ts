import type { Product } from '#shared/library.ts'
import type { KeyboardEvent, RefObject } from 'react'
import type { Picks } from './use-picks.ts'

interface Deps {
  readonly products: readonly Product[]
  readonly picks: Picks
  readonly submit: () => void
  /** The row that the keyboard stands on. */
  readonly active: number
  readonly list: RefObject<HTMLElement | null>
}

const steps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -8,
  PageDown: 8,
  Home: -Infinity,
  End: Infinity,
}

/** The keys of the list of products. Answers the row to go to, or null. */
export function usePickKeys({ products, picks, submit, active, list }: Deps): (event: KeyboardEvent) => number | null {
  const toSearch = (): void => {
    list.current?.closest('.picker')?.querySelector<HTMLElement>('input[type="search"]')?.focus()
  }
  return (event) => {
    const { key } = event
    const product = products[active]
    if (event.ctrlKey || event.metaKey || event.altKey || !product) return null
    const step = steps[key]
    if (step === undefined && key !== ' ' && key !== 'Enter') {
      // Typing goes on searching: the character lands in the field.
      if (key.length === 1) toSearch()
      return null
    }
    event.preventDefault()
    if (step === undefined) {
      if (key === 'Enter' && picks.chosen.length > 0) submit()
      else picks.toggle(product)
      return null
    }
    if (key === 'ArrowUp' && active === 0) {
      toSearch()
      return null
    }
    const to = Math.max(0, Math.min(active + step, products.length - 1))
    const next = products[to]
    if (event.shiftKey && next) picks.extend(next, products)
    return to
  }
}
