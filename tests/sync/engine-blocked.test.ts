import { describe, expect, test } from 'vitest'
import { errorOf, FakeRemote, gaps, MIN, rig } from './engine-rig.ts'

// What waiting alone does not mend, and how the engine finds that it was mended.

const network = (): Error => errorOf('ECONNREFUSED')

describe('what only a person can mend', () => {
  test.each([
    ['a wrong password', errorOf('28P01'), 'sign-in', 'The database does not accept the user name or the password.'],
    [
      'an unmigrated database',
      errorOf('42883'),
      'not-set-up',
      'The database is not set up for this version of Hudson.',
    ],
    [
      '[F5] a database for a newer Hudson',
      errorOf('HU426'),
      'update',
      'The team database has been updated for a newer Hudson.',
    ],
    ['[I3] the database of another team', errorOf('HU409'), 'other-team', 'This is the database of another team.'],
    ['no rights', errorOf('42501'), 'rights', 'This login may not do what Hudson needs in the database.'],
    [
      'an allowance that is used up',
      errorOf('XX000', 'Your project has exceeded the data transfer quota.'),
      'quota',
      'The database plan has used up its allowance for this month, so the database is switched off.',
    ],
    ['no such database', errorOf('3D000'), 'address', 'The server has no database of this name.'],
  ])(
    '%s blocks: nothing is sent, work goes on, and it comes back by itself when it is mended',
    async (...[, error, blockedBy, words]) => {
      const r = await rig()
      await r.pass(500)
      r.remote.failure = error
      r.edit()
      await r.pass(100)
      expect(r.status()).toMatchObject({ state: 'blocked', blockedBy, breaker: 'closed', pending: 1 })
      expect(r.status().reason).toMatch(
        new RegExp(`^${words.replaceAll('.', '\\.')} .*1 edit waits; nothing is lost\\.$`),
      )
      expect(r.status().nextTryAt).not.toBeNull()
      r.edit()
      expect(r.status().pending).toBe(2)
      expect(await gaps(r, 3 * MIN)).toEqual(Array(2).fill(60_000))
      expect(r.remote.pushed).toEqual([])
      r.remote.failure = null
      await r.pass(61_000)
      expect(r.status()).toMatchObject({ state: 'online', pending: 0 })
      expect(r.status().blockedBy).toBeUndefined()
      expect(r.remote.pushed).toHaveLength(2)
    },
  )

  test('an older database than this app needs blocks too', async () => {
    const r = await rig({ remote: (clock) => Object.assign(new FakeRemote(clock), { schema: 0 }) })
    expect(r.status()).toMatchObject({
      state: 'blocked',
      blockedBy: 'not-set-up',
      schema: { local: 1, remote: null },
    })
    expect(r.status().reason).toContain('Whoever looks after it runs "hudson migrate"')
    await expect(r.now()).rejects.toMatchObject({ code: 'update-required' })
  })

  test.each([
    [errorOf('28P01'), 'unauthorized'],
    [errorOf('HU426'), 'update-required'],
    [errorOf('HU409'), 'conflict'],
    [errorOf('ECONNREFUSED'), 'offline'],
    [errorOf('53300'), 'busy'],
  ])('sync.now rejects with what is wrong: %s', async (error, code) => {
    const r = await rig()
    r.remote.failure = error
    await expect(r.now()).rejects.toMatchObject({ code })
  })
})

describe('a server that does not know us any more', () => {
  test.each(['HU404', 'HU410', 'HU400'])('[I1] %s: hello, once, and on', async (code) => {
    const r = await rig()
    await r.pass(500)
    r.remote.failNext.set('pull', [errorOf(code)])
    r.edit()
    expect(await r.now()).toMatchObject({ state: 'online', pending: 0 })
    expect(r.remote.count('hello')).toBe(2)
  })

  test('[I1] that goes on saying so is a server that answers with errors', async () => {
    const r = await rig()
    await r.pass(500)
    const { pull } = r.remote
    r.remote.pull = () => Promise.reject(errorOf('HU410'))
    await r.pass(20_000)
    expect(r.status()).toMatchObject({ state: 'offline', breaker: 'open' })
    r.remote.pull = pull
    await r.pass(61_000)
    expect(r.status()).toMatchObject({ state: 'online', breaker: 'closed' })
  })
})

describe('sleep and the clock', () => {
  test('after a sleep of the computer connections from before are not used', async () => {
    const r = await rig()
    await r.pass(4_000)
    expect([r.remote.rests, r.remote.ears.length]).toEqual([0, 1])
    const listens = r.remote.listens
    r.jump(8 * 60 * MIN)
    await r.pass(2_000)
    expect(r.remote.rests).toBe(1)
    expect([r.remote.listens, r.remote.ears.length]).toEqual([listens + 1, 1])
  })

  test('the same where the monotonic clock goes on while the computer sleeps, and only its timers do not', async () => {
    const r = await rig()
    await r.pass(4_000)
    const timers = r.clock.after
    const late: (() => void)[] = []
    r.clock.after = (_ms, call) => {
      late.push(call)
      return () => {}
    }
    await r.pass(2_000)
    r.clock.after = timers
    await r.pass(60_000)
    expect(r.remote.rests).toBe(0)
    late.at(-1)?.()
    await r.pass(0)
    expect(r.remote.rests).toBe(1)
  })

  test('a network that changed, or a computer that woke up: at once, over new connections', async () => {
    const r = await rig()
    r.remote.failure = network()
    await r.pass(MIN)
    r.remote.failure = null
    r.sync.reconnect()
    await r.pass(0)
    expect(r.status().state).toBe('online')
    expect(r.remote.rests).toBe(1)
  })

  test('[F7] a clock that is off is told of, and told otherwise once it is set right', async () => {
    const r = await rig({ remote: (clock) => Object.assign(new FakeRemote(clock), { skewMs: 7 * MIN }) })
    expect(r.status()).toMatchObject({
      clockSkewMs: 7 * MIN,
      warnings: ["This computer's clock is 7 min behind. Set it right: times that others see are off."],
    })
    r.remote.skewMs = 0
    r.jump(7 * MIN)
    await r.pass(2_000)
    expect(r.status().warnings).toEqual([])
    expect(Math.abs(r.status().clockSkewMs ?? 1_000)).toBeLessThan(200)
    r.remote.skewMs = -6 * MIN
    r.jump(6 * MIN)
    await r.pass(2_000)
    expect(r.status().warnings).toEqual([
      "This computer's clock is 6 min ahead. Set it right: times that others see are off.",
    ])
    r.remote.skewMs = -5 * MIN
    r.jump(-MIN)
    await r.pass(2_000)
    expect(r.status().warnings).toEqual([])
  })
})

describe('a queue that does not move', () => {
  test('[F4] is an alarm after 60 s, as long as the team can be reached', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.confirms = false
    r.edit()
    r.edit()
    await r.pass(55_000)
    expect(r.status().warnings).toEqual([])
    r.changed.length = 0
    await r.pass(10_000)
    expect(r.status().warnings).toEqual([
      '2 edits wait, and the oldest has not moved for 1 min although the team can be reached. Look at Diagnostics.',
    ])
    expect(r.status().stuck).toBe(true)
    expect(r.changed).toEqual(['sync'])
    r.remote.confirms = true
    await r.pass(2_000)
    expect(r.status()).toMatchObject({ pending: 0, stuck: false, warnings: [] })
  })

  test('[F4] the time without a network does not count', async () => {
    const r = await rig()
    await r.pass(500)
    r.remote.confirms = false
    r.edit()
    await r.pass(50_000)
    r.remote.failure = network()
    await r.pass(30_000)
    r.remote.failure = null
    await r.pass(30_000)
    expect(r.status()).toMatchObject({ state: 'online', pending: 1, warnings: [] })
  })
})
