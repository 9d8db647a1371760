import { useQuery } from '@tanstack/react-query'
import { GitFork } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../../api.ts'

/** Says that the team has something to decide, and leads there. Nothing opens by itself: a show goes first. */
export function ConflictLink() {
  const { t } = useTranslation()
  const { data } = useQuery(read('sync.status', {}))
  const count = data?.conflicts ?? 0
  if (count === 0) return null
  return (
    <Link className="button conflict-link" to="/conflicts" title={t('conflicts.fromShowHint')}>
      <GitFork aria-hidden /> {t('conflicts.fromShow', { count })}
    </Link>
  )
}
