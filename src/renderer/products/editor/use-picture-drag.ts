import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { must } from '#shared/must.ts'
import { dropPlace } from './picture-order.ts'
import type { Pictures } from './use-pictures.ts'

const KIND = 'product-picture'

interface DragParts {
  readonly card: RefObject<HTMLLIElement | null>
  readonly handle: RefObject<HTMLDivElement | null>
  /** The side of this card where what is dragged would land. */
  readonly edge: 'left' | 'right' | null
  readonly dragging: boolean
}

/** Makes a picture's card something to drag, and to drop another beside. */
export function usePictureDrag(id: string): DragParts {
  const card = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLDivElement>(null)
  const [edge, setEdge] = useState<DragParts['edge']>(null)
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    const element = must(card.current, 'the card is drawn')
    return combine(
      draggable({
        element,
        dragHandle: must(handle.current, 'the picture is drawn'),
        getInitialData: () => ({ kind: KIND, id }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['kind'] === KIND && source.data['id'] !== id,
        getData: ({ input, element: over }) =>
          attachClosestEdge({ id }, { input, element: over, allowedEdges: ['left', 'right'] }),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data) === 'left' ? 'left' : 'right'),
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    )
  }, [id])
  return { card, handle, edge, dragging }
}

/** Moves what was dropped. */
export function usePictureDrops({ images, move }: Pictures): void {
  const latest = useRef({ images, move })
  useEffect(() => {
    latest.current = { images, move }
  })
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data['kind'] === KIND,
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0]
          if (!target) return
          const id = String(source.data['id'])
          const after = extractClosestEdge(target.data) !== 'left'
          const place = dropPlace(latest.current.images, { id, target: String(target.data['id']), after })
          void latest.current.move(id, place)
        },
      }),
    [],
  )
}
