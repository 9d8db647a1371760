import { CloudUpload, Split } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import './sync-marks.css'

interface Props {
  /** An edit of it is not confirmed by the team's database yet. */
  readonly pending: boolean
  /** An edit of it met another one, and nobody has decided. */
  readonly conflict?: boolean
}

/** How a row stands with the team: a shape each, with its words on hover and for screen readers. */
export function SyncMarks({ pending, conflict = false }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {conflict && <Mark kind="conflict" label={t('health.mark.conflict')} icon={Split} />}
      {pending && <Mark kind="pending" label={t('health.mark.pending')} icon={CloudUpload} />}
    </>
  )
}

interface MarkProps {
  readonly kind: 'pending' | 'conflict'
  readonly label: string
  readonly icon: typeof Split
}

function Mark({ kind, label, icon: Icon }: MarkProps) {
  return (
    <span className="sync-mark" data-kind={kind} role="img" aria-label={label} title={label}>
      <Icon aria-hidden />
    </span>
  )
}
