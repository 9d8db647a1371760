import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ArrowLeft } from 'lucide-react'
import type { OpenDialog } from '../builder/opened.ts'
import type { LineUp } from '../builder/use-line-up.ts'
import { Button } from '../../ui/button.tsx'
import { BulkPanel } from './bulk-panel.tsx'
import { ItemPanel } from './item-panel.tsx'
import { SessionPanel } from './session-panel.tsx'
import './detail.css'

interface Props {
  readonly lineUp: LineUp
  readonly open: OpenDialog
  /** Back to the list: with Escape, and on narrow windows by a button. */
  readonly onBack: () => void
}

/** What is selected, for editing: an item, several of them, or the session itself. */
export function DetailPane({ lineUp, open, onBack }: Props) {
  const { t } = useTranslation()
  const { selected, selection, session } = lineUp
  const [only] = selected
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    onBack()
  }
  return (
    // Escape in a field goes back to the list; the fields are what is interactive here.
    <div role="presentation" className="detail" onKeyDown={leave}>
      <div className="detail-bar">
        <Button kind="ghost" className="detail-back" onClick={onBack}>
          <ArrowLeft aria-hidden />
          {t('sessions.toLineUp')}
        </Button>
        <h2 className="truncate">
          {selected.length > 1
            ? t('sessions.bulk.title', { count: selected.length })
            : only
              ? `${String(only.number)}  ${only.name}`
              : t('sessions.details')}
        </h2>
        {only && (
          <Button kind="ghost" onClick={selection.clear}>
            {t('sessions.details')}
          </Button>
        )}
      </div>
      {selected.length > 1 ? (
        <BulkPanel lineUp={lineUp} open={open} />
      ) : only ? (
        <ItemPanel key={only.id} item={only} lineUp={lineUp} />
      ) : (
        <SessionPanel key={session.id} session={session} edits={lineUp.edits} />
      )}
    </div>
  )
}
