import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import './empty-state.css'

const PATIENCE_MS = 300

/** Says that something takes its time, but not before 300 ms: what is faster needs no word. */
export function Waiting() {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return late ? (
    <p className="waiting" role="status">
      {t('ui.waiting')}
    </p>
  ) : null
}
