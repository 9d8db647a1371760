import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { HeldDeletion } from '#shared/sync.ts'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'

interface Props {
  readonly open: boolean
  readonly onClose: () => void
}

/** What a mass deletion by others would remove here, by name, and the two ways out. Closing it decides nothing. */
export function HeldDeletions({ open, onClose }: Props) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { data, error } = useQuery({ ...read('sync.held', {}), enabled: open })
  const decide = useMutation({
    mutationFn: (accept: boolean) => call('sync.consent', { accept }),
    onSuccess: (_status, accept) => {
      onClose()
      toasts.info(t(accept ? 'health.held.accepted' : 'health.held.declined'))
    },
    onError: toasts.failed,
  })
  const deletions = data?.deletions ?? []
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('health.held.title')}
      description={t('health.held.text')}
      actions={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t('health.held.later')}
          </Button>
          <Button disabled={!data || decide.isPending} onClick={() => decide.mutate(true)}>
            {t('health.held.accept')}
          </Button>
          <Button kind="primary" disabled={!data || decide.isPending} onClick={() => decide.mutate(false)}>
            {t('health.held.decline')}
          </Button>
        </>
      }
    >
      {error && <p role="alert">{error.message}</p>}
      {(['sessions', 'products', 'brands'] as const).map((kind) => (
        <Names
          key={kind}
          title={t(`health.held.kinds.${kind}`)}
          rows={deletions.filter((row) => row.entity === kind)}
          onOpen={onClose}
        />
      ))}
    </Dialog>
  )
}

interface NamesProps {
  readonly title: string
  readonly rows: readonly HeldDeletion[]
  /** One of them is looked at. */
  readonly onOpen: () => void
}

function Names({ title, rows, onOpen }: NamesProps) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="quiet tabular">{rows.length}</span>
      </h3>
      <ul className="health-names">
        {rows.map(({ id, name, entity }) => (
          <li key={id}>
            {entity === 'brands' ? (
              name
            ) : (
              <Link to={`/${entity}/${id}`} onClick={onOpen}>
                {name}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
