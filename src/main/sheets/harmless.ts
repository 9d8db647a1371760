/** What a spreadsheet would take for the beginning of a formula. */
const begins = /^'*[=+\-@\t\r]/

/**
 * A text that no spreadsheet calculates: one that would begin a formula gets an apostrophe in front. `asWritten` takes it off
 * again, so a text that has such apostrophes of its own gets one more.
 */
export function harmless(text: string): string {
  return begins.test(text) ? `'${text}` : text
}

/** For cells that say themselves that they are text: only what `asWritten` would change has to be marked. */
export function markedAsText(text: string): string {
  return text.startsWith("'") ? harmless(text) : text
}

/** The text that `harmless` was given. */
export function asWritten(cell: string): string {
  return cell.startsWith("'") && begins.test(cell) ? cell.slice(1) : cell
}
