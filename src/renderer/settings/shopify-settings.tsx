import type { Settings } from '#shared/settings.ts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { ConnectionTest } from './connection-test.tsx'
import { LinkedSection } from './linked-section.tsx'
import { SecretField } from './secret-field.tsx'
import { SettingField } from './setting-field.tsx'

/** Which shop the catalogue comes from, and how it lets us in. */
export function ShopifySettings({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation()
  const { data: status } = useQuery(read('shopify.status', {}))
  const { data: secrets } = useQuery(read('secrets.status', {}))
  const isGiven =
    secrets?.shopifyToken.protectedBy === 'environment' || secrets?.shopifyClientSecret.protectedBy === 'environment'
  const words = { save: t('settings.shopify.save'), forget: t('settings.shopify.forget') }
  return (
    <LinkedSection id="shopify" title={t('settings.shopify.title')} hint={t('settings.shopify.hint')}>
      <dl className="settings-facts">
        <dt>{t('settings.shopify.state')}</dt>
        <dd aria-live="polite">
          {status?.problem ?? (status?.configured === true ? status.shop : t('settings.shopify.notSetUp'))}
        </dd>
        {status?.lastSyncAt && (
          <>
            <dt>{t('activity.lastSync')}</dt>
            <dd>
              <RelativeTime at={status.lastSyncAt} />
            </dd>
          </>
        )}
      </dl>
      {isGiven ? (
        <p className="field-hint">{t('settings.shopify.environment')}</p>
      ) : (
        <>
          <SettingField
            label={t('settings.shopify.shop')}
            hint={t('settings.shopify.shopHint')}
            value={settings.shopify.shop}
            placeholder="mystore.myshopify.com"
            patch={(shop) => ({ shopify: { shop } })}
          />
          <SettingField
            label={t('settings.shopify.clientId')}
            hint={t('settings.shopify.clientIdHint')}
            value={settings.shopify.clientId}
            patch={(clientId) => ({ shopify: { clientId } })}
          />
          <SecretField name="shopifyClientSecret" label={t('settings.shopify.clientSecret')} {...words} />
          <SecretField
            name="shopifyToken"
            label={t('settings.shopify.token')}
            hint={t('settings.shopify.tokenHint')}
            {...words}
          />
        </>
      )}
      <ConnectionTest
        label={t('settings.shopify.test')}
        busy={t('settings.shopify.testing')}
        test={() => call('setup.testShopify', {})}
      />
    </LinkedSection>
  )
}
