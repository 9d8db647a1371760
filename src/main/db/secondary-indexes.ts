import type { Db } from './database.ts'

/**
 * Drops the indexes of a table that are there for speed only, and answers how to make them again. For a write that brings a
 * table most of its rows: sorting all entries of an index at once costs a third of finding each its place. To be called, and
 * ended, inside one transaction: nobody else sees the table without them, and a rollback brings them back.
 */
export function dropSecondaryIndexes(db: Db, table: string): () => void {
  const indexes = db
    .statement(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX %'`,
    )
    .all(table) as { name: string; sql: string }[]
  for (const { name } of indexes) db.sqlite.exec(`DROP INDEX ${name}`)
  return () => {
    for (const { sql } of indexes) db.sqlite.exec(sql)
  }
}
