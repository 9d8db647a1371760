import type { LineupItem, LineupPatch, SessionDetail } from '#shared/sessions.ts'
import type { MoveTarget } from '../move-plan.ts'

/** What a move makes of a line-up, before the core answers. */
export function moved(session: SessionDetail, ids: readonly string[], { after, section }: MoveTarget): SessionDetail {
  const block = session.items.filter(({ id }) => ids.includes(id)).map((item) => ({ ...item, section }))
  const rest = session.items.filter(({ id }) => !ids.includes(id))
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1
  return withItems(session, rest.toSpliced(at, 0, ...block))
}

export function patched(session: SessionDetail, ids: readonly string[], patch: LineupPatch): SessionDetail {
  return withItems(
    session,
    session.items.map((item) => (ids.includes(item.id) ? patchItem(item, patch) : item)),
  )
}

export function without(session: SessionDetail, ids: readonly string[]): SessionDetail {
  return withItems(
    session,
    session.items.filter(({ id }) => !ids.includes(id)),
  )
}

/** Numbers follow the order until they are frozen. Items that stay as they are keep their identity. */
function withItems(session: SessionDetail, items: readonly LineupItem[]): SessionDetail {
  const numbered = items.map((item, index) =>
    session.numbersFrozen || item.number === index + 1 ? item : { ...item, number: index + 1 },
  )
  return { ...session, items: numbered, itemCount: numbered.length }
}

function patchItem(item: LineupItem, { section, skip, notes, overrides: changes = {} }: LineupPatch): LineupItem {
  const overrides = Object.fromEntries(
    Object.entries({ ...item.overrides, ...changes }).filter(([, value]) => value !== null && value !== undefined),
  ) as LineupItem['overrides']
  const { catalogue } = item
  return {
    ...item,
    section: section === undefined ? item.section : section,
    skip: skip ?? item.skip,
    notes: notes ?? item.notes,
    overrides,
    name: overrides.name ?? catalogue.name,
    priceCents: overrides.priceCents ?? catalogue.priceCents,
    compareAtPriceCents: overrides.compareAtPriceCents ?? catalogue.compareAtPriceCents,
    talkingPointsMd: overrides.talkingPointsMd ?? catalogue.talkingPointsMd,
  }
}
