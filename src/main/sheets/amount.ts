const MAX_CENTS = 1_000_000_000

/** What a cell says of money. */
export type Amount = { readonly cents: number | null } | { readonly problem: 'not-money' | 'unclear' | 'too-large' }

/**
 * Cents of an amount as people and spreadsheets write it: "12", "12.5", "€ 12,50", "1,299.00", "1.299,00", "1,299". A point
 * before three digits at the end groups in one country and divides in another: that is `unclear`, never guessed.
 */
export function readAmount(text: string): Amount {
  const bare = text.replaceAll(/[\s'’]/gu, '').replaceAll(/^[^\d.,-]{1,3}|[^\d.,]{1,3}$/gu, '')
  if (text.trim() === '') return { cents: null }
  if (/^\d{1,3}\.\d{3}$/.test(bare)) return { problem: 'unclear' }
  const match = /^(\d{1,3}(?:([.,])\d{3}(?:\2\d{3})*)?|\d+)(?:([.,])(\d{1,2})0*)?$/.exec(bare)
  // A separator cannot group and divide in one number.
  if (!match || (match[2] !== undefined && match[2] === match[3])) return { problem: 'not-money' }
  const cents = Number((match[1] ?? '').replaceAll(/[.,]/g, '')) * 100 + Number((match[4] ?? '').padEnd(2, '0'))
  return cents > MAX_CENTS ? { problem: 'too-large' } : { cents }
}
