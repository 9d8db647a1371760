import type { LineupItem, SessionDetail } from '#shared/sessions.ts'

/** An item of a line-up, with what a test says of it. */
export function itemOf(id: string, over: Partial<LineupItem> = {}): LineupItem {
  const catalogue = {
    name: `Name ${id}`,
    priceCents: 8_900,
    compareAtPriceCents: null,
    talkingPointsMd: '- one',
    sku: null,
    pid: null,
    status: 'active' as const,
    brandName: 'Brand',
  }
  return {
    id,
    sessionId: 's',
    number: 1,
    productId: `p-${id}`,
    name: catalogue.name,
    priceCents: catalogue.priceCents,
    compareAtPriceCents: null,
    talkingPointsMd: catalogue.talkingPointsMd,
    section: null,
    skip: false,
    overrides: {},
    notes: '',
    catalogue,
    images: [],
    imageCount: 1,
    sizes: null,
    pending: false,
    conflict: false,
    ...over,
  }
}

export function sessionOf(items: readonly LineupItem[], over: Partial<SessionDetail> = {}): SessionDetail {
  return {
    id: 's',
    name: 'Session',
    brand: null,
    status: 'draft',
    scheduledAt: null,
    itemCount: items.length,
    thumbnails: [],
    updatedAt: '2026-01-01T00:00:00Z',
    pending: false,
    conflicts: 0,
    slug: 'session',
    notes: '',
    code: '',
    numbersFrozen: false,
    createdAt: '2026-01-01T00:00:00Z',
    items: items.map((item, index) => ({ ...item, number: index + 1 })),
    ...over,
  }
}
