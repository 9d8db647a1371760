import type { LineupField, LineupImportReport, LineupMapping } from '#shared/sessions.ts'
import { readAmount } from '../sheets/amount.ts'
import { cellOf } from '../sheets/sheet.ts'
import type { SheetRow } from '../sheets/sheet.ts'

export type ImportProblem = LineupImportReport['problems'][number]

/** What a row says of an item. What is absent is not said: an empty cell changes nothing. */
export interface RowValues {
  readonly section?: string
  readonly skip?: boolean
  readonly notes?: string
  readonly name?: string | undefined
  readonly priceCents?: number
  /** 0 shows no "was" price. */
  readonly wasCents?: number
  readonly points?: string
}

/** A row of a file that can be used. */
export interface ImportRow {
  readonly line: number
  /** What people know it by. */
  readonly text: string
  readonly keys: Readonly<Partial<Record<'itemId' | 'sku' | 'pid' | 'productId' | 'name', string>>>
  readonly number: number | null
  readonly values: RowValues
  /** Columns that are read and empty here. */
  readonly empty: readonly LineupField[]
}

/** How long texts may be, as for the edits of a line-up. */
const longest: Partial<Readonly<Record<LineupField, number>>> = {
  name: 300,
  section: 120,
  notes: 5_000,
  points: 20_000,
}

/** Reads one row; what is wrong with it stands with its field, all of it. */
export function readRow(row: SheetRow, mapping: LineupMapping): ImportRow | readonly ImportProblem[] {
  const { line } = row
  const fields = Object.keys(mapping) as LineupField[]
  const cell = (field: LineupField): string => textOf(cellOf(row, mapping[field]), field)
  const problems = fields.flatMap((field): ImportProblem[] => {
    const reason = problemOf(field, cell(field))
    return reason === null ? [] : [{ line, field, reason }]
  })
  const keys = Object.fromEntries(keyFields.map((field) => [field, cell(field)]).filter(([, text]) => text !== ''))
  if (Object.keys(keys).length === 0) {
    problems.push({
      line,
      field: null,
      reason: 'There is no SKU, id or name, so it is not clear which product this is.',
    })
  }
  if (problems.length > 0) return problems
  return {
    line,
    text: ['name', 'sku', 'pid', 'productId', 'itemId'].map((key) => keys[key]).find((one) => one !== undefined) ?? '',
    keys,
    number: cell('number') === '' ? null : Number(cell('number')),
    values: valuesOf(cell),
    empty: fields.filter((field) => cell(field) === ''),
  }
}

const keyFields = ['itemId', 'sku', 'pid', 'productId', 'name'] as const

function textOf(cell: string, field: LineupField): string {
  const text = cell.replaceAll(/\r\n?/g, '\n').trim()
  // What is one line here may have been broken in a narrow column.
  return field === 'points' || field === 'notes' ? text : text.replaceAll(/\s*\n\s*/g, ' ')
}

const yes = /^(yes|y|true|1|x|skip|skipped)$/i
const no = /^(no|n|false|0)$/i

function problemOf(field: LineupField, text: string): string | null {
  const max = longest[field]
  if (max !== undefined && text.length > max) return `This has ${text.length} characters; at most ${max} fit.`
  if (text === '') return null
  if (field === 'number' && !/^\d{1,6}(\.0+)?$/.test(text)) return `"${shown(text)}" is not a number of an item.`
  if (field === 'skip' && !yes.test(text) && !no.test(text)) return `"${shown(text)}" is neither yes nor no.`
  return field === 'price' || field === 'was' ? moneyProblem(text) : null
}

function moneyProblem(text: string): string | null {
  const amount = readAmount(text)
  return 'problem' in amount ? moneyProblems[amount.problem](shown(text)) : null
}

const moneyProblems: Readonly<Record<'unclear' | 'too-large' | 'not-money', (text: string) => string>> = {
  unclear: (text) => `Does the point in "${text}" stand before the cents? Write it with two decimals, such as 1299.00.`,
  'too-large': (text) => `"${text}" is more than a price can be.`,
  'not-money': (text) => `"${text}" is not a price. Write it as 12.50.`,
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function valuesOf(cell: (field: LineupField) => string): RowValues {
  const said = (field: LineupField): string | undefined => cell(field) || undefined
  const values = {
    section: said('section'),
    skip: said('skip') === undefined ? undefined : yes.test(cell('skip')),
    notes: said('notes'),
    name: said('name'),
    priceCents: centsOf(cell('price')),
    wasCents: centsOf(cell('was')),
    points: said('points'),
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function centsOf(text: string): number | undefined {
  const amount = readAmount(text)
  return 'cents' in amount && amount.cents !== null ? amount.cents : undefined
}
