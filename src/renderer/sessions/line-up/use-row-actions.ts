import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { OpenDialog } from '../builder/opened.ts'
import { useCopyPids } from '../builder/use-copy-pids.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import type { MenuAction } from '../../ui/action-menu.tsx'
import { chordText, useKeyText } from '../../keys/use-key-text.ts'
import { sectionsOf } from './line-rows.ts'

interface Deps {
  readonly open: OpenDialog
  readonly onEdit: () => void
}

/** The menu of the list: what can be done to the selected rows, which the row under the pointer is always one of. */
export function useRowActions(lineUp: LineUp, { open, onEdit }: Deps): readonly MenuAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const copyPids = useCopyPids()
  const keyOf = useKeyText()
  const { items, selected: rows, selection } = lineUp
  const moves = (ids: readonly string[]): readonly MenuAction[] => [
    { label: t('sessions.row.up'), onSelect: () => lineUp.step(ids, 'up'), keys: keyOf('moveUp') },
    { label: t('sessions.row.down'), onSelect: () => lineUp.step(ids, 'down'), keys: keyOf('moveDown') },
    { label: t('sessions.row.top'), onSelect: () => lineUp.place(ids, 1) },
    { label: t('sessions.row.end'), onSelect: () => lineUp.place(ids, items.length) },
  ]
  const [first] = rows
  if (!first) return addActions({ t, open })
  const ids = rows.map(({ id }) => id)
  const skipped = rows.every(({ skip }) => skip)
  return [
    {
      label: t('sessions.row.edit'),
      onSelect: () => {
        selection.only(ids)
        onEdit()
      },
      keys: chordText('Enter'),
    },
    'separator',
    ...moves(ids),
    { label: t('sessions.row.moveTo'), onSelect: () => open({ dialog: 'move', ids }), keys: keyOf('moveTo') },
    { label: t('sessions.row.section'), items: sectionActions(lineUp, ids, { t, open }) },
    'separator',
    {
      label: t(skipped ? 'sessions.row.unskip' : 'sessions.row.skip'),
      onSelect: () => lineUp.setSkip(ids, !skipped),
      keys: keyOf('skip'),
    },
    { label: t('sessions.row.addAfter'), onSelect: () => open({ dialog: 'picker', after: ids.at(-1) ?? null }) },
    {
      label: t('sessions.openProduct'),
      onSelect: () => void navigate(`/products/${first.productId}`),
      disabled: rows.length > 1,
    },
    { label: t('sessions.copyPid'), onSelect: () => copyPids(rows) },
    'separator',
    { label: t('sessions.row.remove'), onSelect: () => lineUp.remove(ids), keys: keyOf('remove'), danger: true },
  ]
}

interface Words {
  readonly t: TFunction
  readonly open: OpenDialog
}

/** Where no item is meant. */
function addActions({ t, open }: Words): readonly MenuAction[] {
  return [
    { label: t('sessions.add'), onSelect: () => open({ dialog: 'picker', after: null }) },
    { label: t('sessions.paste'), onSelect: () => open({ dialog: 'paste', text: '' }) },
  ]
}

function sectionActions(lineUp: LineUp, ids: readonly string[], { t, open }: Words): readonly MenuAction[] {
  return [
    { label: t('sessions.row.noSection'), onSelect: () => lineUp.setSection(ids, null) },
    ...sectionsOf(lineUp.items).map((title) => ({ label: title, onSelect: () => lineUp.setSection(ids, title) })),
    'separator',
    { label: t('sessions.row.newSection'), onSelect: () => open({ dialog: 'section', ids }) },
  ]
}
