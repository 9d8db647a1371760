import { useQuery } from '@tanstack/react-query'
import { Popover } from '@base-ui/react/popover'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { HealthPanel } from './health-panel.tsx'
import { healthOf } from './health.ts'
import type { Health } from './health.ts'
import { HeldDeletions } from './held-deletions.tsx'
import { useConnected } from './use-connected.ts'
import './health.css'

/** Whether what is done here is kept, and whether the team has it: shape, word and colour. Opens what is behind it. */
export function HealthIndicator() {
  const { t, i18n } = useTranslation()
  const connected = useConnected()
  const { data: status } = useQuery(read('sync.status', {}))
  const [open, setOpen] = useState(false)
  const [looking, setLooking] = useState(false)
  const { data: trouble } = useQuery(read('trouble.state', {}))
  const health = healthOf(status, trouble)
  const text = connected ? wordOf(t, health, i18n.language) : t('health.word.notConnected')
  return (
    <>
      <span role="status" className="visually-hidden">
        {text}
      </span>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="health" aria-label={t('health.open', { state: text })}>
          <Badge kind={connected ? health.kind : 'bad'} shape={connected ? health.shape : '▲'}>
            {text}
          </Badge>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={8} align="end" className="menu-positioner">
            <Popover.Popup className="health-panel">
              <Popover.Title className="health-title">{t('health.title')}</Popover.Title>
              <HealthPanel
                connected={connected}
                onClose={() => setOpen(false)}
                onLook={() => {
                  setOpen(false)
                  setLooking(true)
                }}
              />
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <HeldDeletions open={looking} onClose={() => setLooking(false)} />
    </>
  )
}

function wordOf(t: TFunction, { word, count, progress }: Health, language: string): string {
  const number = (value: number): string => value.toLocaleString(language)
  if (progress) return t('health.word.receiving', { done: number(progress.done), total: number(progress.total) })
  if (word === 'onTheWay' || word === 'offlineWaiting') return t(`health.word.${word}`, { count: count ?? 0 })
  return t(`health.word.${word}` as 'health.word.shared')
}
