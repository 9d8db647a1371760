import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { subscribe } from '../api.ts'
import { Button } from '../ui/button.tsx'

interface Heard {
  readonly key: number
  readonly at: string
  readonly text: string
}

const KEPT = 200

/** What the core announces while this page is open, newest first. */
export function EventLog() {
  const { t } = useTranslation()
  const [heard, setHeard] = useState<readonly Heard[]>([])
  useEffect(
    () =>
      subscribe('client:desktop', (event) => {
        const at = new Date().toISOString().slice(11, 23)
        setHeard((before) =>
          [{ key: (before[0]?.key ?? 0) + 1, at, text: JSON.stringify(event) }, ...before].slice(0, KEPT),
        )
      }),
    [],
  )
  return (
    <section className="dev-events" aria-label={t('dev.events')}>
      <div className="field-head">
        <h2>{t('dev.events')}</h2>
        <Button kind="ghost" disabled={heard.length === 0} onClick={() => setHeard([])}>
          {t('dev.clear')}
        </Button>
      </div>
      {heard.length === 0 && <p className="quiet">{t('dev.noEvents')}</p>}
      <ol className="dev-heard">
        {heard.map(({ key, at, text }) => (
          <li key={key}>
            <span className="quiet tabular">{at}</span> {text}
          </li>
        ))}
      </ol>
    </section>
  )
}
