/** The entries of a pasted text: each ends at a new line, comma, semicolon or tab. Empty ones are left out. */
export function pasteEntries(text: string): string[] {
  return text
    .split(/[\r\n,;\t\u2028\u2029]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** The ways in which an entry may be read, best first: as it stands, and without the quotes that a spreadsheet puts around. */
export function readingsOf(entry: string): string[] {
  const bare = /^(["'“”„‘’])(.+)["'“”‘’]$/.exec(entry)?.[2]?.trim()
  return bare === undefined || bare === '' ? [entry] : [entry, bare]
}

/** The pieces of an entry that matched nothing as a whole; empty where it has no space. */
export function piecesOf(entry: string): string[] {
  const pieces = entry.split(/\s+/).filter((piece) => piece !== '')
  return pieces.length > 1 ? pieces : []
}
