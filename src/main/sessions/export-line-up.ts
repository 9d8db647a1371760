import type { Output, Parsed } from '#shared/contract.ts'
import { formatCents } from '#shared/money.ts'
import type { LineupItem } from '#shared/sessions.ts'
import { readLineup } from '../db/lineup.ts'
import type { Db } from '../db/database.ts'
import type { DocumentsPort } from '../documents.ts'
import { csvFile } from '../sheets/write-csv.ts'
import { xlsxFile } from '../sheets/write-xlsx.ts'
import { sessionRow } from './session-read.ts'

export interface SaveDeps {
  readonly db: Db
  readonly documents: Pick<DocumentsPort, 'save'>
}

interface Column {
  readonly title: string
  /** In characters. */
  readonly width: number
  readonly of: (item: LineupItem) => string
}

/** What an export holds, in this order. The import knows the columns by these titles. */
const columns: readonly Column[] = [
  { title: 'Item id', width: 12, of: (item) => item.id },
  { title: 'Number', width: 8, of: (item) => String(item.number) },
  { title: 'Section', width: 16, of: (item) => item.section ?? '' },
  { title: 'Skip', width: 6, of: (item) => (item.skip ? 'yes' : 'no') },
  { title: 'SKU', width: 16, of: (item) => item.catalogue.sku ?? '' },
  { title: 'TikTok id', width: 22, of: (item) => item.catalogue.pid ?? '' },
  { title: 'Name', width: 36, of: (item) => item.name },
  { title: 'Price', width: 10, of: (item) => priceText(item.priceCents) },
  { title: 'Was', width: 10, of: (item) => priceText(item.compareAtPriceCents) },
  { title: 'Talking points', width: 60, of: (item) => item.talkingPointsMd },
  { title: 'Notes', width: 36, of: (item) => item.notes },
  { title: 'Product id', width: 12, of: (item) => item.productId },
]

/** lineup.export: what the show says, overrides included. */
export async function exportLineUp(db: Db, asked: Parsed<'lineup.export'>): Promise<Output<'lineup.export'>> {
  const { fileName, bytes } = await fileOf(db, asked)
  return { fileName, base64: bytes.toString('base64') }
}

/** lineup.saveExport */
export async function saveExport(
  { db, documents }: SaveDeps,
  asked: Parsed<'lineup.saveExport'>,
): Promise<Output<'lineup.saveExport'>> {
  return { savedAs: await documents.save(await fileOf(db, asked)) }
}

async function fileOf(
  db: Db,
  { sessionId, format }: Parsed<'lineup.export'>,
): Promise<{ fileName: string; bytes: Buffer }> {
  const { name, slug } = sessionRow(db, sessionId)
  const rows = readLineup(db, sessionId).map((item) => columns.map(({ of }) => of(item)))
  const titles = columns.map(({ title }) => title)
  const bytes = format === 'csv' ? csvFile([titles, ...rows]) : await xlsxFile(name, columns, rows)
  return { fileName: `${slug}-line-up.${format}`, bytes }
}

function priceText(cents: number | null): string {
  return cents === null ? '' : formatCents(cents)
}
