import type { Dice } from './dice.ts'
import type { Row, SimServer } from './server.ts'

/** One row that another program changed. */
export interface DirectChange {
  readonly entity: string
  readonly id: string
  readonly before: Row | null
  readonly after: Row | null
}

export interface Psql {
  readonly server: SimServer
  readonly dice: Dice
  readonly unique: () => number
}

interface Plan {
  /** Ids by table, of the parts that fall too. */
  readonly touched: Readonly<Record<string, readonly string[]>>
  readonly sql: string
  readonly values: readonly unknown[]
}

type Statement = (psql: Psql) => Promise<Plan | null>

/** Another program at the same tables. */
const statements: Readonly<Record<string, Statement>> = {
  'UPDATE a product': async (psql) => {
    const [id] = await pick(psql, 'products', 1)
    if (id === undefined) return null
    const column = psql.dice.pick(['name', 'sku', 'talking_points_md'])
    return {
      touched: { products: [id] },
      sql: `UPDATE products SET ${column} = $2 WHERE id = ANY ($1)`,
      values: [[id], `psql ${psql.unique()}`],
    }
  },
  'UPDATE prices': async (psql) => {
    const ids = await pick(psql, 'products', 6)
    const n = psql.unique()
    for (let i = 0; i < 6; i++) psql.unique()
    return {
      touched: { products: ids },
      sql: 'UPDATE products SET price_cents = $2 + array_position($1, id) WHERE id = ANY ($1)',
      values: [ids, n],
    }
  },
  'UPDATE items': async (psql) => {
    const ids = await pick(psql, 'session_products', 4)
    return {
      touched: { session_products: ids },
      sql: `UPDATE session_products SET notes = $2 || left(id::text, 8) WHERE id = ANY ($1)`,
      values: [ids, `psql ${psql.unique()} `],
    }
  },
  'UPDATE a session': async (psql) => {
    const ids = await pick(psql, 'sessions', 1)
    return {
      touched: { sessions: ids },
      sql: `UPDATE sessions SET notes = $2 WHERE id = ANY ($1)`,
      values: [ids, `psql ${psql.unique()}`],
    }
  },
  'INSERT a product': async (psql) => {
    const [brand] = await pick(psql, 'brands', 1)
    if (brand === undefined) return null
    const id = psql.dice.uuid()
    const values = [id, brand, `psql ${psql.unique()}`, psql.unique()]
    return {
      touched: { products: [id] },
      sql: 'INSERT INTO products (id, brand_id, name, price_cents) VALUES ($1, $2, $3, $4)',
      values,
    }
  },
  'INSERT an item': async (psql) => {
    const [session] = await pick(psql, 'sessions', 1)
    const [product] = await pick(psql, 'products', 1)
    if (session === undefined || product === undefined) return null
    const id = psql.dice.uuid()
    const sql = `INSERT INTO session_products (id, session_id, product_id, order_key, notes) VALUES ($1, $2, $3, 'a0', $4)`
    return { touched: { session_products: [id] }, sql, values: [id, session, product, `psql ${psql.unique()}`] }
  },
  'DELETE products': async (psql) => {
    const ids = await pick(psql, 'products', psql.dice.chance(0.85) ? 1 : 5)
    const sql = 'DELETE FROM products WHERE id = ANY ($1)'
    const fallen: [string, string[]][] = []
    for (const table of ['product_variants', 'product_images', 'talking_points', 'session_products']) {
      fallen.push([table, await idsOf(psql, `SELECT id FROM ${table} WHERE product_id = ANY ($1) ORDER BY id`, [ids])])
    }
    return { touched: { products: ids, ...Object.fromEntries(fallen) }, sql, values: [ids] }
  },
  'DELETE a session': async (psql) => {
    const ids = await pick(psql, 'sessions', 1)
    const items = await idsOf(psql, 'SELECT id FROM session_products WHERE session_id = ANY ($1) ORDER BY id', [ids])
    const states = await idsOf(psql, 'SELECT id FROM session_states WHERE id = ANY ($1)', [ids])
    const touched = { sessions: ids, session_products: items, session_states: states }
    return { touched, sql: 'DELETE FROM sessions WHERE id = ANY ($1)', values: [ids] }
  },
  'DELETE items': async (psql) => {
    const ids = await pick(psql, 'session_products', 3)
    return {
      touched: { session_products: ids },
      sql: 'DELETE FROM session_products WHERE id = ANY ($1)',
      values: [ids],
    }
  },
  'DELETE a variant': async (psql) => {
    const ids = await pick(psql, 'product_variants', 1)
    return {
      touched: { product_variants: ids },
      sql: 'DELETE FROM product_variants WHERE id = ANY ($1)',
      values: [ids],
    }
  },
}

const weights: Readonly<Record<string, number>> = {
  'UPDATE a product': 6,
  'UPDATE prices': 3,
  'UPDATE items': 3,
  'UPDATE a session': 2,
  'INSERT a product': 3,
  'INSERT an item': 1,
  'DELETE products': 2,
  'DELETE a session': 0.7,
  'DELETE items': 1.5,
  'DELETE a variant': 1,
}

/** Runs one statement in the transaction that is open. Answers what it was and what it changed; null where nothing could be. */
export async function writeDirectly(psql: Psql): Promise<{ what: string; changes: DirectChange[] } | null> {
  const name = psql.dice.weighted(weights)
  const plan = await statements[name]?.(psql)
  if (!plan) return null
  const touched = Object.entries(plan.touched).filter(([, ids]) => ids.length > 0)
  const before = await images(psql.server, touched)
  await psql.server.psql(plan.sql, plan.values)
  const after = await images(psql.server, touched)
  const changes = touched.flatMap(([entity, ids]) =>
    ids.map((id) => ({
      entity,
      id,
      before: before.get(`${entity} ${id}`) ?? null,
      after: after.get(`${entity} ${id}`) ?? null,
    })),
  )
  return { what: `${name} ${touched.map(([, ids]) => ids.map((id) => id.slice(0, 6)).join(' ')).join(', ')}`, changes }
}

async function images(server: SimServer, touched: readonly [string, readonly string[]][]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for (const [entity, ids] of touched) {
    const rows = await server.psql(`SELECT row_to_json(t) AS r FROM ${entity} t WHERE id = ANY ($1)`, [ids])
    for (const { r } of rows) found.set(`${entity} ${(r as { id: string }).id}`, r as Row)
  }
  return found
}

async function idsOf(psql: Psql, sql: string, values: readonly unknown[] = []): Promise<string[]> {
  return (await psql.server.psql(sql, values)).map(({ id }) => String(id))
}

async function pick({ server, dice }: Psql, table: string, most: number): Promise<string[]> {
  const ids = await idsOf({ server, dice, unique: () => 0 }, `SELECT id FROM ${table} ORDER BY id`)
  return dice.some(ids, dice.between(1, most))
}
