import { expect, test, vi } from 'vitest'
import type { Place } from '#shared/presence.ts'
import { networkBefore } from '../support/network-before.ts'
import { openAppDesk } from './app-desk.ts'
import type { AppDesk } from './app-desk.ts'
import { connect, teamDatabase } from './team.ts'

const place: Place = {
  entity: 'session_products',
  id: '019ab000-0000-7000-8000-000000000001',
  sessionId: '019ab000-0000-7000-8000-000000000002',
  editing: true,
}

async function inTeam(url: string, deviceName: string): Promise<AppDesk> {
  const desk = openAppDesk(url)
  await desk.call('settings.update', { patch: { team: { deviceName } } })
  await desk[Symbol.asyncDispose]()
  const again = openAppDesk(url, { dataDir: desk.dataDir })
  await again.call('sync.now', {})
  return again
}

const others = async (desk: AppDesk) => (await desk.call('presence.list', {})).items

test('two desktops see where the other one is, and that it left', async () => {
  const url = await teamDatabase()
  const anna = await inTeam(url, 'Anna')
  const ben = await inTeam(url, 'Ben')
  await anna.call('presence.note', { page: 'a', places: [place] })
  await ben.call('presence.note', { page: 'b', places: [{ ...place, editing: false }] })
  await vi.waitFor(async () => expect(await others(ben)).toEqual([{ ...place, device: 'Anna' }]), 10_000)
  await vi.waitFor(
    async () => expect(await others(anna)).toEqual([{ ...place, editing: false, device: 'Ben' }]),
    10_000,
  )
  await anna.call('presence.note', { page: 'a', places: [] })
  await vi.waitFor(async () => expect(await others(ben)).toEqual([]), 10_000)
  expect(ben.changed).toContain('presence')
})

test('who is gone without a word is not shown for long, and leaves nothing behind', async () => {
  const url = await teamDatabase()
  const sql = await connect(url)
  const network = await networkBefore(url)
  const anna = await inTeam(network.url(url), 'Anna')
  const ben = await inTeam(url, 'Ben')
  await anna.call('presence.note', { page: 'a', places: [place] })
  await vi.waitFor(
    async () => expect(await sql('SELECT device FROM team_presence')).toEqual([{ device: 'Anna' }]),
    10_000,
  )
  network.cut()
  // What its time would do.
  await sql('UPDATE team_presence SET until = now() - interval $$1 second$$')
  await ben.call('presence.note', { page: 'b', places: [place] })
  await vi.waitFor(
    async () => expect(await sql('SELECT device FROM team_presence')).toEqual([{ device: 'Ben' }]),
    10_000,
  )
  expect(await others(ben)).toEqual([])
})

test('a database that was set up before there was presence is no trouble', async () => {
  const url = await teamDatabase()
  const sql = await connect(url)
  await sql('DROP FUNCTION team_presence_meet')
  const anna = await inTeam(url, 'Anna')
  await anna.call('presence.note', { page: 'a', places: [place] })
  await anna.call('sync.now', {})
  expect(await anna.status()).toMatchObject({ state: 'online', warnings: [] })
  expect(await others(anna)).toEqual([])
})

test('what is no list of places is refused by the server', async () => {
  const url = await teamDatabase()
  const sql = await connect(url)
  const anna = await inTeam(url, 'Anna')
  expect(await anna.status()).toMatchObject({ state: 'online' })
  const [client] = await sql('SELECT client_id, incarnation FROM sync_clients')
  const meet = (places: string) =>
    sql('SELECT team_presence_meet($1, $2, $3, 20)', [client?.['client_id'], client?.['incarnation'], places])
  await expect(meet('{}')).rejects.toMatchObject({ code: 'HU400' })
  await expect(meet(JSON.stringify([{ id: 'x'.repeat(9_000) }]))).rejects.toMatchObject({ code: 'HU400' })
})
