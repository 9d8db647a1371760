import { describe, expect, test } from 'vitest'
import { errorOf, gaps, MIN, rig } from './engine-rig.ts'

// What people ask of the engine: now, not now, and to end.

const network = (): Error => errorOf('ECONNREFUSED')

describe('sync.now', () => {
  test('resolves after one full push and pull, also through a back-off', async () => {
    const r = await rig()
    r.remote.failure = network()
    await r.pass(30_000)
    r.edit()
    r.remote.failure = null
    const status = await r.now()
    expect(status).toMatchObject({ state: 'online', pending: 0 })
    expect(status.lastPushAt).toBe(r.clock.now())
    expect(status.lastPullAt).toBe(r.clock.now())
  })

  test('asked for while an exchange runs, it waits for one of its own', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.hangs = true
    await r.pass(2_000)
    const pulls = r.remote.count('pull')
    const asked = r.now()
    r.remote.hangs = false
    r.remote.fail(network())
    r.edit()
    await r.pass(0)
    expect(await asked).toMatchObject({ state: 'online', pending: 0 })
    expect(r.remote.count('pull')).toBe(pulls + 1)
  })

  test('several at once are one', async () => {
    const r = await rig()
    await r.pass(500)
    const before = r.remote.count()
    const asked = [r.sync.now(), r.sync.now(), r.sync.now()]
    await r.pass(0)
    await Promise.all(asked)
    expect(r.remote.count()).toBe(before + 1)
  })

  test('does not stop at a listener that breaks', async () => {
    const r = await rig()
    r.changed.push = () => {
      throw new Error('a page broke')
    }
    r.edit()
    expect(await r.now()).toMatchObject({ state: 'online', pending: 0 })
  })
})

describe('pause', () => {
  test('nothing is asked or sent, over a restart too; what is written waits, and is marked as written apart', async () => {
    const r = await rig()
    await r.pass(500)
    await r.sync.handlers['sync.pause']({})
    r.edit()
    await r.sync.handlers['sync.focus']({})
    r.sync.noteCall()
    r.sync.reconnect()
    expect(await gaps(r, MIN)).toEqual([])
    expect(r.remote.ears).toHaveLength(0)
    expect(r.status()).toMatchObject({
      state: 'paused',
      pending: 1,
      reason: 'Paused on this computer. 1 edit waits until you resume; nothing is lost.',
    })
    const before = r.remote.count()
    r.remote.disposed = false
    await r.restart()
    await r.pass(MIN)
    expect(r.remote.count()).toBe(before)
    expect(r.status().state).toBe('paused')
    await r.sync.handlers['sync.resume']({})
    await r.pass(0)
    expect(r.status()).toMatchObject({ state: 'online', pending: 0 })
    expect(r.remote.pushed[0]?.offline).toBe(true)
  })

  test('sync.now works while it is paused, once', async () => {
    const r = await rig()
    await r.pass(500)
    await r.sync.handlers['sync.pause']({})
    r.edit()
    expect(await r.now()).toMatchObject({ state: 'paused', pending: 0 })
    const before = r.remote.count()
    r.edit()
    await r.pass(MIN)
    expect(r.remote.count()).toBe(before)
    expect(r.remote.ears).toHaveLength(0)
  })

  test('in the middle of an exchange: that one ends, none follows', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.hangs = true
    await r.pass(2_000)
    await r.sync.handlers['sync.pause']({})
    r.remote.hangs = false
    r.remote.fail()
    const before = r.remote.count()
    await r.pass(MIN)
    expect(r.remote.count()).toBe(before)
    expect(r.status().state).toBe('paused')
  })
})

describe('closing', () => {
  test('while a call hangs: it ends, nothing is left, and nothing more is asked', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.hangs = true
    await r.pass(2_000)
    const asked = r.sync.now()
    const outcome = asked.then(
      () => 'resolved',
      () => 'rejected',
    )
    await r.sync[Symbol.asyncDispose]()
    expect(await outcome).toBe('rejected')
    const before = r.remote.count()
    r.remote.hangs = false
    await r.pass(MIN)
    expect(r.remote.count()).toBe(before)
    expect(r.remote.ears).toHaveLength(0)
    await expect(r.sync.now()).rejects.toThrow('Hudson is closing')
  })
})
