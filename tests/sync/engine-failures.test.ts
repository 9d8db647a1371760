import { describe, expect, test } from 'vitest'
import { errorOf, FakeRemote, gaps, MIN, rig } from './engine-rig.ts'
import type { Rig } from './engine-rig.ts'

// What the engine does when it fails, and how it comes back.

const server = (): Error => errorOf('XX000', 'internal error')
const network = (): Error => errorOf('ECONNREFUSED')

describe('a missing network', () => {
  test('[F3] is tried again by a timer of its own, without any write, at most 5 s apart while awake', async () => {
    const r = await rig()
    r.remote.failure = network()
    await r.pass(2_000)
    expect(r.status()).toMatchObject({ state: 'offline', breaker: 'closed' })
    const tries = await gaps(r, 60_000)
    expect(tries.length).toBeGreaterThan(10)
    expect(Math.max(...tries)).toBeLessThanOrEqual(5_000)
    r.remote.failure = null
    await r.pass(5_000)
    expect(r.status()).toMatchObject({ state: 'online', nextTryAt: null })
    expect(r.status().reason).toBeUndefined()
  })

  test('[F3] is tried at most 60 s apart while it rests and edits wait, and not at all when it sleeps', async () => {
    const r = await rig()
    await r.pass(2_000)
    r.remote.failure = network()
    const waiting = r.edit()
    await r.pass(3 * MIN)
    const tries = await gaps(r, 20 * MIN)
    expect(Math.max(...tries)).toBe(60_000)
    expect(tries.length).toBeGreaterThan(15)
    r.remote.failure = null
    await r.pass(MIN)
    expect(r.remote.pushed.map(({ rowId }) => rowId)).toEqual([waiting])

    const idle = await rig()
    idle.remote.failure = network()
    await idle.pass(14 * MIN)
    expect(await gaps(idle, 10 * MIN)).toEqual([])
    idle.remote.failure = null
    idle.sync.noteCall()
    await idle.pass(0)
    expect(idle.status().state).toBe('online')
  })

  test('[F3] spreads its tries: full jitter', async () => {
    const dice = { n: 0 }
    const r = await rig({ random: () => [0.1, 0.9, 0.3, 0.5][(dice.n += 1) % 4] ?? 0 })
    r.remote.failure = network()
    const tries = await gaps(r, 60_000)
    expect(new Set(tries.slice(6)).size).toBeGreaterThan(2)
    expect(Math.min(...tries.slice(6))).toBeLessThan(1_000)
  })

  test('[F3] never opens the breaker', async () => {
    const r = await rig()
    r.remote.failure = network()
    await r.pass(10 * MIN)
    expect(r.status().breaker).toBe('closed')
  })

  test('[F3] writes do not hurry it, and a person who comes to a page does', async () => {
    const r = await rig()
    r.remote.failure = network()
    await r.pass(30_000)
    const before = r.remote.count()
    for (let n = 0; n < 20; n += 1) {
      r.edit()
      r.goLive(n % 2 === 0 ? 'live' : 'off')
      await r.pass(100)
    }
    expect(r.remote.count() - before).toBeLessThanOrEqual(1)
    await r.sync.handlers['sync.focus']({})
    const then = r.remote.count()
    await r.pass(0)
    expect(r.remote.count()).toBe(then + 1)
  })

  test('it is known within 10 s at the start, in words, and everything else works meanwhile', async () => {
    const r = await rig({ remote: (clock) => Object.assign(new FakeRemote(clock), { hangs: true }) })
    expect(r.status()).toMatchObject({ state: 'offline', reason: "Looking for the team's database." })
    r.edit()
    expect(r.status()).toMatchObject({
      pending: 1,
      reason: "Looking for the team's database. 1 edit waits for the network; nothing is lost.",
    })
    r.remote.fail(errorOf('ETIMEDOUT'))
    await r.pass(0)
    expect(r.status().reason).toBe(
      'The team database cannot be reached. Your work goes on here; edits are kept on this computer and sent later. ' +
        'Check the network. Hudson tries again by itself. 1 edit waits for the network; nothing is lost.',
    )
  })

  test('[R8] what is written while the team is out of reach is marked so, and what waited then too', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.failure = network()
    r.edit()
    await r.pass(100)
    r.edit()
    r.remote.failure = null
    await r.pass(5_000)
    expect(r.remote.pushed.map(({ offline }) => offline)).toEqual([true, true])
    r.edit()
    await r.pass(100)
    expect(r.remote.pushed.at(-1)?.offline).toBe(false)
  })
})

describe('a server that answers with errors', () => {
  const broken = async (): Promise<Rig> => {
    const r = await rig()
    await r.pass(500)
    r.remote.failure = server()
    while (r.status().breaker === 'closed') await r.pass(250)
    return r
  }

  test('[F3] opens the breaker after five in a row: no try for 60 s, then one', async () => {
    const r = await broken()
    const failed = r.remote.calls.slice(-5)
    expect(failed).toHaveLength(5)
    expect(await gaps(r, 59_000)).toEqual([])
    const before = r.remote.count()
    await r.pass(2_000)
    expect(r.remote.count()).toBe(before + 1)
    expect(r.status()).toMatchObject({ state: 'offline', breaker: 'open' })
    // And so on, for as long as it takes.
    expect((await gaps(r, 10 * MIN)).every((gap) => gap >= 60_000 && gap < 62_000)).toBe(true)
  })

  test('[F3] is closed by one success, and the queue drains by itself', async () => {
    const r = await broken()
    r.edit()
    r.remote.failure = null
    await r.pass(61_000)
    expect(r.status()).toMatchObject({ state: 'online', breaker: 'closed', pending: 0 })
    r.remote.failure = server()
    await r.pass(2_000)
    expect(r.status().breaker).toBe('closed')
  })

  test('[F3] four in a row do not open it, and a success begins the count anew', async () => {
    const r = await rig()
    await r.pass(500)
    for (let round = 0; round < 3; round += 1) {
      r.remote.failNext.set('pull', [server(), server(), server(), server()])
      await r.pass(20_000)
      expect(r.status()).toMatchObject({ state: 'online', breaker: 'closed' })
    }
  })

  test('[F3] neither the focus nor calls put its time off, however often they come', async () => {
    const r = await broken()
    r.remote.failure = null
    for (let n = 0; n < 61; n += 1) {
      await r.sync.handlers['sync.focus']({})
      r.sync.noteCall()
      await r.pass(1_000)
    }
    expect(r.status()).toMatchObject({ state: 'online', breaker: 'closed' })
  })

  test('[F3] a wall clock that is set back does not keep it open', async () => {
    const r = await broken()
    r.jump(-60 * MIN)
    r.remote.failure = null
    await r.pass(62_000)
    expect(r.status()).toMatchObject({ state: 'online', breaker: 'closed' })
  })

  test('[F3] sync.now goes through it, and closes it', async () => {
    const r = await broken()
    r.remote.failure = null
    expect(await r.now()).toMatchObject({ state: 'online', breaker: 'closed' })
    await r.pass(10_000)
    expect(r.remote.calls.at(-1)?.at).toBeGreaterThan(r.clock.elapsed() - 2_500)
  })

  test('[F3] sync.now that fails leaves it open, for as long as it was', async () => {
    const r = await broken()
    await r.pass(50_000)
    await expect(r.now()).rejects.toMatchObject({ code: 'offline' })
    expect(r.status().breaker).toBe('open')
    r.remote.failure = null
    await r.pass(12_000)
    expect(r.status().breaker).toBe('closed')
  })

  test('what this computer could not save is no failure of the server', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.failNext.set('pull', Array(20).fill(errorOf('SQLITE_FULL')))
    await r.pass(10_000)
    expect(r.status()).toMatchObject({ state: 'offline', breaker: 'closed' })
    expect(r.status().reason).toContain('could not be saved on this computer.')
    await r.pass(60_000)
    expect(r.status().state).toBe('online')
  })

  test('[P4] a verdict is no failure', async () => {
    const r = await rig()
    await r.pass(500)
    const { push } = r.remote
    r.remote.push = async (...args) => ({
      ...(await push.apply(r.remote, args)),
      verdicts: [{ n: r.remote.lastMutationId, v: 'rejected' } as never],
    })
    for (let n = 0; n < 8; n += 1) {
      r.edit()
      await r.pass(100)
    }
    expect(r.status()).toMatchObject({ state: 'online', breaker: 'closed', pending: 0 })
  })
})
