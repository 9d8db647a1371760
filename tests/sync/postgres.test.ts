import pg from 'pg'
import { onTestFinished, expect, test } from 'vitest'
import { copyDatabase, dropDatabase } from '../support/postgres.ts'
import { testDatabase } from '../support/test-database.ts'

// The Postgres of the tests themselves.

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

test('every test has a database of its own, on PostgreSQL 15 or newer', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()])
  expect(one).not.toBe(two)
  const client = await connect(one)
  const { rows } = await client.query<{ version: number; name: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_database() AS name`,
  )
  expect(rows[0]?.version).toBeGreaterThanOrEqual(150_000)
  expect(one.endsWith(`/${rows[0]?.name}`)).toBe(true)
})

test('a database is copied as it is, also while somebody is connected', async () => {
  const source = await testDatabase()
  const before = await connect(source)
  await before.query('CREATE TABLE t AS SELECT 1 AS n')
  const copy = await copyDatabase(source)
  onTestFinished(() => dropDatabase(copy))
  const after = await connect(source)
  await after.query('UPDATE t SET n = 2')
  const client = await connect(copy)
  expect((await client.query('SELECT n FROM t')).rows).toEqual([{ n: 1 }])
})
