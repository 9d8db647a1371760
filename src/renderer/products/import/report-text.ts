import type { ImportReport } from '#shared/library.ts'
import type { TFunction } from 'i18next'

const named = [
  'name',
  'descriptionHtml',
  'brand',
  'priceCents',
  'compareAtPriceCents',
  'sku',
  'status',
  'tags',
  'handle',
  'source',
  'variants',
  'images',
] as const

/** The words for what of a product changes; `other` where the core names something that is new to this page. */
export function changeKeys(name: string): `products.changes.${(typeof named)[number] | 'other'}` {
  return `products.changes.${named.find((one) => one === name) ?? 'other'}`
}

/** The whole report as text, for a message to whoever keeps the shop. */
export function reportText(
  report: ImportReport,
  { fileName, t }: { readonly fileName: string; readonly t: TFunction },
): string {
  const { created, updated, unchanged, skipped, warnings, dryRun } = report
  const lines = (remarks: ImportReport['skipped']): string[] =>
    remarks.map(({ line, reason }) => `${t('ui.line', { line })}: ${reason}`)
  return [
    `${fileName} (${t(dryRun ? 'products.import.textPreview' : 'products.import.textDone')})`,
    `${t(dryRun ? 'products.import.toCreate' : 'products.import.created')}: ${String(created)}`,
    `${t(dryRun ? 'products.import.toUpdate' : 'products.import.updated')}: ${String(updated)}`,
    `${t('products.import.unchanged')}: ${String(unchanged)}`,
    `${t('products.import.skipped')}: ${String(skipped.length)}`,
    ...(skipped.length > 0
      ? ['', t('products.import.skippedTitle', { count: skipped.length }), ...lines(skipped)]
      : []),
    ...(warnings.length > 0
      ? ['', t('products.import.warningsTitle', { count: warnings.length }), ...lines(warnings)]
      : []),
    '',
  ].join('\n')
}
