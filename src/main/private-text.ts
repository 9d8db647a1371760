// What tells about people, products and shops, in texts that were written for us: errors and log lines. Secrets are another
// matter: those are taken out first, by the redaction of the log.

const forms: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  // A path of the program itself is what a report is for; what stands before it tells of the computer.
  [/(?:file:\/\/|app:\/\/hudson|https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)(?=\/)/gi, ''],
  [/(?:[A-Za-z]:)?[\\/](?:[^\s()'"`<>|]*[\\/])?((?:out|app\.asar|assets|src|node_modules)[\\/])/g, '$1'],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[address]'],
  [/\bhttps?:\/\/[^\s"'<>)]+/gi, '[link]'],
  [/\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|tech|dev|cloud|de|eu|uk|fr|at|ch)\b(?::\d+)?/g, '[host]'],
  // Names stand in quotes. Straight single ones hold names of code, which are one word.
  [/"(?:[^"\\\n]|\\.)*"|“[^”\n]*”|„[^“\n]*“/g, '"…"'],
  [/'([^'\n]*)'/g, (whole, inner = '') => (/^[\w$.#:/-]{0,60}$/.test(inner) ? whole : "'…'")],
  [/(?:~|\/(?:home|Users|root|tmp|var|mnt|media|Volumes)|[A-Za-z]:\\Users)[\\/][^\s()'"`,;:]*/g, '[path]'],
]

/** Fields whose value is what people wrote. */
const written = /^(title|label|notes|text|description|device|address)$/

/** The text without links, paths, mail addresses, and what stands in quotes. */
export function withoutNames(text: string): string {
  let clean = text
  for (const [form, instead] of forms) clean = clean.replace(form, instead as string)
  return clean
}

/** The same in every text of plain data; what people wrote is left out by its field. */
export function withoutNamesIn(value: unknown): unknown {
  if (typeof value === 'string') return withoutNames(value)
  if (Array.isArray(value)) return value.map(withoutNamesIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      written.test(key) && typeof one === 'string' ? '[left out]' : withoutNamesIn(one),
    ]),
  )
}
