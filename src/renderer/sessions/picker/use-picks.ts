import type { Product } from '#shared/library.ts'
import { useState } from 'react'
import { extendTo, toggle } from '../ordered-selection.ts'

/** What of a chosen product is shown, also once it is no longer among the results. */
export type Pick = { readonly id: string; readonly name: string; readonly src: string | null }

/** The products that are chosen, in the order in which they were. No search changes them. */
export interface Picks {
  readonly chosen: readonly Pick[]
  /** 1 for the first; undefined where it is not chosen. */
  placeOf(id: string): number | undefined
  toggle(product: Product): void
  /** All that can be chosen between the last one and this. */
  extend(product: Product, rows: readonly Product[]): void
  drop(id: string): void
}

export function usePicks(canChoose: (id: string) => boolean): Picks {
  const [chosen, setChosen] = useState<readonly Pick[]>([])
  const [anchor, setAnchor] = useState<string | null>(null)
  const take = (ids: readonly string[], products: readonly Product[]): void => {
    const known = new Map([...products.map(pickOf), ...chosen].map((pick) => [pick.id, pick]))
    setChosen(ids.flatMap((id) => known.get(id) ?? []))
  }
  const ids = chosen.map(({ id }) => id)
  return {
    chosen,
    placeOf: (id) => {
      const at = ids.indexOf(id)
      return at < 0 ? undefined : at + 1
    },
    toggle: (product) => {
      if (!canChoose(product.id)) return
      setAnchor(product.id)
      take(toggle(ids, product.id), [product])
    },
    extend: (product, rows) => {
      setAnchor(product.id)
      const next = extendTo(ids, { rows: rows.map(({ id }) => id), anchor, id: product.id })
      take(
        next.filter((id) => ids.includes(id) || canChoose(id)),
        rows,
      )
    },
    drop: (id) => setChosen(chosen.filter((one) => one.id !== id)),
  }
}

function pickOf({ id, name, images }: Product): Pick {
  return { id, name, src: primaryOf(images) }
}

/** The picture that stands for a product: its primary one, else the first that is here. */
export function primaryOf(images: Product['images']): string | null {
  return (
    (images.find(({ primary, src }) => primary && src !== null) ?? images.find(({ src }) => src !== null))?.src ?? null
  )
}
