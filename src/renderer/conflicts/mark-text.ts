import { diffWordsWithSpace } from 'diff'

/** A piece of a text beside another one. */
export interface Mark {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Texts that differ in more words than this are shown as one that replaced the other: marks would say nothing, and take long. */
const MOST_EDITS = 400

/** What became of a text, word by word. The pieces without the removed ones are `to`, those without the added ones `from`. */
export function markText(from: string, to: string): readonly Mark[] {
  if (from === to) return from === '' ? [] : [{ kind: 'same', text: to }]
  const changes = diffWordsWithSpace(from, to, { maxEditLength: MOST_EDITS })
  if (changes === undefined) return replaced(from, to)
  return joined(changes.map(({ added, removed, value }): Mark => ({ kind: kindOf({ added, removed }), text: value })))
}

/** A text whose words that the other one has not are marked: for two texts that nothing came before. */
export function markOwn(text: string, other: string): readonly Mark[] {
  return markText(other, text).filter(({ kind }) => kind !== 'removed')
}

function kindOf({ added, removed }: { readonly added: boolean; readonly removed: boolean }): Mark['kind'] {
  if (added) return 'added'
  return removed ? 'removed' : 'same'
}

function replaced(from: string, to: string): readonly Mark[] {
  return (
    [
      { kind: 'removed', text: from },
      { kind: 'added', text: to },
    ] as const
  ).filter(({ text }) => text !== '')
}

/** Words that changed one after the other are one change: the space between them says nothing by itself. */
function joined(marks: readonly Mark[]): readonly Mark[] {
  const found: Mark[] = []
  let run = { removed: '', added: '' }
  const end = (): void => {
    found.push(...replaced(run.removed, run.added))
    run = { removed: '', added: '' }
  }
  for (const [index, { kind, text }] of marks.entries()) {
    const next = marks[index + 1]
    const isGap =
      /^[^\S\n]+$/.test(text) && run.removed + run.added !== '' && next !== undefined && next.kind !== 'same'
    if (kind === 'removed' || isGap) run.removed += text
    if (kind === 'added' || isGap) run.added += text
    if (kind !== 'same' || isGap) continue
    end()
    found.push({ kind, text })
  }
  end()
  return found
}
