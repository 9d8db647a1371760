import type { ImportReport } from '#shared/library.ts'

const SHOWN = 50

/** What an import did (or would do), for a person at a terminal. */
export function describeImport(report: ImportReport): string {
  const { found } = report
  const did = report.dryRun ? 'Would change' : 'Imported'
  return [
    `Found ${count(found.products, 'product')}, ${count(found.variants, 'variant')}, ` +
      `${count(found.images, 'picture')}, ${count(found.brands, 'brand')}.`,
    `${did}: ${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged.`,
    ...lines('Left out', report.skipped),
    ...lines('Look at', report.warnings),
  ].join('\n')
}

function lines(title: string, entries: ImportReport['skipped']): string[] {
  if (entries.length === 0) return []
  const shown = entries.slice(0, SHOWN).map(({ line, reason }) => `  line ${line}: ${reason}`)
  const more = entries.length > SHOWN ? [`  … and ${entries.length - SHOWN} more`] : []
  return [`${title}: ${count(entries.length, 'line')}`, ...shown, ...more]
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`
}
