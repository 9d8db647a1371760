/** Integer cents as people read them: `12.99`, in German `12,99`. Without a currency: the catalogue does not name one. */
export function formatCents(cents: number, language = 'en'): string {
  const whole = Math.trunc(Math.abs(cents) / 100)
  const rest = String(Math.abs(cents) % 100).padStart(2, '0')
  return `${cents < 0 ? '-' : ''}${whole}${language === 'de' ? ',' : '.'}${rest}`
}
