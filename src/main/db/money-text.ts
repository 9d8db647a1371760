const MAX_CENTS = 1_000_000_000

/** Cents of an amount as Shopify writes it ("12.50"); null where there is none, undefined where it is something else. */
export function centsOf(text: string): number | null | undefined {
  if (text === '') return null
  const match = /^(\d{1,8})(?:\.(\d{1,2})0*)?$/.exec(text)
  if (!match) return undefined
  const cents = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return cents <= MAX_CENTS ? cents : undefined
}
