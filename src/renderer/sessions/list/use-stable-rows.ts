import type { RefObject } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import { keepOrder } from './keep-order.ts'

interface Options {
  /** The list on the page. */
  readonly list: RefObject<HTMLElement | null>
  /** What was asked for: another question starts a new order. */
  readonly question: string
}

/** Rows that do not change places while the pointer is on them or one of their menus is open. */
export function useStableRows<T extends { readonly id: string }>(rows: readonly T[], { list, question }: Options) {
  const [order, setOrder] = useState<readonly string[]>([])
  const [left, setLeft] = useState(0)
  const asked = useRef(question)
  useLayoutEffect(() => {
    const held = list.current?.matches(':hover') || list.current?.querySelector('[data-popup-open]')
    if (held && asked.current === question) return
    asked.current = question
    setOrder(rows.map(({ id }) => id))
  }, [rows, list, question, left])
  return { rows: keepOrder(order, rows), release: () => setLeft((count) => count + 1) }
}
