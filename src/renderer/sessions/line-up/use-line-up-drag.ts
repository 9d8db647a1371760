import { dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import type { RefObject } from 'react'
import { useEffect, useRef } from 'react'
import { isDragOfLines } from './line-drag.ts'
import type { DropOnLines } from './line-drag.ts'

type OnDrop = (ids: readonly string[], drop: DropOnLines) => void

/** Lets rows be dropped on the list: on rows, on headings, and below the last row. */
export function useLineUpDrag(list: RefObject<HTMLElement | null>, onDrop: OnDrop): void {
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  useEffect(() => {
    const element = list.current
    if (!element) return undefined
    return combine(
      autoScrollForElements({ element, canScroll: ({ source }) => isDragOfLines(source.data) }),
      dropTargetForElements({
        element,
        getData: () => ({ kind: 'end' }),
        canDrop: ({ source }) => isDragOfLines(source.data),
      }),
      monitorForElements({
        canMonitor: ({ source }) => isDragOfLines(source.data),
        onDrop: ({ source, location }) => {
          const data = location.current.dropTargets[0]?.data
          const drop = data && readDrop(data)
          if (drop && isDragOfLines(source.data)) latest.current(source.data.ids, drop)
        },
      }),
    )
  }, [list])
}

function readDrop(data: Record<string | symbol, unknown>): DropOnLines | null {
  const { kind, id, title, itemIds } = data as Record<string, unknown>
  if (kind === 'end') return { kind: 'end' }
  if (kind === 'row')
    return { kind: 'row', id: String(id), edge: extractClosestEdge(data) === 'top' ? 'top' : 'bottom' }
  if (kind === 'section') return { kind: 'section', title: title as string | null, itemIds: itemIds as string[] }
  return null
}
