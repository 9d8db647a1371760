import type { Clock } from '../../../src/main/clock.ts'
import type { Db } from '../../../src/main/db/database.ts'
import type { Synced } from '../../../src/main/db/schema.ts'
import { Writer } from '../../../src/main/db/write.ts'
import type { Change } from '../../../src/main/db/write.ts'
import type { Journal } from '../../../src/main/sync/journal.ts'
import type { Mutation } from '../../../src/main/sync/mutation.ts'
import type { ClientPlant } from './client.ts'
import type { Sabotage } from './server.ts'

/** A fault that is put in on purpose, and how the simulation tells of it. */
export interface Plant {
  readonly sql?: Sabotage
  readonly client?: ClientPlant
  readonly told: RegExp
}

const TICK =
  'UPDATE sync_clock SET rev = rev + 1, token = gen_random_uuid() RETURNING rev, token INTO new_rev, new_token;'
const DIVERGED = /^(?:[A-D] has not|[a-z_]+ [0-9a-f-]{36} is only on [A-D]|[a-z_]+ [0-9a-f-]{36} [a-z_]+: [A-D] )/

export const plants: Readonly<Record<string, Plant>> = {
  /** A rev is when its transaction began, and nobody waits for anybody. */
  'timestamp-cursor': {
    sql: cursorOf('new_rev := (extract(epoch FROM now()) * 1000000)::bigint;'),
    told: DIVERGED,
  },
  /** A rev is the next number when a transaction first writes. */
  'sequence-cursor': {
    sql: (sql) => `CREATE SEQUENCE sync_numbers;\n${cursorOf(`new_rev := nextval('sync_numbers');`)(sql)}`,
    told: DIVERGED,
  },
  /** A push that comes twice is done twice. */
  'no-dedupe': {
    sql: (sql) =>
      replaced(
        replaced(sql, 'FROM unnest(given) m WHERE m.n > known.last_mutation_id) g', 'FROM unnest(given) m) g'),
        'VALUES (p_client, mutation.n, verdict);',
        'VALUES (p_client, mutation.n, verdict) ON CONFLICT DO NOTHING;',
      ),
    told: /the oracle|ORACLE/,
  },
  /** What comes from the server replaces what a person wrote and the server has not seen. */
  'apply-over-dirty': { client: { writer: (db, clock) => new CarelessWriter(db, clock) }, told: /^SHOWN/ },
  /** A page that is not the last one says that everything came. */
  'cursor-past-page': {
    sql: (sql) =>
      replaced(
        sql,
        '(SELECT rev FROM clock) ELSE max(page.rev) END',
        '(SELECT rev FROM clock) ELSE (SELECT rev FROM clock) END',
      ),
    told: DIVERGED,
  },
  /** "Saved" is said before it is on the disk. */
  'ack-before-fsync': {
    client: {
      opened: (db) => void db.sqlite.pragma('synchronous = NORMAL'),
      journal: (journal) => new LateJournal(journal),
    },
    told: /lost what it had acknowledged|which was acknowledged and waits/,
  },
  /** An edit of a deleted product brings it back. */
  'resurrecting-delete': {
    sql: (sql) =>
      replaced(
        sql,
        `  IF cur IS NULL THEN RETURN coalesce(sync_push_gone(who, m, x), '{"v":"deleted","not":"*"}'); END IF;`,
        `  IF cur IS NULL AND x.image IS NOT NULL AND m.e = 'products' THEN
             m.p := x.image || m.p;
             PERFORM sync_insert(m), sync_send(m.e, m.i);
             RETURN NULL;
           END IF;
           IF cur IS NULL THEN RETURN coalesce(sync_push_gone(who, m, x), '{"v":"deleted","not":"*"}'); END IF;`,
      ),
    told: /^RISEN/,
  },
  /** What the tables refuse is no verdict, but the end of the push. */
  'stuck-queue': {
    sql: (sql) =>
      replaced(
        sql,
        'WHEN integrity_constraint_violation OR data_exception OR program_limit_exceeded OR raise_exception THEN\n    PERFORM',
        `WHEN SQLSTATE 'HU999' THEN\n    PERFORM`,
      ),
    told: /^RESTLESS/,
  },
}

/** The text with a piece of it replaced; a plant whose place is gone must not pass for one that was caught. */
function replaced(text: string, piece: string, by: string): string {
  if (text.split(piece).length !== 2) throw new Error(`The place of a planted fault was not found once: ${piece}`)
  return text.replace(piece, () => by)
}

/** Revs that are made without the clock's lock. What a pull takes for the newest is the newest that it can see. */
function cursorOf(rev: string): Sabotage {
  return (sql) =>
    replaced(
      replaced(sql, TICK, `${rev} new_token := gen_random_uuid();`),
      'WITH clock AS MATERIALIZED (SELECT c.rev, c.token, c.schema_version FROM sync_clock c)',
      `WITH clock AS MATERIALIZED (SELECT (SELECT max(r.rev) FROM sync_revs r) AS rev, c.schema_version FROM sync_clock c)`,
    )
}

class CarelessWriter extends Writer {
  readonly #db: Db

  constructor(db: Db, clock: Clock) {
    super(db, clock)
    this.#db = db
  }

  override accept<T>(work: () => { value: T; changes: readonly Change[] }): T {
    return super.accept(() => {
      const done = work()
      const waiting = this.#db.statement('SELECT DISTINCT entity, row_id FROM sync_outbox WHERE acked_at IS NULL')
      for (const { entity, row_id } of waiting.all() as { entity: Synced; row_id: string }[])
        this.#overwrite(entity, row_id)
      return done
    })
  }

  #overwrite(entity: Synced, id: string): void {
    const base = this.#db
      .statement('SELECT row FROM sync_base WHERE entity = ? AND row_id = ?')
      .pluck(true)
      .get(entity, id)
    if (typeof base !== 'string') return
    const columns = Object.entries(JSON.parse(base) as Record<string, unknown>)
    const names = columns.map(([name]) => `${name} = ?`).join(', ')
    this.#db.statement(`UPDATE ${entity} SET ${names} WHERE id = ?`).run(...columns.map(([, value]) => value), id)
  }
}

/** Writes what it was given the time before. */
class LateJournal implements Journal {
  readonly #inner: Journal
  #late: readonly Mutation[] = []

  constructor(inner: Journal) {
    this.#inner = inner
  }

  get size(): number {
    return this.#inner.size
  }

  get count(): number {
    return this.#inner.count
  }

  append(mutations: readonly Mutation[]): () => void {
    const late = this.#late
    this.#late = mutations
    return this.#inner.append(late)
  }

  confirm(id: number): void {
    this.#inner.confirm(id)
  }

  rewrite(mutations: readonly Mutation[]): void {
    this.#late = []
    this.#inner.rewrite(mutations)
  }

  read(): ReturnType<Journal['read']> {
    return this.#inner.read()
  }

  [Symbol.dispose](): void {
    this.#inner[Symbol.dispose]()
  }
}
