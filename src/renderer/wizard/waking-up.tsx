import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** As long as the core waits for a database that sleeps. */
const LONGEST_S = 15
/** One that is awake has answered by then. */
const PATIENCE_S = 2

/** What goes on while a database is asked: one that takes long is probably asleep. */
export function WakingUp() {
  const { t } = useTranslation()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => Math.min(before + 1, LONGEST_S)), 1_000)
    return () => clearInterval(timer)
  }, [])
  const isLong = seconds >= PATIENCE_S
  return (
    <div className="wizard-waking">
      <p role="status">{isLong ? t('wizard.team.waking', { seconds: LONGEST_S }) : t('wizard.team.asking')}</p>
      {isLong && (
        <p className="wizard-progress" aria-hidden>
          <progress value={seconds} max={LONGEST_S} />
          <span className="tabular">{t('wizard.team.seconds', { seconds })}</span>
        </p>
      )}
    </div>
  )
}
