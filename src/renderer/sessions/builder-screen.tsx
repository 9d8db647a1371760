import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { read } from '../api.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { usePrefetch } from '../use-prefetch.ts'
import { Builder } from './builder/builder.tsx'

/** One session: its line-up, its own details, and the item that is selected. */
export function BuilderScreen() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { data: session, error } = useQuery(read('sessions.get', { id }))
  usePrefetch({ sessionId: id })
  // What was there a moment ago is not shown once it is deleted.
  if (session && !error) return <Builder key={session.id} session={session} />
  return (
    <>
      <ScreenHeader title={t('sessions.title')} />
      {error ? (
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
      ) : (
        <Waiting />
      )}
    </>
  )
}
