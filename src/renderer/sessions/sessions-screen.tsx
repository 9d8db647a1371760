import type { SessionSummary } from '#shared/sessions.ts'
import { SessionStatus } from '#shared/sessions.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { read } from '../api.ts'
import { FirstSteps } from '../first-steps.tsx'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/choice.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { LiveBanner } from './list/live-banner.tsx'
import { NewSessionDialog } from './list/new-session-dialog.tsx'
import { SessionList } from './list/session-list.tsx'
import './list/sessions.css'

/** All sessions, last change first. What is asked for stands in the address. */
export function SessionsScreen() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const search = params.get('q') ?? ''
  const status = SessionStatus.safeParse(params.get('status')).data
  const set = (name: string, value: string | null): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const all = useQuery(read('sessions.list', {}))
  const asked = useQuery({
    ...read('sessions.list', { ...(search !== '' && { search }), ...(status && { status }) }),
    placeholderData: keepPreviousData,
  })
  const running = all.data?.items.find((one) => one.status === 'live' || one.status === 'rehearsal')
  const openNew = (): void => set('new', '')
  return (
    <>
      <ScreenHeader
        title={t('sessions.title')}
        actions={
          <Button kind="primary" onClick={openNew}>
            <Plus aria-hidden />
            {t('sessions.new')}
          </Button>
        }
      />
      {running && <LiveBanner session={running} />}
      <div className="sessions-filter">
        <SearchField
          label={t('sessions.search')}
          value={search}
          maxLength={200}
          onValue={(next) => set('q', next === '' ? null : next)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            document.querySelector<HTMLElement>('.session-row-link')?.focus()
          }}
        />
        <Select
          label={t('sessions.statusFilter')}
          hideLabel
          value={status ?? ''}
          options={[
            { value: '', label: t('sessions.anyStatus') },
            ...SessionStatus.options.map((value) => ({ value, label: t(`sessions.status.${value}`) })),
          ]}
          onValue={(next) => set('status', next === '' ? null : next)}
        />
      </div>
      <Sessions
        sessions={asked.data?.items}
        question={`${status ?? ''} ${search}`}
        first={search === '' && !status}
        onNew={openNew}
        onAll={() => setParams({}, { replace: true })}
      />
      <NewSessionDialog open={params.has('new')} onClose={() => set('new', null)} />
    </>
  )
}

interface SessionsProps {
  /** Undefined until they are here. */
  readonly sessions: readonly SessionSummary[] | undefined
  readonly question: string
  /** Nothing was searched for. */
  readonly first: boolean
  readonly onNew: () => void
  readonly onAll: () => void
}

function Sessions({ sessions, question, first, onNew, onAll }: SessionsProps) {
  const { t } = useTranslation()
  const catalogue = useQuery(read('products.list', { limit: 1 })).data
  if (!sessions || !catalogue) return <Waiting />
  if (sessions.length > 0) return <SessionList sessions={sessions} question={question} />
  if (!first) {
    return (
      <EmptyState
        title={t('sessions.nothingFound')}
        actions={<Button onClick={onAll}>{t('sessions.clearSearch')}</Button>}
      >
        {t('sessions.nothingFoundHint')}
      </EmptyState>
    )
  }
  if (catalogue.total === 0) return <FirstSteps />
  return (
    <EmptyState
      title={t('sessions.first.title')}
      actions={
        <>
          <Button kind="primary" onClick={onNew}>
            {t('sessions.new')}
          </Button>
          <Link className="button" to="/products">
            {t('sessions.first.products')}
          </Link>
        </>
      }
    >
      {t('sessions.first.text')}
    </EmptyState>
  )
}
