import type { Input } from '#shared/contract.ts'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/choice.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { LogItem } from './log-item.tsx'

const KINDS = [
  'overwrote',
  'merged',
  'kept',
  'deleted',
  'deleted changed',
  'duplicate',
  'renumbered',
  'rejected',
] as const
const PAGE = 50
/** How long typing pauses before it is searched for. */
const PAUSE_MS = 200

type Filter = Omit<Input<'conflicts.log'>, 'cursor' | 'limit'>

/** What was decided, newest first: by people, or without asking them. */
export function DecisionLog({ automatic }: { readonly automatic: boolean }) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [sessionId, setSessionId] = useState('')
  const [decision, setDecision] = useState('')
  const words = usePaused(search.trim())
  const filter: Filter = {
    automatic,
    ...(words !== '' && { search: words.slice(0, 200) }),
    ...(sessionId !== '' && { sessionId }),
    ...(decision !== '' && { decision }),
  }
  const isFiltered = words !== '' || sessionId !== '' || decision !== ''
  return (
    <>
      <div className="conflict-filter" role="search">
        <SearchField label={t('conflicts.log.search')} value={search} onValue={setSearch} />
        <SessionFilter value={sessionId} onValue={setSessionId} />
        {automatic && (
          <Select
            label={t('conflicts.log.kind')}
            hideLabel
            value={decision}
            options={[
              { value: '', label: t('conflicts.log.anyKind') },
              ...KINDS.map((value) => ({ value, label: t(`conflicts.log.kinds.${value}`) })),
            ]}
            onValue={setDecision}
          />
        )}
      </div>
      <Entries filter={filter} isFiltered={isFiltered} />
    </>
  )
}

function SessionFilter({ value, onValue }: { readonly value: string; readonly onValue: (id: string) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(read('sessions.list', {}))
  return (
    <Select
      label={t('conflicts.log.session')}
      hideLabel
      value={value}
      options={[
        { value: '', label: t('conflicts.log.anySession') },
        ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onValue={onValue}
    />
  )
}

function Entries({ filter, isFiltered }: { readonly filter: Filter; readonly isFiltered: boolean }) {
  const { t } = useTranslation()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['conflicts', 'conflicts.log', filter, 'pages'] as const,
    queryFn: ({ pageParam }) =>
      call('conflicts.log', { ...filter, limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })
  if (error !== null) return <EmptyState title={error.message} />
  if (data === undefined) return <Waiting />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return isFiltered ? (
      <EmptyState title={t('conflicts.log.noMatch')}>{t('conflicts.log.noMatchText')}</EmptyState>
    ) : (
      <EmptyState title={t('conflicts.log.emptyTitle')}>
        {t(filter.automatic === true ? 'conflicts.log.emptyAutomatic' : 'conflicts.log.emptyDecided')}
      </EmptyState>
    )
  }
  return (
    <>
      <ul
        className="conflict-rows"
        aria-label={t(`conflicts.tabs.${filter.automatic === true ? 'automatic' : 'decided'}`)}
      >
        {items.map((entry) => (
          <LogItem key={entry.id} entry={entry} />
        ))}
      </ul>
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('conflicts.log.older')}
        </Button>
      )}
    </>
  )
}

/** A text, once typing pauses. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
