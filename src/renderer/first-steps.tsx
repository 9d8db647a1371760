import { useMutation } from '@tanstack/react-query'
import { FileUp, Sparkle, Store } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { call } from './api.ts'
import { Button } from './ui/button.tsx'
import { useToasts } from './ui/toasts.tsx'
import './first-steps.css'

/** What an empty Hudson offers: the own catalogue, or one to look around with. Leads to where the result is. */
export function FirstSteps() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const toasts = useToasts()
  const sample = useMutation({
    mutationFn: () => call('sample.load', {}),
    onSuccess: () => void navigate('/sessions'),
    onError: toasts.failed,
  })
  return (
    <section className="first-steps" aria-labelledby="first-steps-title">
      <h2 id="first-steps-title">{t('products.first.title')}</h2>
      <p className="quiet">{t('products.first.text')}</p>
      <Link className="button first-steps-setup" to="/welcome">
        {t('wizard.open')}
      </Link>
      <div className="first-steps-choices">
        <div className="first-steps-choice">
          <h3>{t('products.first.shopTitle')}</h3>
          <p className="quiet">{t('products.first.shopText')}</p>
          <Button onClick={() => void navigate('/settings#shopify')}>
            <Store aria-hidden />
            {t('products.first.shop')}
          </Button>
        </div>
        <div className="first-steps-choice">
          <h3>{t('products.first.importTitle')}</h3>
          <p className="quiet">{t('products.first.importText')}</p>
          <Button kind="primary" onClick={() => void navigate('/products?import')}>
            <FileUp aria-hidden />
            {t('products.first.import')}
          </Button>
        </div>
        <div className="first-steps-choice">
          <h3>{t('products.first.sampleTitle')}</h3>
          <p className="quiet">{t('products.first.sampleText')}</p>
          <Button disabled={sample.isPending} onClick={() => sample.mutate()}>
            <Sparkle aria-hidden />
            {t(sample.isPending ? 'products.first.loading' : 'products.first.sample')}
          </Button>
        </div>
      </div>
    </section>
  )
}
