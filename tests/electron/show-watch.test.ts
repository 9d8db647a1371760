import { unwrap } from '#shared/reply.ts'
import type { SessionSummary } from '#shared/sessions.ts'
import { must } from '#shared/must.ts'
import { expect, test, vi } from 'vitest'
import { ShowWatch } from '../../src/main/electron/show-watch.ts'
import { memoryDir, openTestApp } from '../support/open-test-app.ts'

async function rig() {
  const { app } = await openTestApp(memoryDir('hudson-watch-'))
  const call = async (name: string, input: object): Promise<unknown> => unwrap(await app.dispatch(name, input))
  const { items } = (await call('sessions.list', {})) as { items: SessionSummary[] }
  const ids = items.toSorted((a, b) => b.itemCount - a.itemCount).map(({ id }) => id)
  const watch = new ShowWatch(app)
  await watch.start()
  const heard = vi.fn<() => void>()
  watch.onChange(heard)
  return { app, call, watch, heard, first: must(ids[0], 'a session'), second: must(ids[1], 'two sessions') }
}

test('knows the show that is on, its mode and its number, without being asked again', async () => {
  const { app, call, watch, heard, first } = await rig()
  await using _app = app
  expect(watch.current).toBeNull()
  await call('live.start', { sessionId: first, mode: 'rehearsal' })
  await vi.waitFor(() => expect(watch.current).toMatchObject({ sessionId: first, mode: 'rehearsal', number: 1 }))
  expect(watch.isLive).toBe(false)
  await call('live.goto', { sessionId: first, number: 3 })
  expect(watch.current?.number).toBe(3)
  await call('live.start', { sessionId: first, mode: 'live' })
  await vi.waitFor(() => expect(watch.isLive).toBe(true))
  expect(watch.current?.number).toBe(3)
  await call('sessions.update', { id: first, patch: { name: 'Renamed' } })
  await vi.waitFor(() => expect(watch.current?.name).toBe('Renamed'))
  await call('live.end', { sessionId: first })
  await vi.waitFor(() => expect(watch.current).toBeNull())
  const count = heard.mock.calls.length
  await call('settings.update', { patch: { theme: 'dark' } })
  expect(heard.mock.calls).toHaveLength(count)
})

test('of a live show and a rehearsal, the live one counts', async () => {
  const { app, call, watch, first, second } = await rig()
  await using _app = app
  await call('live.start', { sessionId: first, mode: 'live' })
  await call('live.start', { sessionId: second, mode: 'rehearsal' })
  await vi.waitFor(() => expect([watch.isOn(first), watch.isOn(second)]).toEqual([true, true]))
  expect(watch.current?.sessionId).toBe(first)
})

test('a watch that begins during a show knows it at once', async () => {
  const { app, call, first } = await rig()
  await using _app = app
  await call('live.start', { sessionId: first, mode: 'live' })
  const late = new ShowWatch(app)
  await late.start()
  expect(late.isLive).toBe(true)
})
