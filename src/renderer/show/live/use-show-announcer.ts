import type { LiveState } from '#shared/live.ts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../ui/announcer.tsx'

/** Tells screen readers what is on air, and on a host display what the producer says. */
export function useShowAnnouncer(state: LiveState | null, { messages }: { readonly messages: boolean }): void {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const card = state?.card
  const onAir = card ? t('show.announce', { number: card.number, total: state.total, name: card.name }) : ''
  useEffect(() => {
    if (onAir) announce(onAir)
  }, [announce, onAir])
  const message = messages ? (state?.message?.text ?? '') : ''
  useEffect(() => {
    if (message) announce(t('show.host.messageSays', { text: message }), 'assertive')
  }, [announce, message, t])
}
