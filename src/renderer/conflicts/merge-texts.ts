import { markText } from './mark-text.ts'

/** A part of the text that was, and what stands there instead. */
interface Change {
  readonly from: number
  readonly to: number
  readonly text: string
}

/** Both sides' changes of one text together; null where they touch, and only a person knows what is meant. */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  const own = changesOf(base, mine)
  const others = changesOf(base, theirs)
  if (own.some((a) => others.some((b) => a.from <= b.to && b.from <= a.to))) return null
  return [...own, ...others]
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, change) => text.slice(0, change.from) + change.text + text.slice(change.to), base)
}

function changesOf(base: string, text: string): readonly Change[] {
  const changes: Change[] = []
  let at = 0
  for (const mark of markText(base, text)) {
    const last = changes.at(-1)
    if (mark.kind === 'removed') {
      changes.push({ from: at, to: at + mark.text.length, text: '' })
    } else if (mark.kind === 'added') {
      // What replaces something follows it.
      if (last?.to === at && last.text === '') changes[changes.length - 1] = { ...last, text: mark.text }
      else changes.push({ from: at, to: at, text: mark.text })
    }
    if (mark.kind !== 'added') at += mark.text.length
  }
  return changes
}
