import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateTime, relativeTime } from '../format.ts'

/** "5 minutes ago"; the exact time on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const { i18n } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  // A change after the last tick must not lie in the future.
  const from = Math.max(now, Date.parse(at) > now && Date.parse(at) - now < 60_000 ? Date.parse(at) : now)
  return (
    <time dateTime={at} title={dateTime(at, i18n.language)}>
      {relativeTime(at, from, i18n.language)}
    </time>
  )
}
