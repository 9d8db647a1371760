import i18next from 'i18next'

/** What a person typed as a price: cents, nothing, or not a price. */
export type MoneyInput = { readonly cents: number | null } | { readonly problem: 'not-a-price' | 'too-large' }

const MOST = 1_000_000_000

/** Reads "12", "12.5", "12,50", "1.299,00" and "1,299.00", with or without a currency sign, as integer cents. */
export function parseMoney(text: string): MoneyInput {
  const bare = text.replaceAll(/[\s\u00a0\u202f']/g, '').replaceAll(/^[^\d.,-]{1,3}|[^\d.,]{1,3}$/g, '')
  if (bare === '') return text.trim() === '' ? { cents: null } : { problem: 'not-a-price' }
  const match = /^(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)?|\d+)(?:([.,])(\d{1,2}))?$/.exec(bare)
  // A separator cannot group and divide in one number.
  if (!match || (match[2] !== undefined && match[2] === match[3])) return { problem: 'not-a-price' }
  const cents = Number((match[1] ?? '').replaceAll(/[.,]/g, '')) * 100 + Number((match[4] ?? '').padEnd(2, '0'))
  return cents > MOST ? { problem: 'too-large' } : { cents }
}

/** Cents as people read them, in the language of the page. Without a currency: the catalogue does not name one. */
export function priceText(cents: number): string {
  const text = (cents / 100).toFixed(2)
  return i18next.language === 'de' ? text.replace('.', ',') : text
}

/** Cents as a field shows them for editing: "12.50", or nothing. */
export function moneyText(cents: number | null): string {
  return cents === null ? '' : priceText(cents)
}
