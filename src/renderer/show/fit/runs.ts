/** A piece of text in one weight. */
export interface Run {
  readonly text: string
  readonly bold: boolean
}

const MARKER = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/

/**
 * The talking points of a Markdown text: one per line, bulleted or not; an indented line goes on with the point above it.
 * Bold marks the key word; links keep their words only; pictures go; everything else, HTML too, stays as plain text.
 */
export function parsePoints(markdown: string): readonly (readonly Run[])[] {
  const points: string[] = []
  for (const line of markdown.split(/\r?\n/)) {
    const text = line
      .replace(MARKER, '')
      .replace(/^\s*(?:#{1,6}|>)\s+/, '')
      .trim()
    if (text === '' || /^([-*_]\s*){3,}$/.test(text)) continue
    const goesOn = points.length > 0 && /^(?:\s{2,}|\t)/.test(line) && !MARKER.test(line)
    points.push(goesOn ? `${points.pop() ?? ''} ${text}` : text)
  }
  return points.map(parseRuns).filter((runs) => runs.length > 0)
}

/** One line of Markdown as runs. */
export function parseRuns(text: string): readonly Run[] {
  const plain = text
    .replaceAll(/!\[([^\]]*)\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/`([^`]+)`/g, '$1')
  const runs: Run[] = []
  for (const [index, part] of plain.split(/\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__/).entries()) {
    // The split gives: plain, bold by stars, bold by underscores, plain, …
    if (part) runs.push({ text: withoutMarks(part), bold: index % 3 !== 0 })
  }
  return runs.filter((run) => run.text !== '')
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/(^|[\s(])[*_](?=\S)(.+?)(?<=\S)[*_](?=$|[\s).,;:!?])/g, '$1$2')
    .replaceAll(/\\([\\*_`[\]()#+.!-])/g, '$1')
    .replaceAll(/\s+/g, ' ')
}
