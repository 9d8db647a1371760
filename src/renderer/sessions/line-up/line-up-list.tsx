import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent, RefObject } from 'react'
import { useEffect, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenDialog } from '../builder/opened.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import { ActionContextMenu } from '../../ui/action-menu.tsx'
import { ItemRow } from './item-row.tsx'
import { lineRows } from './line-rows.ts'
import type { Step } from './line-selection.ts'
import { rowHeight, sectionHeight } from './row-sizes.ts'
import { SectionRow } from './section-row.tsx'
import { useLineUpDrag } from './use-line-up-drag.ts'
import { useRowActions } from './use-row-actions.ts'
import { useRowControls } from './use-row-controls.ts'

interface Props {
  readonly lineUp: LineUp
  readonly open: OpenDialog
  readonly list: RefObject<HTMLDivElement | null>
  readonly onEdit: () => void
  readonly onOpenDetail: () => void
}

/**
 * The rows of the line-up. The list itself keeps the focus and says which row is active, so that no row that scrolls out
 * of sight or moves takes the focus along.
 */
export function LineUpList({ lineUp, open, list, onEdit, onOpenDetail }: Props) {
  const { t } = useTranslation()
  const help = useId()
  const { items, selection } = lineUp
  const rows = useMemo(() => lineRows(items), [items])
  const activeRow = rows.findIndex(({ kind, key }) => kind === 'item' && key === selection.active)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => (rows[index]?.kind === 'section' ? sectionHeight : rowHeight),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    // The active row is always on the page: screen readers follow it by its id.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      return activeRow < 0 || shown.includes(activeRow)
        ? shown
        : [...shown, activeRow].toSorted((one, other) => one - other)
    },
  })
  useEffect(() => virtualizer.measure(), [rows, virtualizer])
  useEffect(() => {
    if (activeRow >= 0) virtualizer.scrollToIndex(activeRow, { align: 'auto' })
    // Follows the keyboard and what moves, not every change of the rows.
  }, [activeRow, virtualizer])
  useEffect(() => {
    // It takes the place of what had the focus, or nothing has it yet: the keys act on it at once.
    if (document.activeElement === document.body) list.current?.focus({ preventScroll: true })
  }, [list])
  useLineUpDrag(list, lineUp.drop)
  const controls = useRowControls(lineUp, { onOpenDetail, list })
  const actions = useRowActions(lineUp, { open, onEdit })
  const selected = useMemo(() => new Set(selection.ids), [selection.ids])
  return (
    <>
      <p id={help} className="visually-hidden">
        {t('sessions.lineUpHelp')}
      </p>
      <ActionContextMenu actions={actions}>
        <div
          ref={list}
          className="line-up"
          role="grid"
          aria-multiselectable
          aria-label={t('sessions.lineUp')}
          aria-describedby={help}
          aria-rowcount={rows.length}
          aria-activedescendant={activeRow < 0 ? undefined : `line-${String(selection.active)}`}
          tabIndex={0}
          onKeyDown={(event) => onKey(event, lineUp, onEdit)}
        >
          <div role="presentation" className="line-up-rows" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
              const row = rows[index]
              const place = { top: start, height: size, index }
              if (!row) return null
              if (row.kind === 'section') return <SectionRow key={key} {...{ row, place }} edits={lineUp.edits} />
              const { item } = row
              return (
                <ItemRow
                  key={key}
                  {...{ item, controls, index }}
                  top={start}
                  height={size}
                  selected={selected.has(item.id)}
                  active={item.id === selection.active}
                />
              )
            })}
          </div>
        </div>
      </ActionContextMenu>
    </>
  )
}

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
}

function onKey(event: KeyboardEvent, { selection }: LineUp, onEdit: () => void): void {
  if (event.target !== event.currentTarget || event.altKey) return
  const mod = event.ctrlKey || event.metaKey
  const step = steps[event.key]
  if (step !== undefined && !mod) selection.step(step, event.shiftKey)
  else if (mod && event.key.toLowerCase() === 'a') selection.all()
  else if (event.key === ' ' && selection.active !== null)
    selection.click(selection.active, { shift: false, mod: true })
  else if (event.key === 'Enter' && !mod && selection.ids.length > 0) onEdit()
  else if (event.key === 'Escape' && selection.ids.length > 0) selection.clear()
  else return
  event.preventDefault()
}
