import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Edits } from '../builder/use-edits.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { LinePlace } from './item-row.tsx'
import { isDragOfLines } from './line-drag.ts'
import type { LineRow } from './line-rows.ts'

interface Props {
  readonly row: Extract<LineRow, { kind: 'section' }>
  readonly place: LinePlace
  readonly edits: Edits
}

/** The heading of a section. Its name is changed in place; rows dropped on it come first in it. */
export function SectionRow({ row: { title, itemIds }, place, edits }: Props) {
  const { t } = useTranslation()
  const heading = useRef<HTMLDivElement>(null)
  const [renaming, setRenaming] = useState(false)
  const over = useSectionDrop(heading, { title, itemIds })
  const rename = (text: string): void => {
    setRenaming(false)
    const section = text.trim()
    if (section !== (title ?? '')) void edits.update(itemIds, { section: section === '' ? null : section })
  }
  return (
    <div
      ref={heading}
      role="row"
      aria-rowindex={place.index + 1}
      className="line-section"
      data-over={over || undefined}
      style={{ top: place.top, height: place.height }}
    >
      <span role="gridcell" className="line-section-cell">
        {renaming ? (
          <input
            className="input"
            aria-label={t('sessions.section.name')}
            defaultValue={title ?? ''}
            maxLength={120}
            // It was asked for with the button that it replaces.
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            onBlur={(event) => rename(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur()
              if (event.key === 'Escape') setRenaming(false)
            }}
          />
        ) : (
          <>
            <strong className="truncate" onDoubleClick={() => setRenaming(true)}>
              {title ?? t('sessions.noSection')}
            </strong>
            <span className="quiet tabular">{t('sessions.section.count', { count: itemIds.length })}</span>
            <IconButton
              label={t('sessions.section.rename', { title: title ?? t('sessions.noSection') })}
              className="button line-section-rename"
              onClick={() => setRenaming(true)}
            >
              <Pencil aria-hidden />
            </IconButton>
          </>
        )}
      </span>
    </div>
  )
}

type Section = { readonly title: string | null; readonly itemIds: readonly string[] }

function useSectionDrop(heading: { readonly current: HTMLElement | null }, section: Section): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(section)
  useEffect(() => {
    latest.current = section
  })
  useEffect(() => {
    const element = heading.current
    if (!element) return undefined
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => isDragOfLines(source.data),
      getData: () => ({ kind: 'section', ...latest.current }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [heading])
  return over
}
