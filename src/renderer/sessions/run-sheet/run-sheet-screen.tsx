import { RunSheetSize } from '#shared/run-sheet.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { read } from '../../api.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { RunSheet } from './run-sheet.tsx'
import { RunSheetToolbar } from './run-sheet-toolbar.tsx'
import { usePageHeads } from './use-page-heads.ts'
import './run-sheet.css'

/** The line-up on paper, as it will be printed, with what can be done with it above. */
export function RunSheetScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const size = RunSheetSize.catch('compact').parse(search.get('size'))
  const { data: session, error } = useQuery(read('sessions.get', { id }))
  usePageHeads(session)
  useKeys('builder', { print: () => window.print() }, { disabled: !session })
  if (error) {
    return (
      <EmptyState
        title={t('sessions.gone.title')}
        actions={
          <Link className="button" to="/sessions">
            {t('sessions.gone.back')}
          </Link>
        }
      >
        {error.message}
      </EmptyState>
    )
  }
  if (!session) return <Waiting />
  return (
    <div className="run-sheet-screen">
      <RunSheetToolbar session={session} size={size} onSize={(next) => setSearch({ size: next }, { replace: true })} />
      <main className="run-sheet-desk">
        {session.items.length === 0 ? (
          <p className="quiet">{t('files.runSheet.empty')}</p>
        ) : (
          <RunSheet session={session} size={size} job={search.get('job')} />
        )}
      </main>
    </div>
  )
}
