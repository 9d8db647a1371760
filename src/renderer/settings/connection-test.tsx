import { useMutation } from '@tanstack/react-query'
import { Button } from '../ui/button.tsx'

interface Props {
  readonly label: string
  readonly busy: string
  readonly test: () => Promise<{ readonly ok: boolean; readonly detail: string }>
}

/** Tries a connection as it is set up, and says what came of it. */
export function ConnectionTest({ label, busy, test }: Props) {
  const run = useMutation({ mutationFn: test })
  const told = run.data
  return (
    <div className="settings-join">
      <Button className="settings-button" disabled={run.isPending} onClick={() => run.mutate()}>
        {run.isPending ? busy : label}
      </Button>
      <p role="status" className={told && !told.ok ? 'field-error' : undefined}>
        {told && (told.ok ? `● ${told.detail}` : `▲ ${told.detail}`)}
        {run.error?.message}
      </p>
    </div>
  )
}
