import type { Run } from './runs.ts'

export type Weight = 500 | 600 | 700
/** The width of a text in em. The port to the browser's text measuring; exact and the same for the same text. */
export type Measure = (text: string, weight: Weight) => number

/** What may not be broken: a word, with the space that stands before it inside a line. */
export interface Word {
  readonly runs: readonly Run[]
  readonly width: number
  /** 0 where the word follows a hyphen or another word without a space. */
  readonly space: number
}
export type Line = readonly Run[]

export interface Weights {
  readonly regular: Weight
  readonly bold: Weight
}

/** Cuts runs into words and measures each once; wrapping at any size is arithmetic from then on. */
export function measureWords(runs: readonly Run[], measure: Measure, weights: Weights): readonly Word[] {
  const words: { runs: Run[]; width: number; space: number }[] = []
  let space = 0
  let glue = false
  for (const run of runs) {
    const weight = run.bold ? weights.bold : weights.regular
    for (const piece of run.text.split(/(\s+)|(?<=[-–—/])(?=\p{L})/u)) {
      if (!piece) continue
      if (/^\s+$/.test(piece)) {
        space = measure(' ', weight)
        glue = false
        continue
      }
      const width = measure(piece, weight)
      const last = words.at(-1)
      if (glue && last && !/[-–—/]$/.test(last.runs.at(-1)?.text ?? '')) {
        last.runs.push({ text: piece, bold: run.bold })
        last.width += width
      } else {
        words.push({ runs: [{ text: piece, bold: run.bold }], width, space: words.length === 0 ? 0 : space })
      }
      space = 0
      glue = true
    }
  }
  return words
}

/** Greedy lines of at most `max` em. A word that is wider than a line is cut between characters. */
export function wrapWords(words: readonly Word[], max: number): readonly Line[] {
  const lines: Run[][] = []
  let width = 0
  for (const word of words.flatMap((one) => (one.width > max ? cutWord(one, max) : [one]))) {
    const line = lines.at(-1)
    if (line && width + word.space + word.width <= max) {
      append(line, word)
      width += word.space + word.width
    } else {
      lines.push([])
      append(lines.at(-1) ?? [], { ...word, space: 0 })
      width = word.width
    }
  }
  return lines
}

function append(line: Run[], word: Word): void {
  for (const [index, run] of word.runs.entries()) {
    const text = index === 0 && word.space > 0 ? ` ${run.text}` : run.text
    const last = line.at(-1)
    if (last && last.bold === run.bold) line.splice(-1, 1, { text: last.text + text, bold: last.bold })
    else line.push({ text, bold: run.bold })
  }
}

/** Characters are taken as equally wide here, with a tenth to spare: only very long words come this way. */
function cutWord(word: Word, max: number): Word[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const count = word.runs.reduce((sum, run) => sum + [...segmenter.segment(run.text)].length, 0)
  const each = (word.width / Math.max(1, count)) * 1.1
  const perLine = Math.max(1, Math.floor(max / each))
  return word.runs.flatMap((run, runIndex) => {
    const characters = [...segmenter.segment(run.text)].map(({ segment }) => segment)
    const pieces: Word[] = []
    for (let at = 0; at < characters.length; at += perLine) {
      const text = characters.slice(at, at + perLine).join('')
      const width = Math.min(max, each * Math.min(perLine, characters.length - at))
      pieces.push({ runs: [{ text, bold: run.bold }], width, space: runIndex === 0 && at === 0 ? word.space : 0 })
    }
    return pieces
  })
}

/** At most `count` lines; what is left out is marked by an ellipsis. */
export function clampLines(lines: readonly Line[], count: number): readonly Line[] {
  if (lines.length <= count) return lines
  const kept = lines.slice(0, count)
  const last = kept.at(-1) ?? []
  const text = last.map((run) => run.text).join('')
  return [
    ...kept.slice(0, -1),
    [{ text: `${text.replace(/\s*\S*$/, '') || text.slice(0, -2)} …`, bold: last[0]?.bold ?? false }],
  ]
}
