import { expect, test } from 'vitest'
import { errorOf, FakeRemote, MIN, rig } from './engine-rig.ts'

// When the engine asks for news, and when it is quiet.

/** How many calls of a name come within a time. */
async function during(r: Awaited<ReturnType<typeof rig>>, ms: number, name?: string): Promise<number> {
  const before = r.remote.count(name)
  await r.pass(ms)
  return r.remote.count(name) - before
}

test('[F1] awake it asks every 2 s, with one query', async () => {
  const r = await rig()
  expect(r.status().state).toBe('online')
  await r.pass(2_000)
  expect(await during(r, 60_000)).toBe(30)
  expect(r.remote.count('pull')).toBe(r.remote.count() - 1)
})

test('[F1] two minutes after the last call it asks every 30 s, for ten minutes, then not at all, with nothing open', async () => {
  const r = await rig()
  await r.pass(2 * MIN + 2_000)
  expect(r.remote.ears).toHaveLength(0)
  expect(await during(r, 10 * MIN)).toBe(20)
  await r.pass(MIN)
  expect(r.remote.rests).toBeGreaterThan(0)
  expect(await during(r, 10 * MIN)).toBe(0)
  expect(r.remote.ears).toHaveLength(0)
  expect(r.status()).toMatchObject({ state: 'online', nextTryAt: null })
})

test.each([
  ['a call', (r: Awaited<ReturnType<typeof rig>>) => r.sync.noteCall()],
  ['the focus', (r: Awaited<ReturnType<typeof rig>>) => void r.sync.handlers['sync.focus']({})],
  ['a local edit', (r: Awaited<ReturnType<typeof rig>>) => void r.edit()],
  ['the network or the computer coming back', (r: Awaited<ReturnType<typeof rig>>) => r.sync.reconnect()],
])('[F1] %s wakes it from its sleep at once', async (_name, wake) => {
  const r = await rig()
  await r.pass(14 * MIN)
  const before = r.remote.count()
  wake(r)
  await r.pass(60)
  expect(r.remote.count()).toBeGreaterThan(before)
})

test('[F1] after a call it polls every 2 s again; after a mere edit of its own it sleeps again when that is sent', async () => {
  const called = await rig()
  await called.pass(14 * MIN)
  called.sync.noteCall()
  await called.pass(0)
  expect(await during(called, 20_000)).toBe(10)

  const edited = await rig()
  await edited.pass(14 * MIN)
  edited.edit()
  await edited.pass(1_000)
  expect(edited.remote.pushed).toHaveLength(1)
  expect(await during(edited, 5 * MIN)).toBe(0)
})

test('[F1] a call while it rests makes it ask at once', async () => {
  const r = await rig()
  await r.pass(3 * MIN)
  const before = r.remote.count()
  r.sync.noteCall()
  await r.pass(0)
  expect(r.remote.count()).toBe(before + 1)
})

test('[F1] a show in rehearsal or live keeps it awake', async () => {
  const r = await rig()
  r.goLive()
  await r.pass(30 * MIN)
  expect(await during(r, 60_000)).toBe(30)
  expect(r.remote.ears).toHaveLength(1)
  r.goLive('off')
  await r.pass(2_000)
  expect(await during(r, 60_000)).toBe(0)
})

test('[F1] what waits is tried every 30 s for as long as it takes, also when nobody is there', async () => {
  const r = await rig()
  r.remote.confirms = false
  r.edit()
  await r.pass(20 * MIN)
  expect(await during(r, 10 * MIN, 'pull')).toBe(20)
})

test('[F1] LISTEN shortens the wait while it is awake, and only then', async () => {
  const r = await rig()
  expect(r.remote.listens).toBe(1)
  await r.pass(500)
  const before = r.remote.count()
  r.remote.notify()
  await r.pass(0)
  expect(r.remote.count()).toBe(before + 1)
  await r.pass(3 * MIN)
  expect(r.remote.ears).toHaveLength(0)
  r.sync.noteCall()
  await r.pass(0)
  expect(r.remote.ears).toHaveLength(1)
})

test('[F1] when LISTEN begins to hear, and when it is lost, it asks at once; then it falls back to asking', async () => {
  const r = await rig()
  // The first exchange, and the one after LISTEN was heard of.
  expect(r.remote.count('pull')).toBe(1)
  await r.pass(0)
  expect(r.remote.count('pull')).toBe(2)
  await r.pass(700)
  r.remote.loseEars()
  await r.pass(0)
  expect(r.remote.count('pull')).toBe(3)
  expect(await during(r, 10_000, 'pull')).toBe(5)
  expect(r.remote.ears).toHaveLength(0)
  await r.pass(20_000)
  expect([r.remote.listens, r.remote.ears.length]).toEqual([2, 1])
})

test('[F1] a LISTEN that is refused is tried again every 30 s, and everything arrives by asking', async () => {
  const r = await rig({
    remote: (clock) => Object.assign(new FakeRemote(clock), { refusesListen: true }),
  })
  await r.pass(70_000)
  expect(r.remote.listens).toBe(3)
  expect(r.status().state).toBe('online')
  expect(await during(r, 20_000)).toBe(10)
})

test('[F1] a LISTEN that is made after it is not wanted any more is let go', async () => {
  const r = await rig({ start: false })
  const waiting = Promise.withResolvers<() => void>()
  const heard = { stopped: 0, call: (_rev: number): void => {} }
  r.remote.listen = (onChange) => {
    heard.call = onChange
    return waiting.promise
  }
  r.sync.start()
  await r.pass(0)
  await r.sync.handlers['sync.pause']({})
  waiting.resolve(() => (heard.stopped += 1))
  await r.pass(0)
  expect(heard.stopped).toBe(1)
  const before = r.remote.count()
  heard.call(2)
  await r.pass(5_000)
  expect(r.remote.count()).toBe(before)
})

test('an edit waits a moment for others; a live command does not', async () => {
  const r = await rig()
  await r.pass(500)
  for (let n = 0; n < 3; n += 1) r.edit()
  await r.pass(50)
  expect(r.remote.count('push')).toBe(0)
  await r.pass(10)
  expect([r.remote.count('push'), r.remote.pushed.length]).toEqual([1, 3])
  r.goLive()
  await r.pass(0)
  expect(r.remote.count('push')).toBe(2)
})

test('a live command takes along what waits for its moment', async () => {
  const r = await rig()
  await r.pass(500)
  r.edit()
  r.goLive()
  await r.pass(0)
  expect(r.remote.pushed.map(({ entity }) => entity)).toEqual(['brands', 'sessions', 'session_states'])
})

test('[F8] a live command is pushed without a pull while LISTEN tells of others; the one that confirms it follows within 500 ms', async () => {
  const r = await rig()
  r.goLive()
  await r.pass(2_000)
  for (let n = 0; n < 3; n += 1) {
    const before = [r.remote.count('push'), r.remote.count('pull')] as const
    r.goLive(n % 2 === 0 ? 'off' : 'live')
    await r.pass(0)
    // The server tells of it, as of every change.
    for (const { heard } of r.remote.ears) heard(r.remote.rev)
    await r.pass(0)
    expect([r.remote.count('push'), r.remote.count('pull')]).toEqual([before[0] + 1, before[1]])
    await r.pass(500)
    expect(r.remote.count('pull')).toBe(before[1] + 1)
    expect(r.status().pending).toBe(0)
  }
})

test('[F8] one live command after another does not put off what confirms them', async () => {
  const r = await rig()
  await r.pass(2_000)
  const before = r.remote.count('pull')
  for (let n = 0; n < 20; n += 1) {
    r.goLive(n % 2 === 0 ? 'live' : 'off')
    await r.pass(0)
    await r.pass(249)
  }
  // By polling alone it would be two.
  expect(r.remote.count('pull') - before).toBeGreaterThanOrEqual(6)
})

test('[F8] what others do while a live command is pushed is pulled at once', async () => {
  const r = await rig()
  r.goLive()
  await r.pass(2_000)
  const { push } = r.remote
  r.remote.push = async (...args) => {
    const reply = await push.apply(r.remote, args)
    r.remote.notify()
    return reply
  }
  const before = r.remote.count('pull')
  r.goLive('off')
  await r.pass(0)
  await r.pass(0)
  expect(r.remote.count('pull')).toBe(before + 1)
})

test('[F8] without LISTEN a live command is pushed and pulled at once', async () => {
  const r = await rig({ remote: (clock) => Object.assign(new FakeRemote(clock), { refusesListen: true }) })
  await r.pass(500)
  const before = r.remote.count('pull')
  r.goLive()
  await r.pass(0)
  expect([r.remote.count('push'), r.remote.count('pull')]).toEqual([1, before + 1])
})

test('what is written while an exchange runs follows it at once', async () => {
  const r = await rig()
  await r.pass(500)
  r.remote.hangs = true
  r.edit()
  await r.pass(60)
  expect(r.remote.count('push')).toBe(1)
  r.edit()
  r.remote.hangs = false
  r.remote.fail(errorOf('57P01'))
  await r.pass(500)
  expect(r.remote.pushed).toHaveLength(2)
  expect(r.status().pending).toBe(0)
})

test('an exchange ends although more and more is written: sync.now answers, and the rest follows', async () => {
  const r = await rig()
  await r.pass(500)
  const { push } = r.remote
  let pushes = 0
  r.remote.push = (...args) => {
    // Somebody types without end.
    if ((pushes += 1) < 50) r.edit()
    return push.apply(r.remote, args)
  }
  r.edit()
  const status = await r.now()
  expect(pushes).toBe(1)
  expect(status).toMatchObject({ state: 'online', pending: 1 })
  await r.pass(0)
  await r.pass(500)
  expect(pushes).toBeGreaterThan(2)
})

test('everything that waits is sent in one exchange, however many batches that takes', async () => {
  const r = await rig({ start: false })
  r.sync.start()
  for (let n = 0; n < 1_201; n += 1) r.edit()
  expect(await r.now()).toMatchObject({ pending: 0 })
  expect([r.remote.count('push'), r.remote.pushed.length]).toEqual([3, 1_201])
})

test('pages hear of what they would show otherwise, and of nothing while all is as it was', async () => {
  const r = await rig()
  await r.pass(1_000)
  r.changed.length = 0
  await r.pass(60_000)
  expect(r.changed).toEqual([])
  r.edit()
  await r.pass(1_000)
  expect(new Set(r.changed)).toEqual(new Set(['products', 'sessions', 'sync']))
  r.changed.length = 0
  r.remote.failure = errorOf('ECONNREFUSED')
  await r.pass(60_000)
  expect(r.changed).toEqual(['sync'])
})
