import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { read } from '../api.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { SegmentedControl } from '../ui/choice.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Inbox } from './inbox.tsx'
import { DecisionLog } from './log.tsx'
import { OpenConflict } from './open-conflict.tsx'
import './conflicts.css'

const TABS = ['open', 'decided', 'automatic'] as const
type Tab = (typeof TABS)[number]

/** What waits for a decision, and what was decided: by people, and without asking them. */
export function ConflictsScreen() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const tab = TABS.find((one) => one === address.get('tab')) ?? 'open'
  const openId = address.get('open')
  const { data, error } = useQuery(read('conflicts.list', { open: true }))
  const screen = useRef<HTMLDivElement>(null)
  const place = useRef(0)
  const change = (name: string, value: string | null): void =>
    setAddress(
      (before) => {
        if (value === null) before.delete(name)
        else before.set(name, value)
        return before
      },
      { replace: name === 'tab' || value === null },
    )
  const decide = (id: string): void => {
    place.current = data?.items.findIndex((one) => one.id === id) ?? 0
    change('open', id)
  }
  // The row itself while it is there, else the one that took its place, else the list.
  const focusAfter = (): HTMLElement | null => {
    const rows = [...(screen.current?.querySelectorAll<HTMLElement>('[data-conflict]') ?? [])]
    return (
      rows.find(({ dataset }) => dataset['conflict'] === openId) ?? rows[place.current] ?? rows.at(-1) ?? screen.current
    )
  }
  return (
    <>
      <ScreenHeader title={t('conflicts.title')} />
      <div className="conflicts" ref={screen} tabIndex={-1}>
        <SegmentedControl<Tab>
          label={t('conflicts.tabs.label')}
          hideLabel
          value={tab}
          options={TABS.map((value) => ({ value, label: t(`conflicts.tabs.${value}`) }))}
          onValue={(value) => change('tab', value === 'open' ? null : value)}
        />
        {error !== null && <EmptyState title={error.message} />}
        {tab === 'open' && data === undefined && error === null && <Waiting />}
        {tab === 'open' && data !== undefined && <OpenTab items={data.items} total={data.total} onDecide={decide} />}
        {tab !== 'open' && <DecisionLog key={tab} automatic={tab === 'automatic'} />}
      </div>
      {openId !== null && (
        <OpenConflict
          key={openId}
          id={openId}
          open={data?.items}
          onClose={() => change('open', null)}
          focusAfter={focusAfter}
        />
      )}
    </>
  )
}

function OpenTab(props: Parameters<typeof Inbox>[0]) {
  const { t } = useTranslation()
  const { data: team } = useQuery(read('sync.status', {}))
  if (props.items.length > 0) return <Inbox {...props} />
  if (team?.state !== 'unconfigured') {
    return <EmptyState title={t('conflicts.empty.title')}>{t('conflicts.empty.text')}</EmptyState>
  }
  return (
    <EmptyState
      title={t('conflicts.alone.title')}
      actions={
        <Link className="button" to="/settings">
          {t('conflicts.alone.link')}
        </Link>
      }
    >
      {t('conflicts.alone.text')}
    </EmptyState>
  )
}
