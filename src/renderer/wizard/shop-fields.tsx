import { readShopName } from '#shared/shop-name.ts'
import { useTranslation } from 'react-i18next'
import { SegmentedControl } from '../ui/choice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { SecretInput } from './secret-input.tsx'
import type { ShopDraft, ShopErrors } from './use-shop-form.ts'

interface Props {
  readonly draft: ShopDraft
  readonly errors: ShopErrors
  /** The button that asked for them is gone. */
  readonly takesFocus: boolean
  readonly onChange: (patch: Partial<ShopDraft>) => void
  /** The name of the shop is typed. */
  readonly onNamed: () => void
}

/** The name of the shop, with what Hudson makes of it at once, and one of the two ways in. */
export function ShopFields({ draft, errors, takesFocus, onChange, onNamed }: Props) {
  const { t } = useTranslation()
  const name = readShopName(draft.shop)
  const isEchoed = name.kind === 'shop' && name.host !== draft.shop
  return (
    <>
      <TextField
        label={t('wizard.shopify.shop')}
        hint={isEchoed ? t('wizard.shopify.echo', { shop: name.host }) : t('wizard.shopify.shopHint')}
        error={errors.shop}
        value={draft.shop}
        autoComplete="off"
        spellCheck={false}
        placeholder="mystore.myshopify.com"
        autoFocus={takesFocus}
        onValue={(shop) => onChange({ shop })}
        onBlur={onNamed}
      />
      <SegmentedControl
        label={t('wizard.shopify.access')}
        value={draft.access}
        options={(['grant', 'token'] as const).map((value) => ({ value, label: t(`wizard.shopify.ways.${value}`) }))}
        onValue={(access) => onChange({ access })}
      />
      {draft.access === 'grant' ? (
        <>
          <TextField
            label={t('wizard.shopify.clientId')}
            hint={t('wizard.shopify.clientIdHint')}
            error={errors.clientId}
            value={draft.clientId}
            autoComplete="off"
            spellCheck={false}
            onValue={(clientId) => onChange({ clientId })}
          />
          <SecretInput
            label={t('wizard.shopify.clientSecret')}
            hint={t('wizard.shopify.secretHint')}
            error={errors.clientSecret}
            value={draft.clientSecret}
            onValue={(clientSecret) => onChange({ clientSecret })}
          />
        </>
      ) : (
        <SecretInput
          label={t('wizard.shopify.token')}
          hint={t('wizard.shopify.tokenHint')}
          error={errors.token}
          value={draft.token}
          onValue={(token) => onChange({ token })}
        />
      )}
    </>
  )
}
