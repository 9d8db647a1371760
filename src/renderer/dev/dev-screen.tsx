import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contract } from '#shared/contract.ts'
import type { Name } from '#shared/contract.ts'
import { read } from '../api.ts'
import { ScreenHeader } from '../frame/screen-header.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { EventLog } from './event-log.tsx'
import './dev.css'

const names = (Object.keys(contract) as Name[]).toSorted()

/** For developers: every call with its form, and what the core announces. */
export function DevScreen() {
  const { t } = useTranslation()
  const { data: app } = useQuery(read('app.info', {}))
  const [q, setQ] = useState('')
  const [name, setName] = useState<Name>('products.list')
  if (app && !app.development) return <EmptyState title={t('dev.closed')} />
  const found = names.filter((one) => one.toLowerCase().includes(q.trim().toLowerCase()))
  return (
    <>
      <ScreenHeader title={t('dev.title')} />
      <div className="dev">
        <nav className="dev-names" aria-label={t('dev.calls')}>
          <SearchField label={t('dev.search')} value={q} onValue={setQ} />
          <ul className="dev-list">
            {found.map((one) => (
              <li key={one}>
                <button
                  type="button"
                  className="dev-name"
                  aria-current={one === name || undefined}
                  onClick={() => setName(one)}
                >
                  <span>{one}</span>
                  <span className="quiet">{contract[one].kind === 'query' ? t('dev.query') : t('dev.command')}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <EndpointForm key={name} name={name} />
        <EventLog />
      </div>
    </>
  )
}
