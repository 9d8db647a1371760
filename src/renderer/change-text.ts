import type { TFunction } from 'i18next'
import { moneyText } from './ui/money.ts'

/** A value of a product's field in a few words: prices as money, texts without their markup. */
export function changeText(t: TFunction, name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('activity.nothing')
  if (typeof value === 'number') return name.endsWith('Cents') ? moneyText(value) : String(value)
  if (Array.isArray(value)) return value.length === 0 ? t('activity.nothing') : value.join(', ')
  const text =
    typeof value === 'string'
      ? value
          .replaceAll(/<[^>]*>/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim()
      : ''
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
