import type { Proposal } from '#shared/points.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ArrowLeft, PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { call, read } from '../api.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { ProposalCard } from '../proposal-card.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { WriteDialog } from './write-dialog.tsx'
import { WritingNow } from './writing-now.tsx'
import './points.css'

/** What a model wrote, product by product: of one line-up, or all that waits. */
export function ReviewScreen() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const sessionId = address.get('session') ?? undefined
  const [writing, setWriting] = useState(address.has('write'))
  const { data, error } = useQuery(read('points.proposals', sessionId === undefined ? {} : { sessionId }))
  const items = data?.items ?? []
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set())
  const note = (id: string, isEdited: boolean): void =>
    setEdited((before) => new Set(isEdited ? [...before, id] : [...before].filter((one) => one !== id)))
  const close = (): void => {
    setWriting(false)
    setAddress(sessionId === undefined ? {} : { session: sessionId }, { replace: true })
  }
  return (
    <>
      <ScreenHeader
        title={t('points.title')}
        actions={
          <>
            {sessionId !== undefined && (
              <Button onClick={() => setWriting(true)}>
                <PenLine aria-hidden />
                {t('points.write')}
              </Button>
            )}
            <AcceptAll items={items} edited={edited} />
          </>
        }
      >
        {sessionId !== undefined && (
          <Link
            className="button"
            data-kind="ghost"
            data-icon=""
            to={`/sessions/${sessionId}`}
            aria-label={t('points.back')}
            title={t('points.back')}
          >
            <ArrowLeft aria-hidden />
          </Link>
        )}
        <h1>{t('points.title')}</h1>
      </ScreenHeader>
      <WritingNow />
      {data === undefined && error === null && <Waiting />}
      {error !== null && <EmptyState title={error.message} />}
      {data !== undefined && items.length === 0 && (
        <EmptyState title={t('points.emptyTitle')}>{t('points.empty')}</EmptyState>
      )}
      <ul className="review">
        {items.map((proposal) => (
          <li key={proposal.id}>
            <h2>
              <Link to={`/products/${proposal.productId}`}>{proposal.productName}</Link>
            </h2>
            <ProposalCard proposal={proposal} onEdited={(isEdited) => note(proposal.id, isEdited)} />
          </li>
        ))}
      </ul>
      {sessionId !== undefined && <WriteDialog sessionId={sessionId} open={writing} onClose={close} />}
    </>
  )
}

/** A call takes so many at once. */
const AT_ONCE = 500

interface AcceptAllProps {
  readonly items: readonly Proposal[]
  readonly edited: ReadonlySet<string>
}

/** What claims something doubtful, and what somebody is writing in, is for a person to take one by one. */
function AcceptAll({ items, edited }: AcceptAllProps) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const ids = items
    .filter(({ id, flags }) => flags.length === 0 && !edited.has(id))
    .slice(0, AT_ONCE)
    .map(({ id }) => id)
  const accept = useMutation({
    mutationFn: () => call('points.acceptMany', { pointIds: ids }),
    onSuccess: ({ accepted }) => toasts.done(t('points.accepted', { count: accepted })),
    onError: toasts.failed,
  })
  if (ids.length === 0) return null
  return (
    <Button kind="primary" disabled={accept.isPending} onClick={() => accept.mutate()}>
      {t(ids.length === items.length ? 'points.acceptAll' : 'points.acceptSound', { count: ids.length })}
    </Button>
  )
}
