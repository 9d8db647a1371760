import { expect, test } from 'vitest'
import { openDesktop } from '../support/desktop.ts'
import { testDatabase } from '../support/test-database.ts'
import { connect, teamDatabase } from './team.ts'

const here = () => openDesktop({})

test('a team`s database is told with its version', async () => {
  const url = await teamDatabase()
  const told = await here().call('setup.testDatabase', { url })
  expect(told).toMatchObject({
    ok: true,
    detail: expect.stringMatching(/^PostgreSQL \d+\.\d+, reached in \d+ ms, ready for the team\.$/),
  })
})

test('an empty one, one of an older Hudson, and a login without rights: each says what to ask for', async () => {
  const desk = here()
  const empty = await desk.call('setup.testDatabase', { url: await testDatabase() })
  expect(empty).toMatchObject({ ok: false, detail: expect.stringMatching(/is not set up for Hudson yet/) })
  const url = await teamDatabase()
  const sql = await connect(url)
  await sql(`CREATE ROLE nobody_here LOGIN PASSWORD 'x'`)
  const other = new URL(url)
  other.username = 'nobody_here'
  other.password = 'x'
  const refused = await desk.call('setup.testDatabase', { url: other.href })
  await sql('DROP FUNCTION team_lease_look')
  const old = await desk.call('setup.testDatabase', { url })
  await sql('DROP ROLE nobody_here')
  expect(refused).toMatchObject({ ok: false, detail: expect.stringMatching(/may not use Hudson's functions/) })
  expect(old).toMatchObject({ ok: false, detail: expect.stringMatching(/set up by an older Hudson/) })
})

test('what cannot be reached, and what is no address, is the answer and no error; the address comes into no log', async () => {
  const desk = here()
  const nobody = 'postgresql://hudson:hunter2-canary@127.0.0.1:1/team'
  expect(await desk.call('setup.testDatabase', { url: nobody })).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/cannot be reached/),
  })
  expect(await desk.call('setup.testDatabase', { url: 'mysql://a@b/c' })).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/starts with "postgresql:"/),
  })
  expect(JSON.stringify(desk.log)).not.toContain('hunter2-canary')
})
