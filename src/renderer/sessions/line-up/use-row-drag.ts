import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import type { RefObject } from 'react'
import { useEffect, useState } from 'react'
import { isDragOfLines } from './line-drag.ts'

interface Options {
  readonly row: RefObject<HTMLElement | null>
  readonly id: string
  /** What is dragged with it, itself included. */
  readonly idsOf: (id: string) => readonly string[]
  /** The words beside the pointer where it is more than one row. */
  readonly labelOf: (count: number) => string
}

/** A row that can be dragged and dropped on. Answers the edge at which a drop would go, and whether it is being dragged. */
export function useRowDrag({ row, id, idsOf, labelOf }: Options) {
  const [edge, setEdge] = useState<'top' | 'bottom' | null>(null)
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    const element = row.current
    if (!element) return undefined
    return combine(
      draggable({
        element,
        getInitialData: () => ({ kind: 'lines', ids: idsOf(id) }),
        onGenerateDragPreview: ({ nativeSetDragImage, source }) => {
          const count = isDragOfLines(source.data) ? source.data.ids.length : 1
          if (count < 2) return
          setCustomNativeDragPreview({
            nativeSetDragImage,
            render: ({ container }) => {
              const label = document.createElement('div')
              label.className = 'drag-preview'
              label.textContent = labelOf(count)
              container.append(label)
            },
          })
        },
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => isDragOfLines(source.data),
        getData: ({ input }) =>
          attachClosestEdge({ kind: 'row', id }, { element, input, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self, source }) => {
          const moves = isDragOfLines(source.data) && source.data.ids.includes(id)
          const closest = extractClosestEdge(self.data)
          setEdge(moves || (closest !== 'top' && closest !== 'bottom') ? null : closest)
        },
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    )
  }, [row, id, idsOf, labelOf])
  return { edge, dragging }
}
