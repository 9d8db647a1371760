import type { Db } from './database.ts'
import { synced } from './schema.ts'
import type { Synced } from './schema.ts'

/** A row that is made. */
export type Inserted = Readonly<Record<string, unknown>> & { readonly id: string }

/** How many rows one statement inserts: calling into SQLite for each costs about as much as inserting it. */
export const ROWS_AT_ONCE = 64

/** Inserts rows, and keeps the SQL of each table's last columns: building it for each of thousands alike would show. */
export class Insertions {
  readonly #db: Db
  readonly #last = new Map<Synced, InsertSql>()

  constructor(db: Db) {
    this.#db = db
  }

  run(entity: Synced, rows: readonly Inserted[]): void {
    const [first] = rows
    if (!first) return
    const { columns, one, many } = this.#sqlOf(entity, Object.keys(first))
    let done = 0
    for (; done + ROWS_AT_ONCE <= rows.length; done += ROWS_AT_ONCE) {
      this.#db.statement(many).run(valuesOf(rows.slice(done, done + ROWS_AT_ONCE), columns))
    }
    for (const row of rows.slice(done)) this.#db.statement(one).run(valuesOf([row], columns))
  }

  /**
   * The same for rows given as their values, one row's after another's. Where one does not fit, those before it stay: as there
   * is nothing to undo, SQLite need not remember each page as it was before each statement, which is a third of the work.
   */
  fill(entity: Synced, columns: readonly string[], values: readonly unknown[]): void {
    const { one, many } = this.#sqlOf(entity, columns)
    const [each, together] = [one, many].map((sql) => this.#db.statement(sql.replace('INSERT', 'INSERT OR FAIL')))
    const width = columns.length
    let done = 0
    for (; done + width * ROWS_AT_ONCE <= values.length; done += width * ROWS_AT_ONCE) {
      together?.run(values.slice(done, done + width * ROWS_AT_ONCE))
    }
    for (; done < values.length; done += width) each?.run(values.slice(done, done + width))
  }

  #sqlOf(entity: Synced, columns: readonly string[]): InsertSql {
    const last = this.#last.get(entity)
    if (last?.columns.length === columns.length && columns.every((column, index) => column === last.columns[index]))
      return last
    const row = `(${columns.map(() => '?').join(', ')})`
    const into = `INSERT INTO ${table(entity)} (${columns.join(', ')}) VALUES `
    const sql = { columns, one: into + row, many: into + Array.from({ length: ROWS_AT_ONCE }, () => row).join(', ') }
    this.#last.set(entity, sql)
    return sql
  }
}

interface InsertSql {
  readonly columns: readonly string[]
  readonly one: string
  readonly many: string
}

function valuesOf(rows: readonly Inserted[], columns: readonly string[]): unknown[] {
  const values: unknown[] = []
  for (const row of rows) {
    if (Object.keys(row).length !== columns.length)
      throw new Error('Rows that are inserted together must have the same columns')
    for (const column of columns) values.push(row[column])
  }
  return values
}

/** Names go into SQL text, so only known ones pass. */
export function table(entity: Synced): string {
  if (!synced.includes(entity)) throw new Error(`Not a shared table: ${entity}`)
  return entity
}
