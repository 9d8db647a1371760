import i18next from 'i18next'

/** Seconds as `0:42`, `12:05` or `1:02:03`; a minus stands for what is over. */
export function durationText(seconds: number): string {
  const whole = Math.trunc(Math.abs(seconds))
  const hours = Math.trunc(whole / 3600)
  const minutes = Math.trunc(whole / 60) % 60
  const rest = String(whole % 60).padStart(2, '0')
  const text = hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
  return seconds <= -1 ? `−${text}` : text
}

/** The time of day: in the language of the page, in the way of this machine's region where it has one of that language. */
export function clockText(at: number): string {
  const { language } = i18next
  const regional = navigator.languages.find((one) => one.startsWith(language))
  return new Date(at).toLocaleTimeString(regional ?? language, { hour: '2-digit', minute: '2-digit' })
}
