import type { Conflict, ConflictField } from '#shared/conflicts.ts'
import type { Input } from '#shared/contract.ts'
import { sameJson } from '#shared/live-patch.ts'
import * as z from 'zod'
import { writableAs } from './field-kinds.ts'
import { mergeTexts } from './merge-texts.ts'

// What a person has chosen so far about a conflict, and what they were looking at when they did. Choices stand only for what was
// seen: where a value changed since, its choice is taken back, and the change is told until the decision is made.

const Seen = z.object({ name: z.string(), base: z.unknown(), mine: z.unknown(), theirs: z.unknown() })
const Side = z.enum(['mine', 'theirs'])

/** A value that is another one than when it was looked at. */
const News = z.object({
  name: z.string(),
  side: z.enum(['base', 'mine', 'theirs']),
  old: z.unknown(),
  now: z.unknown(),
})
export type News = z.infer<typeof News>

export const Draft = z.object({
  version: z.string(),
  seen: z.array(Seen),
  choices: z.record(z.string(), z.enum(['mine', 'theirs', 'own'])),
  /** What was typed, by field: kept while another choice is looked at. */
  own: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  both: z.boolean(),
  news: z.array(News),
})
export type Draft = z.infer<typeof Draft>
export type Side = z.infer<typeof Side>

/** Nothing chosen yet. */
export function emptyDraft({ version, fields }: Conflict): Draft {
  return { version, seen: fields.map(seen), choices: {}, own: {}, both: false, news: [] }
}

function seen({ name, base, mine, theirs }: ConflictField): Draft['seen'][number] {
  return { name, base, mine, theirs }
}

/** Whether the conflict is one question, whatever number of fields it has. */
export function isWhole({ kind }: Conflict): boolean {
  return kind !== 'field'
}

/** The draft for the conflict as it is now. */
export function followed(draft: Draft, conflict: Conflict): Draft {
  if (draft.version === conflict.version) return draft
  const news = conflict.fields.flatMap((field) => newsOf(draft, field))
  const changed = new Set(news.map(({ name }) => name))
  const kept = Object.entries(draft.choices).filter(([name]) => !changed.has(name) && hasField(conflict, name))
  return {
    ...draft,
    version: conflict.version,
    seen: conflict.fields.map(seen),
    choices: isWhole(conflict) && changed.size > 0 ? {} : Object.fromEntries(kept),
    both: draft.both && changed.size === 0,
    news: merged(draft.news, news),
  }
}

function newsOf({ seen: before }: Draft, field: ConflictField): News[] {
  const old = before.find(({ name }) => name === field.name)
  if (!old) return []
  return (['base', 'mine', 'theirs'] as const)
    .filter((side) => !sameJson(old[side] ?? null, field[side] ?? null))
    .map((side) => ({ name: field.name, side, old: old[side] ?? null, now: field[side] ?? null }))
}

/** What was not told yet goes on from what was: from the first value to the last. */
function merged(told: readonly News[], news: readonly News[]): News[] {
  const all = new Map(told.map((one) => [`${one.side} ${one.name}`, one]))
  for (const one of news) {
    const key = `${one.side} ${one.name}`
    const old = all.get(key)
    all.set(key, old ? { ...one, old: old.old } : one)
  }
  return [...all.values()].filter(({ old, now }) => !sameJson(old, now))
}

function hasField({ fields }: Conflict, name: string): boolean {
  return fields.some((field) => field.name === name)
}

/** One side for every field. */
export function chosenAll(draft: Draft, { fields }: Conflict, side: Side): Draft {
  return { ...draft, both: false, choices: Object.fromEntries(fields.map(({ name }) => [name, side])) }
}

export function chosen(draft: Draft, name: string, choice: Side | 'own'): Draft {
  return { ...draft, both: false, choices: { ...draft.choices, [name]: choice } }
}

/** What was typed is what is chosen. */
export function written(draft: Draft, name: string, value: string | number | null): Draft {
  return { ...chosen(draft, name, 'own'), own: { ...draft.own, [name]: value } }
}

/** The side that all fields were chosen from; null where there is no such side. */
export function oneSideOf({ choices, both }: Draft, { fields }: Conflict): Side | null {
  if (both) return null
  const sides = new Set(fields.map(({ name }) => choices[name]))
  const [side] = sides
  return sides.size === 1 && side !== undefined && side !== 'own' ? side : null
}

type Decision = Pick<Input<'conflicts.resolve'>, 'keep' | 'choices'>

/** The decision as the core takes it; null where something is left to choose. */
export function decisionOf(draft: Draft, conflict: Conflict): Decision | null {
  if (draft.both) return { keep: 'both' }
  const side = oneSideOf(draft, conflict)
  if (side !== null) return { keep: side }
  if (isWhole(conflict) || missing(draft, conflict).length > 0) return null
  const values = conflict.fields.map(({ name }) => {
    const choice = draft.choices[name]
    return [name, choice === 'own' ? { value: ownValue(draft, name) } : (choice ?? 'mine')] as const
  })
  return { choices: Object.fromEntries(values) }
}

/** The fields that nothing was chosen for yet. */
export function missing({ choices }: Draft, { fields }: Conflict): readonly string[] {
  return fields.map(({ name }) => name).filter((name) => choices[name] === undefined)
}

/** An empty line is no name of its own: what it stands in for shows again. */
function ownValue({ own }: Draft, name: string): unknown {
  const value = own[name] ?? null
  if (typeof value !== 'string') return value
  const text = writableAs(name) === 'line' ? value.trim() : value
  return text === '' && isNullable(name) ? null : text
}

function isNullable(name: string): boolean {
  return name === 'section' || name.startsWith('overrides.')
}

/** Whether something was typed that nobody could guess again. */
export function hasTyped({ own }: Draft): boolean {
  return Object.values(own).some((value) => value !== null && value !== '')
}

/** A third value is chosen: what was typed before, else it starts with both changes together, or with the side that was chosen. */
export function withOwn(draft: Draft, field: ConflictField): Draft {
  const before = draft.own[field.name]
  if (before !== undefined) return chosen(draft, field.name, 'own')
  const start = togetherOf(field) ?? field[draft.choices[field.name] === 'theirs' ? 'theirs' : 'mine']
  return written(draft, field.name, typeof start === 'string' || typeof start === 'number' ? start : null)
}

/** A text with both sides' changes in it, where they do not touch. */
export function togetherOf({ base, mine, theirs }: ConflictField): string | null {
  if (typeof base !== 'string' || typeof mine !== 'string' || typeof theirs !== 'string') return null
  return mergeTexts(base, mine, theirs)
}
