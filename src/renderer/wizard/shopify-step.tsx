import type { Output } from '#shared/contract.ts'
import type { Settings } from '#shared/settings.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { useAnnounce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { KeptSecret } from './kept-secret.tsx'
import { ShopFields } from './shop-fields.tsx'
import { focusNext, StepFrame } from './step-frame.tsx'
import { TestRow } from './test-row.tsx'
import { useShopForm } from './use-shop-form.ts'
import type { StepProps } from './way.ts'

/** The shop that the catalogue comes from. */
export function ShopifyStep({ way }: StepProps) {
  const { data: status } = useQuery(read('shopify.status', {}))
  const { data: secrets } = useQuery(read('secrets.status', {}))
  const { data: settings } = useQuery(read('settings.get', {}))
  if (!status || !secrets || !settings) return <Waiting />
  return <Step {...{ way, status, secrets }} settings={settings.shopify} />
}

interface Props extends StepProps {
  readonly status: Output<'shopify.status'>
  readonly secrets: Output<'secrets.status'>
  readonly settings: Settings['shopify']
}

function Step({ way, status, secrets, settings }: Props) {
  const { t } = useTranslation()
  const [replacing, setReplacing] = useState(false)
  const isAsked = !status.configured || replacing
  const form = useShopForm(settings, () => setReplacing(false))
  const { draft, errors, told, failure, isTesting, isStoring } = form
  const action = {
    label: t(isStoring ? 'wizard.secret.storing' : 'wizard.shopify.save'),
    isBusy: isTesting || isStoring,
    onAct: () => form.store(),
  }
  if (!isAsked) {
    return (
      <StepFrame way={way}>
        <Connected {...{ status, secrets }} onReplace={() => setReplacing(true)} />
      </StepFrame>
    )
  }
  return (
    <StepFrame way={way} skips action={action}>
      <ShopFields {...{ draft, errors }} takesFocus={replacing} onChange={form.set} onNamed={form.look} />
      {status.configured && (
        <Button
          kind="ghost"
          className="wizard-start"
          onClick={() => {
            setReplacing(false)
            focusNext()
          }}
        >
          {t('wizard.secret.keep')}
        </Button>
      )}
      <TestRow
        {...{ isTesting, told }}
        waiting={<p role="status">{t('wizard.shopify.asking')}</p>}
        saidAtField={Object.keys(errors).length > 0}
        onTest={form.test}
        onAnyway={() => form.store(true)}
      />
      {failure !== undefined && <p className="field-error">{failure}</p>}
    </StepFrame>
  )
}

function Connected({
  status,
  secrets,
  onReplace,
}: Omit<Props, 'way' | 'settings'> & { readonly onReplace: () => void }) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const test = useMutation({
    mutationFn: () => call('setup.testShopify', {}),
    onSuccess: ({ detail }) => announce(detail),
  })
  const { shopifyToken, shopifyClientSecret } = secrets
  const state = shopifyToken.set ? shopifyToken : shopifyClientSecret
  return (
    <>
      <KeptSecret {...{ state, onReplace }} variable="HUDSON_SHOPIFY_…">
        <p>{t('wizard.shopify.connected', { shop: status.shop ?? '' })}</p>
      </KeptSecret>
      <TestRow
        isTesting={test.isPending}
        waiting={<p role="status">{t('wizard.shopify.asking')}</p>}
        told={test.data}
        saidAtField={false}
        onTest={() => test.mutate()}
      />
      {test.error && <p className="field-error">{test.error.message}</p>}
    </>
  )
}
