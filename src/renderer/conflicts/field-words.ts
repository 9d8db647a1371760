import type { SessionStatus } from '#shared/sessions.ts'
import { formatCents } from '#shared/money.ts'
import type { TFunction } from 'i18next'
import { dateTime } from '../format.ts'

/** What turns a value into words. */
export interface Words {
  readonly t: TFunction
  readonly locale: string
}

const NAMES = [
  'alt',
  'barcode',
  'blank',
  'brandId',
  'clearAfterSeconds',
  'code',
  'color',
  'compareAtPriceCents',
  'deleted',
  'descriptionHtml',
  'handle',
  'highestNumber',
  'imageIndex',
  'itemId',
  'message',
  'mode',
  'name',
  'notes',
  'number',
  'numbersFrozenAt',
  'options',
  'order',
  'overrides.compareAtPriceCents',
  'overrides.name',
  'overrides.priceCents',
  'overrides.talkingPointsMd',
  'pid',
  'position',
  'priceCents',
  'primary',
  'productId',
  'scheduledAt',
  'section',
  'sessionId',
  'shopifyId',
  'sku',
  'skip',
  'status',
  'stock',
  'tags',
  'talkingPointsMd',
  'text',
  'title',
  'url',
] as const
const STATUSES: readonly SessionStatus[] = ['draft', 'ready', 'rehearsal', 'live', 'ended', 'archived']

/** What people call a field. One of a newer version keeps its own name. */
export function fieldName(t: TFunction, name: string): string {
  const known = NAMES.find((one) => one === name)
  return known === undefined ? name : t(`conflicts.fields.${known}`)
}

/** A value as people read it: money, times, yes and no, texts without their markup. */
export function valueText({ t, locale }: Words, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') {
    return t(name.startsWith('overrides.') ? 'conflicts.values.asInCatalogue' : 'conflicts.values.nothing')
  }
  if (typeof value === 'boolean') return t(value ? 'conflicts.values.yes' : 'conflicts.values.no')
  if (typeof value === 'number') return numberText(t, name, value)
  if (typeof value === 'string') return stringText({ t, locale }, name, value)
  if (Array.isArray(value)) return value.map((one: unknown) => valueText({ t, locale }, '', one)).join(', ')
  return Object.values(value)
    .map((one: unknown) => valueText({ t, locale }, '', one))
    .join(': ')
}

function numberText(t: TFunction, name: string, value: number): string {
  if (name.endsWith('Cents')) return formatCents(value)
  if (name === 'order') return t('conflicts.order.place', { place: value })
  if (name === 'imageIndex') return t('conflicts.live.picture', { number: value + 1 })
  return String(value)
}

function stringText({ t, locale }: Words, name: string, value: string): string {
  if (name.endsWith('At')) return dateTime(value, locale)
  if (name === 'descriptionHtml')
    return value
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  const status = name === 'status' || name === 'mode' ? STATUSES.find((one) => one === value) : undefined
  if (status !== undefined) return t(`sessions.status.${status}`)
  if (name === 'mode' && value === 'off') return t('show.mode.off')
  return value
}
