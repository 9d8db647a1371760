/** Cents of a price as it is typed: `12`, `12.5`, `1,234.50`, `12,50`, with or without a currency sign. Null = no price. */
export function parsePrice(text: string): number | null {
  const plain = text.replaceAll(/[\s'’€$£¥]/g, '')
  const match = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(plain)
  if (!match) return null
  const whole = Number((match[1] ?? '').replaceAll(/[.,]/g, ''))
  const cents = whole * 100 + Number((match[2] ?? '').padEnd(2, '0') || 0)
  return Number.isSafeInteger(cents) && cents <= 1_000_000_000 ? cents : null
}
