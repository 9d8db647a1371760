import type { Output } from '#shared/contract.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { TextPart } from '../ui/text-part.tsx'
import { useToasts } from '../ui/toasts.tsx'

/** The reports that lie here: how many, what one looks like, and the way to be rid of them. */
export function CrashReports({ crashes }: { readonly crashes: Output<'crashes.list'> }) {
  const { t } = useTranslation()
  const { data: preview } = useQuery(read('crashes.preview', {}))
  const { items, waiting, dumps } = crashes
  const facts = [
    items.length === 0 ? t('care.privacy.none') : t('care.privacy.count', { count: items.length }),
    ...(waiting > 0 ? [t('care.privacy.waiting', { count: waiting })] : []),
    ...(dumps.count > 0 ? [t('care.privacy.dumps', { count: dumps.count })] : []),
  ]
  return (
    <>
      <dl className="settings-facts">
        <dt>{t('care.privacy.here')}</dt>
        <dd>
          {facts.join('; ')}. {t('care.privacy.kept')}
        </dd>
      </dl>
      {preview && (
        <TextPart
          title={t(preview.id === null ? 'care.privacy.sample' : 'care.privacy.latest')}
          note={t(preview.id === null ? 'care.privacy.exactlySample' : 'care.privacy.exactly')}
          text={preview.text}
        />
      )}
      {items.length + dumps.count > 0 && <DeleteAll />}
    </>
  )
}

function DeleteAll() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const [asking, setAsking] = useState(false)
  const clear = useMutation({
    mutationFn: () => call('crashes.clear', {}),
    onSuccess: ({ deleted }) => toasts.done(t('care.privacy.cleared', { count: deleted })),
    onError: toasts.failed,
  })
  return (
    <>
      <Button className="settings-button" disabled={clear.isPending} onClick={() => setAsking(true)}>
        {t('care.privacy.clear')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('care.privacy.clearTitle')}
        confirm={t('care.privacy.clearConfirm')}
        onConfirm={() => clear.mutate()}
        cancel={t('care.privacy.keep')}
      >
        <p>{t('care.privacy.clearText')}</p>
      </ConfirmDialog>
    </>
  )
}
