/**
 * What search compares: letters without their case, composed. NUL and lone surrogates, which SQLite cannot keep in an
 * index, become the replacement character on both sides.
 */
export function fold(text: string): string {
  const folded = isPlain.test(text) ? text.toLowerCase() : text.normalize('NFC').toWellFormed().toLowerCase()
  // A capital sigma becomes another small letter at the end of a word than within it.
  return isPlain.test(folded) ? folded : folded.replaceAll('ς', 'σ').replaceAll('\0', '\uFFFD')
}

const isPlain = /^[\t\n\r -~]*$/

/** The words of a query, folded. All of them must be found; none holds white space. */
export function wordsOf(query: string): string[] {
  return [...new Set(fold(query).split(/\s+/u))].filter((word) => word !== '')
}

/** The fields of one product as lines of one text, so that no word of a query reaches from one field into the next. */
export function searchText(fields: readonly (string | null)[]): string {
  const lines = fields.filter((field) => field !== null && field !== '')
  const text = lines.join('\n')
  // Where all are plain, as nearly always, folding them together is the same.
  return isPlain.test(text) ? text.toLowerCase() : lines.map((line) => fold(line ?? '')).join('\n')
}

/** The token of a letter or a pair: its code points in hex, with an x between them. */
export function token(gram: string): string {
  return Array.from(gram, (letter) => (letter.codePointAt(0) ?? 0).toString(16)).join('x')
}

/**
 * Up to `most` pieces of `length` letters of a word, side by side, and its last: together they cover its begin and its end.
 * Those that overlap would cost as much and narrow little. None of a shorter word.
 */
export function pieces(word: string, length: number, most: number): string[] {
  const letters = Array.from(word)
  const last = letters.length - length
  if (last < 0) return []
  const starts = Array.from({ length: Math.ceil(last / length) }, (_, index) => index * length).slice(0, most - 1)
  return [...starts, last].map((start) => letters.slice(start, start + length).join(''))
}
