import type Database from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, DummyDriver } from 'kysely'
import type { CompiledQuery } from 'kysely'
import type { Schema } from './schema.ts'

/** A query of the typed builder, not yet run. */
interface Query<Row> {
  compile(): CompiledQuery<Row>
}

/**
 * The local database: one connection, synchronous, WAL with `synchronous=FULL`, so what was acknowledged survives a power
 * cut. kysely only builds and types the SQL: its own SQLite driver would make every read asynchronous and prepare each
 * statement anew. Reads go through `all` and `get`; writes to shared tables through the writer (write.ts).
 */
export class Db implements Disposable {
  readonly sqlite: Database.Database
  /** Builds typed queries; it cannot run them itself. */
  readonly build: Kysely<Schema>
  readonly #statements = new Map<string, Database.Statement>()

  constructor(sqlite: Database.Database) {
    this.sqlite = sqlite
    this.build = new Kysely<Schema>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    })
  }

  /** Prepared once per SQL text and kept. */
  statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.sqlite.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /**
   * Several reads of one moment. A statement by itself takes and gives back SQLite's locks, which costs several times as much as
   * a small read. `read` is synchronous, and writes nothing.
   */
  snapshot<T>(read: () => T): T {
    if (this.sqlite.inTransaction) return read()
    this.statement('BEGIN').run()
    try {
      return read()
    } finally {
      // An error of the disk may have ended it.
      if (this.sqlite.inTransaction) this.statement('COMMIT').run()
    }
  }

  all<Row>(query: Query<Row>): Row[] {
    const { sql, parameters } = query.compile()
    return this.statement(sql).all(...parameters) as Row[]
  }

  get<Row>(query: Query<Row>): Row | undefined {
    const { sql, parameters } = query.compile()
    return this.statement(sql).get(...parameters) as Row | undefined
  }

  /** Runs a write to a table of this machine's own. Returns how many rows it changed. */
  run(query: Query<unknown>): number {
    const { sql, parameters } = query.compile()
    return this.statement(sql).run(...parameters).changes
  }

  [Symbol.dispose](): void {
    this.sqlite.close()
  }
}
