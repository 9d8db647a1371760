import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../api.ts'
import { Recovered } from './recovered.tsx'
import './trouble.css'

/** What was repaired last on this computer, also after it was read; nothing where nothing ever was. */
export function LastRecovery() {
  const { t } = useTranslation()
  const { data: report } = useQuery(read('recovery.last', {}))
  if (report?.repaired !== true) return null
  return (
    <section className="last-recovery" aria-labelledby="last-recovery">
      <h2 id="last-recovery">{t('trouble.recovery.last')}</h2>
      <Recovered report={report} />
    </section>
  )
}
