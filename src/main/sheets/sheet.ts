/** One row of a sheet. */
export interface SheetRow {
  /** The line where it begins in a CSV file, or its row in a workbook; from 1, as editors count them. */
  readonly line: number
  readonly cells: readonly string[]
}

/** What a table in a file holds, as text. */
export interface Sheet {
  /** All rows but empty ones, the header too. */
  readonly rows: readonly SheetRow[]
  /** What could not be read. */
  readonly broken: readonly { readonly line: number; readonly reason: string }[]
  /** The sheet's name in its workbook; null for a CSV file. */
  readonly name: string | null
  /** What had to be assumed to read it. */
  readonly warning: string | null
}

/** The text of a cell; empty where the row is shorter. */
export function cellOf({ cells }: SheetRow, column: number | undefined): string {
  return column === undefined ? '' : (cells[column] ?? '')
}
