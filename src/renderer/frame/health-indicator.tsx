import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/badge.tsx'
import { useConnected } from './use-connected.ts'

/** Whether what is done here is kept: shape, word and colour. */
export function HealthIndicator() {
  const { t } = useTranslation()
  const connected = useConnected()
  return (
    <span role="status" className="health">
      {connected ? (
        <Badge kind="ok" shape="●">
          {t('frame.saved')}
        </Badge>
      ) : (
        <Badge kind="bad" shape="▲" title={t('frame.notConnectedHint')}>
          {t('frame.notConnected')}
        </Badge>
      )}
    </span>
  )
}
