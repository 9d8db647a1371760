import type pg from 'pg'
import { describe, expect, test } from 'vitest'
import { remoteStatus } from '../../src/main/sync/remote-migrate.ts'
import { testDatabase } from '../support/test-database.ts'
import { files, query, refusal, run, tables } from './migrating.ts'

const broken = { ...files, '0003-third.sql': 'CREATE TABLE third (n int); INSERT INTO first VALUES (3); SELECT 1 / 0;' }

describe('migrations', () => {
  test('are applied in order, told, and not applied again', async () => {
    const url = await testDatabase()
    expect((await run(url)).lines).toEqual(['applied 0001-first', 'applied 0002-second', 'up to date: schema 2'])
    expect((await run(url)).lines).toEqual(['already up to date: schema 2'])
    expect(await query(url, 'SELECT n FROM first ORDER BY n')).toEqual([1, 2])
    expect(await query(url, `SELECT version || ' ' || name FROM schema_migrations ORDER BY version`)).toEqual([
      '1 0001-first',
      '2 0002-second',
    ])
  })

  test('the status changes nothing', async () => {
    const url = await testDatabase()
    expect((await run(url, { status: true })).lines).toEqual(['pending 0001-first', 'pending 0002-second'])
    expect(await tables(url)).toEqual([])
    await run(url, { files: { '0001-first.sql': files['0001-first.sql'] } })
    const { lines } = await run(url, { status: true })
    expect(lines).toEqual([expect.stringMatching(/^applied 0001-first \(\d{4}-.*Z\)$/), 'pending 0002-second'])
  })

  test('one that fails leaves nothing; those before it stay, and a mended one goes on from there', async () => {
    const url = await testDatabase()
    expect(await refusal(url, { files: broken })).toMatch(
      /: 0003-third failed, and nothing of it was kept: division by zero$/,
    )
    expect(await tables(url)).toEqual(['first', 'schema_migrations', 'second'])
    expect(await query(url, 'SELECT n FROM first ORDER BY n')).toEqual([1, 2])
    const mended = { ...files, '0003-third.sql': 'CREATE TABLE third (n int)' }
    expect((await run(url, { files: mended })).lines).toEqual(['applied 0003-third', 'up to date: schema 3'])
  })

  test('several at once apply each one once', async () => {
    const url = await testDatabase()
    const slow = { ...files, '0003-third.sql': 'SELECT pg_sleep(0.2); INSERT INTO first VALUES (3);' }
    const runs = await Promise.all([1, 2, 3, 4].map(() => run(url, { files: slow })))
    const applied = runs.flatMap(({ lines }) => lines.filter((line) => line.startsWith('applied')))
    expect(applied.toSorted()).toEqual(['applied 0001-first', 'applied 0002-second', 'applied 0003-third'])
    expect(await query(url, 'SELECT n FROM first ORDER BY n')).toEqual([1, 2, 3])
  })

  test('may have other line ends in another checkout', async () => {
    const url = await testDatabase()
    await run(url)
    const turned = { ...files, '0002-second.sql': files['0002-second.sql'].replaceAll('\n', '\r\n') }
    expect((await run(url, { files: turned })).lines).toEqual(['already up to date: schema 2'])
  })

  test('of this version set up an empty database, each time the same', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()])
    const { remoteMigrations: migrations } = await import('../../src/main/sync/remote-migrations.ts')
    for (const url of [one, two]) await run(url, { migrations })
    expect((await run(one, { migrations })).lines).toEqual([`already up to date: schema ${migrations.length}`])
    expect(await tables(one)).toEqual(
      expect.arrayContaining(['products', 'schema_migrations', 'sessions', 'sync_clock']),
    )
    expect(await tables(one)).toEqual(await tables(two))
  })
})

describe('a database that does not fit is refused and left as it is:', () => {
  test('tables of something else', async () => {
    const url = await testDatabase()
    await query(url, 'CREATE TABLE products (id int)')
    expect(await refusal(url)).toContain('The database holds tables of something else (products).')
    expect(await refusal(url, { status: true })).toContain('tables of something else')
    expect(await tables(url)).toEqual(['products'])
  })

  test('the schema_migrations of another program', async () => {
    const url = await testDatabase()
    await query(url, 'CREATE TABLE schema_migrations (version varchar PRIMARY KEY)')
    expect(await refusal(url)).toContain('tables of something else (schema_migrations)')
    expect(await tables(url)).toEqual(['schema_migrations'])
  })

  test('a newer schema', async () => {
    const url = await testDatabase()
    await run(url)
    const older = { '0001-first.sql': files['0001-first.sql'] }
    for (const status of [false, true]) {
      expect(await refusal(url, { files: older, status })).toContain(
        'The database was set up by a newer version of Hudson (database 2, this version 1). Nothing was changed.',
      )
    }
  })

  test('an applied migration of another text', async () => {
    const url = await testDatabase()
    await run(url)
    const changed = { ...broken, '0001-first.sql': 'CREATE TABLE other ()' }
    expect(await refusal(url, { files: changed })).toContain('The database was set up with another text of 0001-first')
    expect(await tables(url)).toEqual(['first', 'schema_migrations', 'second'])
  })

  test('a server before PostgreSQL 15', async () => {
    // No such server can be had here: this one answers the question of its version.
    const old = { query: async () => ({ rows: [{ number: 140_012, version: '14.12' }] }) }
    await expect(remoteStatus(old as unknown as pg.Client, [])).rejects.toThrow(
      'The server is PostgreSQL 14.12; Hudson needs 15 or newer.',
    )
  })
})
