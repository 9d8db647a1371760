import type { SessionDetail } from '#shared/sessions.ts'
import { useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { DetailPane } from '../detail/detail-pane.tsx'
import { ImportDialog } from '../file/import-dialog.tsx'
import { LineUpPane } from '../line-up/line-up-pane.tsx'
import { MoveToDialog } from '../line-up/move-to-dialog.tsx'
import { NewSectionDialog } from '../line-up/new-section-dialog.tsx'
import { PasteDialog } from '../paste/paste-dialog.tsx'
import { usePastedText } from '../paste/use-pasted-text.ts'
import { PickerDialog } from '../picker/picker-dialog.tsx'
import { useHere } from '../../presence.tsx'
import { DropShade } from '../../ui/drop-shade.tsx'
import { useFileDrop } from '../../ui/use-file-drop.ts'
import { useSessionActions } from '../use-session-actions.ts'
import { BuilderHeader } from './builder-header.tsx'
import type { Opened, OpenDialog } from './opened.ts'
import { useBuilderKeys } from './use-builder-keys.ts'
import { useHistory } from './use-history.ts'
import { useLineUp } from './use-line-up.ts'
import './builder.css'

/** The builder of a session that is here. On a narrow window the detail is a page of its own. */
export function Builder({ session }: { readonly session: SessionDetail }) {
  const { t } = useTranslation()
  const lineUp = useLineUp(session)
  const history = useHistory(session.id)
  const actions = useSessionActions()(session)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [page, setPage] = useState<'line-up' | 'detail'>('line-up')
  const list = useRef<HTMLDivElement>(null)
  const detail = useRef<HTMLDivElement>(null)
  const open: OpenDialog = useCallback((what) => setOpened(what), [])
  const close = (): void => setOpened(null)
  const focusList = (): void => {
    flushSync(() => setPage('line-up'))
    list.current?.focus()
  }
  const editFirstField = (): void => {
    flushSync(() => setPage('detail'))
    detail.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }
  const [only, ...more] = lineUp.selected
  const isItem = only && more.length === 0
  useHere({
    entity: isItem ? 'session_products' : 'sessions',
    id: isItem ? only.id : session.id,
    sessionId: session.id,
  })
  useBuilderKeys({ lineUp, history, open, duplicate: actions.duplicate })
  usePastedText((text) => setOpened({ dialog: 'paste', text }))
  const over = useFileDrop(opened === null, ([file]) => setOpened({ dialog: 'import', file: file ?? null }))
  return (
    <>
      <BuilderHeader {...{ session, history, actions, lineUp, open }} />
      <div className="builder" data-page={page}>
        <section className="builder-line-up" aria-label={t('sessions.lineUp')}>
          <LineUpPane {...{ lineUp, open, list }} onEdit={editFirstField} onOpenDetail={() => setPage('detail')} />
        </section>
        <section ref={detail} className="builder-detail" aria-label={t('sessions.details')}>
          <DetailPane {...{ lineUp, open }} onBack={focusList} />
        </section>
      </div>
      <PickerDialog
        open={opened?.dialog === 'picker'}
        after={opened?.dialog === 'picker' ? opened.after : null}
        onClose={close}
        lineUp={lineUp}
      />
      <PasteDialog
        open={opened?.dialog === 'paste'}
        text={opened?.dialog === 'paste' ? opened.text : ''}
        onClose={close}
        lineUp={lineUp}
      />
      <ImportDialog
        open={opened?.dialog === 'import'}
        file={opened?.dialog === 'import' ? opened.file : null}
        sessionId={session.id}
        onClose={close}
      />
      <MoveToDialog ids={opened?.dialog === 'move' ? opened.ids : null} onClose={close} lineUp={lineUp} />
      <DropShade over={over} text={t('files.importing.drop')} />
      <NewSectionDialog ids={opened?.dialog === 'section' ? opened.ids : null} onClose={close} lineUp={lineUp} />
    </>
  )
}
