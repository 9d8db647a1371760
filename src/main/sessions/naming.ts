const LONGEST_SLUG = 60
const LONGEST_NAME = 200

/** A name for addresses: lower-case ASCII letters, digits and hyphens, with a number behind it where it is taken. */
export function slugOf(name: string, isTaken: (slug: string) => boolean): string {
  const base =
    name
      .replaceAll(/ß/g, 'ss')
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, LONGEST_SLUG)
      .replaceAll(/^-+|-+$/g, '') || 'session'
  return numbered((count) => (count === 1 ? base : `${base}-${count}`), isTaken)
}

/** "Copy of …", then "Copy 2 of …"; never a copy of a copy. */
export function copyName(name: string, isTaken: (name: string) => boolean): string {
  const original = name.replace(/^(?:Copy(?: \d+)? of )+/, '') || name
  return numbered(
    (count) => clip(count === 1 ? `Copy of ${original}` : `Copy ${count} of ${original}`, LONGEST_NAME),
    isTaken,
  )
}

/** `text`, cut with an ellipsis where it is longer; never through the middle of a character. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length >= length) break
    kept += character
  }
  return `${kept}…`
}

function numbered(make: (count: number) => string, isTaken: (made: string) => boolean): string {
  for (let count = 1; ; count++) {
    const made = make(count)
    if (!isTaken(made)) return made
  }
}
