/** "now", "5 minutes ago", "in 2 days": the distance from `now` to a time, in words. */
export function relativeTime(iso: string, now: number, locale: string): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
    ['year', 31_536_000],
    ['month', 2_592_000],
    ['week', 604_800],
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ]
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  if (!step) return words.format(0, 'second')
  return words.format(Math.trunc(seconds / step[1]), step[0])
}

/** Date and time as people write it, such as "22 Nov, 18:30". */
export function dateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(
    Date.parse(iso),
  )
}

/** The same with the day of the week and the year, for what is kept: "Friday, 27 November 2026 at 20:00". */
export function longDateTime(iso: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(Date.parse(iso))
}

/** How many millions of bytes, with a decimal where they are few: "0.4", "12", "1,204". */
export function megabytes(bytes: number, locale: string): string {
  const value = bytes / 1_000_000
  return value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })
}
