import type { Input, Output } from '#shared/contract.ts'
import type { Settings } from '#shared/settings.ts'
import { readShopName } from '#shared/shop-name.ts'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { focusWrong } from './step-frame.tsx'
import { useTrial } from './use-trial.ts'

/** What a person types to connect a shop. */
export interface ShopDraft {
  readonly shop: string
  /** How the shop lets us in. */
  readonly access: 'grant' | 'token'
  readonly clientId: string
  readonly clientSecret: string
  readonly token: string
}
type Field = Exclude<keyof ShopDraft, 'access'>
export type ShopErrors = Partial<Record<Field, string>>

/** The shop as it is typed, tested and stored: nothing is typed twice. */
export function useShopForm(settings: Settings['shopify'], onStored: () => void) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<ShopDraft>({
    shop: settings.shop ?? '',
    access: 'grant',
    clientId: settings.clientId ?? '',
    clientSecret: '',
    token: '',
  })
  const [missing, setMissing] = useState<ShopErrors>({})
  const { told, failure, isTesting, isStoring, ...trial } = useTrial({
    tries: (given: ShopDraft) => call('setup.testShopify', givenBy(given)),
    keep,
    onStored,
  })
  const ifWhole = (then: () => void): void => {
    const problems = problemsOf(t, draft)
    setMissing(problems)
    if (Object.keys(problems).length === 0) then()
    else focusWrong()
  }
  return {
    draft,
    told,
    isTesting,
    isStoring,
    set: (patch: Partial<ShopDraft>): void => {
      setDraft((before) => ({ ...before, ...patch }))
      setMissing({})
      trial.reset()
    },
    errors: { ...missing, ...atField(told) },
    /** What is wrong with no field of its own. */
    failure: failure?.message,
    test: () => ifWhole(() => trial.test(draft)),
    store: (anyway?: boolean) => ifWhole(() => trial.store(draft, anyway)),
    /** Says what is wrong with the name once it is typed. */
    look: (): void => {
      const { shop } = problemsOf(t, draft)
      if (shop !== undefined && draft.shop.trim() !== '') setMissing({ shop })
    },
  }
}

function givenBy({ shop, access, clientId, clientSecret, token }: ShopDraft): Input<'setup.testShopify'> {
  return { shop, ...(access === 'token' ? { token } : { clientId, clientSecret }) }
}

/** Of the two ways in, a token would win: the one that was not chosen goes. */
async function keep({ shop, access, clientId, clientSecret, token }: ShopDraft): Promise<void> {
  if (access === 'token') {
    await call('settings.update', { patch: { shopify: { shop } } })
    await call('secrets.set', { name: 'shopifyToken', value: token })
    return
  }
  await call('settings.update', { patch: { shopify: { shop, clientId } } })
  await call('secrets.set', { name: 'shopifyClientSecret', value: clientSecret })
  const { shopifyToken } = await call('secrets.status', {})
  if (shopifyToken.set && shopifyToken.protectedBy !== 'environment') {
    await call('secrets.clear', { name: 'shopifyToken' })
  }
}

function atField(told: Output<'setup.testShopify'> | undefined): ShopErrors {
  if (!told || told.ok || !told.field || !(told.field in fields)) return {}
  return { [told.field]: told.detail }
}

const fields: Readonly<Record<Field, true>> = { shop: true, clientId: true, clientSecret: true, token: true }

function problemsOf(t: TFunction, { shop, access, clientId, clientSecret, token }: ShopDraft): ShopErrors {
  const name = readShopName(shop)
  return {
    ...(name.kind === 'empty' && { shop: t('wizard.shopify.noShop') }),
    ...(name.kind === 'domain' && { shop: t('wizard.shopify.own', { host: name.host }) }),
    ...(name.kind === 'unreadable' && { shop: t('wizard.shopify.unreadable') }),
    ...(access === 'grant' && clientId.trim() === '' && { clientId: t('wizard.shopify.noId') }),
    ...(access === 'grant' && clientSecret.trim() === '' && { clientSecret: t('wizard.shopify.noSecret') }),
    ...(access === 'token' && token.trim() === '' && { token: t('wizard.shopify.noToken') }),
  }
}
