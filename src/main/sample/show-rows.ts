import { generateNKeysBetween } from 'fractional-indexing'
import { must } from '#shared/must.ts'
import type { LineupRow, PresetRow, SessionRow } from '../db/schema.ts'
import type { Unstamped } from '../db/write.ts'
import { sampleBrandId } from './product-rows.ts'
import { samplePresets } from './sample-shows.ts'
import type { SampleShow } from './sample-shows.ts'
import { stableId } from './stable-id.ts'

/** The id of a sample session. */
export function showId(show: SampleShow): string {
  return stableId('session', show.slug)
}

/** `now` is when it is loaded: the schedule counts from there. */
export function sessionRow(show: SampleShow, now: string): Unstamped<SessionRow> {
  return {
    id: showId(show),
    brand_id: sampleBrandId,
    name: show.name,
    slug: show.slug,
    notes: show.notes,
    code: show.code,
    status: show.status,
    status_before_archive: null,
    scheduled_at: show.inDays === null ? null : evening(now, show.inDays),
    numbers_frozen_at: null,
    highest_number: null,
  }
}

export function lineupRows(show: SampleShow): Unstamped<LineupRow>[] {
  const items = show.sections.flatMap(([section, slugs]) => slugs.map((slug) => ({ section, slug })))
  const keys = generateNKeysBetween(null, null, items.length)
  return items.map(({ section, slug }, index) => {
    const { overrides = {}, skip = false, notes = '' } = show.details[slug] ?? {}
    return {
      id: stableId('item', show.slug, slug),
      session_id: showId(show),
      product_id: stableId('product', slug),
      order_key: must(keys[index], 'a key for every item'),
      number: null,
      section,
      skip: skip ? 1 : 0,
      notes,
      override_name: overrides.name ?? null,
      override_talking_points_md: overrides.talkingPointsMd ?? null,
      override_price_cents: overrides.priceCents ?? null,
      override_compare_at_price_cents: overrides.compareAtPriceCents ?? null,
    }
  })
}

/** Behind the preset with the key `last`. */
export function presetRows(last: string | null): Unstamped<PresetRow>[] {
  const keys = generateNKeysBetween(last, null, samplePresets.length)
  return samplePresets.map(({ text, color, clearAfterSeconds }, index) => ({
    id: stableId('preset', text),
    text,
    color,
    clear_after_seconds: clearAfterSeconds,
    order_key: must(keys[index], 'a key for every preset'),
  }))
}

function evening(now: string, days: number): string {
  const at = new Date(now)
  at.setUTCDate(at.getUTCDate() + days)
  at.setUTCHours(18, 0, 0, 0)
  return at.toISOString()
}
