import * as z from 'zod'
import { ModelFailure } from './model-failure.ts'

const Answer = z.object({ points: z.array(z.string()) })
const MOST = 8
const LONGEST = 300

/**
 * The points in what a model answered: JSON as it was asked for, with a fence around it as some write it, or a plain list from models
 * that know no JSON. Throws a ModelFailure where there are none.
 */
export function readPoints(text: string): string[] {
  const points = (fromJson(text) ?? fromLines(text))
    .map((point) =>
      point
        .replaceAll(/\s+/g, ' ')
        .replace(/^(?:[-*•–]|\d{1,2}[.)])\s+/, '')
        .trim(),
    )
    .filter((point) => point !== '')
    .map((point) => (point.length > LONGEST ? `${point.slice(0, LONGEST - 1)}…` : point))
    .slice(0, MOST)
  if (points.length > 0) return points
  throw new ModelFailure('product', 'The model wrote no points for this product. Try again, or write them by hand.')
}

function fromJson(text: string): string[] | null {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  if (from < 0 || to <= from) return null
  try {
    const answer = Answer.safeParse(JSON.parse(text.slice(from, to + 1)))
    return answer.success ? answer.data.points : null
  } catch {
    // Not JSON after all.
    return null
  }
}

/** Only lines that are marked as points: a model that talks around them would otherwise be read aloud. */
function fromLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => /^\s*(?:[-*•–]|\d{1,2}[.)])\s+\S/.test(line))
    .map((line) => line.trim())
}
