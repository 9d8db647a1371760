import { describe, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../support/test-database.ts'
import { login as otherLogin, query, refusal, run, tables } from './migrating.ts'

describe('a login', () => {
  const app = {
    '0001-app.sql': `
      DO $$ BEGIN CREATE ROLE hudson_app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      CREATE TABLE t (n int);
      CREATE FUNCTION sync_count() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM t';
      REVOKE ALL ON FUNCTION sync_count FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION sync_count TO hudson_app`,
  }

  function newName(url: string): string {
    const name = `hudson_test_${crypto.randomUUID().replaceAll('-', '')}`
    onTestFinished(async () => void (await query(new URL('/postgres', url).href, `DROP ROLE IF EXISTS ${name}`)))
    return name
  }

  test('may execute what the app executes and select from no table; its URL is all that is printed', async () => {
    const url = await testDatabase()
    const name = newName(url)
    const { lines, notes } = await run(url, { files: app, createLogin: name })
    expect(notes).toEqual(['applied 0001-app', 'up to date: schema 1'])
    expect(lines).toEqual([expect.stringMatching(`^postgresql://${name}:[\\w-]{32}@`)])
    const handedOut = String(lines[0])
    expect(new URL(handedOut).pathname).toBe(new URL(url).pathname)
    expect(await query(handedOut, 'SELECT sync_count()')).toEqual(['0'])
    await expect(query(handedOut, 'SELECT * FROM t')).rejects.toThrow('permission denied for table t')
    expect(await query(handedOut, 'SHOW lock_timeout')).toEqual(['5s'])
    expect(await query(handedOut, 'SHOW statement_timeout')).toEqual(['20s'])
    expect(await query(handedOut, 'SHOW idle_in_transaction_session_timeout')).toEqual(['15s'])
  })

  test('of a name that is taken is refused, and nothing else is done', async () => {
    const url = await testDatabase()
    const taken = new URL(await otherLogin(url)).username
    expect(await refusal(url, { files: app, createLogin: taken })).toContain(`already has a login "${taken}"`)
    expect(await tables(url)).toEqual([])
  })

  test('cannot be made by an owner who may make none, which is told', async () => {
    const url = await testDatabase()
    await run(url, { files: app })
    const owner = await otherLogin(url)
    await query(url, `GRANT SELECT ON schema_migrations TO ${new URL(owner).username}`)
    expect(await refusal(owner, { files: app, createLogin: newName(url) })).toContain('No login was made')
  })

  test.each(['Anna', 'a b', '1a', '', 'a"; DROP ROLE x', 'pg_anna', 'public', 'hudson_app', 'a'.repeat(64)])(
    'of the name "%s" is refused before anything is done',
    async (createLogin) => {
      expect(await refusal('postgres://u:s3cret@nowhere.invalid/x', { createLogin })).toContain(
        'cannot be the name of a login',
      )
    },
  )
})
