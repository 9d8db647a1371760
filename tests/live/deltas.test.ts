import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import type { LiveState } from '#shared/live.ts'
import { acts } from './random-acts.ts'
import { follow, settle, studio } from './support.ts'
import type { Studio } from './support.ts'

/** A command that is refused must leave everything as it was, so refusals are part of the game. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

/** A studio whose products stay when their items go, so that any of the first five can be edited at any time. */
function busyStudio(): Studio {
  const made = studio(5)
  const products = [1, 2, 3, 4, 5].map((place) => made.product(place))
  for (const position of [1, 2, 3])
    for (const id of products.slice(0, 3)) made.make.image(id, { position, file: `${position}.png` })
  return { ...made, product: (place) => products[place - 1] ?? made.product(place) }
}

/** What a display paints: its last state, with the clocks counted on since then. */
function counted(state: LiveState, ms: number): LiveState {
  return {
    ...state,
    showElapsedMs: state.showElapsedMs + (state.startedAt === null ? 0 : ms),
    messageElapsedMs: state.messageElapsedMs + (state.message === null ? 0 : ms),
    timer: { ...state.timer, elapsedMs: state.timer.elapsedMs + (state.timer.running ? ms : 0) },
  }
}

test('whoever applies the deltas has the state, after any commands in any order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(acts, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 60 }),
      async (steps) => {
        const made = busyStudio()
        const other = made.make.session({ name: 'Other' })
        made.make.item(other, made.product(1), { order_key: 'a0' })
        const clients = [made.sessionId, other].map((id) => ({ id, ...watch(made, id) }))
        for (const [step, pause, inOther] of steps) {
          attempt(() => step(made, inOther ? other : made.sessionId))
          if (pause) await settle()
        }
        await settle()
        for (const { id, painted } of clients) {
          const shown = painted()
          const { seq, ...state } = made.call('live.state', { sessionId: id })
          expect(shown).toEqual({ seq, state })
        }
      },
    ),
    { numRuns: 100 },
  )
})

test('a restart after any commands loses nothing', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 1, maxLength: 40 }), (steps) => {
      const made = busyStudio()
      for (const step of steps) attempt(() => step(made, made.sessionId))
      const before = made.call('live.state', { sessionId: made.sessionId })
      made.restart()
      const after = made.call('live.state', { sessionId: made.sessionId })
      expect({ ...after, seq: before.seq, displays: before.displays }).toEqual(before)
    }),
    { numRuns: 60 },
  )
})

function watch(made: Studio, sessionId: string) {
  const client = follow(made, sessionId)
  let heardAt = made.clock.elapsed()
  made.events.on('live', (event) => {
    if (event.sessionId === sessionId) heardAt = made.clock.elapsed()
  })
  return {
    painted: () => ({ seq: client.seq, state: counted(client.state, made.clock.elapsed() - heardAt) }),
  }
}

test('a jump tells what a jump changes, and nothing of the line-up', () => {
  const made = studio()
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  const client = follow(made, made.sessionId)
  made.clock.advance(1)
  made.call('live.goto', { sessionId: made.sessionId, number: 3 })
  expect(client.deltas).toHaveLength(1)
  expect(client.deltas[0]?.toSorted()).toEqual(
    [
      'itemId',
      'number',
      'card',
      'next',
      'position',
      'itemStartedAt',
      'showElapsedMs',
      'messageElapsedMs',
      'timer',
    ].toSorted(),
  )
})

test('a command that changes nothing is not announced', () => {
  const made = studio()
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  const client = follow(made, made.sessionId)
  made.call('live.previous', { sessionId: made.sessionId })
  made.call('live.clearMessage', { sessionId: made.sessionId })
  attempt(() => made.call('live.goto', { sessionId: made.sessionId, number: 99 }))
  expect(client.deltas).toEqual([])
})

test('changes of the line-up and the settings reach the followers of a draft, several of one write at once', async () => {
  const made = studio()
  const client = follow(made, made.sessionId)
  made.writer.transact((tx) => {
    tx.remove('session_products', made.item(1))
    tx.update('sessions', made.sessionId, { name: 'Saturday', code: 'NEW' })
  })
  await settle()
  expect(client.deltas).toHaveLength(1)
  expect(client.state).toMatchObject({ sessionName: 'Saturday', code: 'NEW', total: 4 })
  made.settings.update({ host: { layout: 'points' } })
  await settle()
  expect(client.state.host.layout).toBe('points')
  made.settings.update({ language: 'de' })
  await settle()
  expect(client.state.language).toBe('de')
})

test('a change in the middle of a write is told only after its commit', async () => {
  const made = studio()
  const client = follow(made, made.sessionId)
  expect(() =>
    made.writer.transact((tx) => {
      tx.update('sessions', made.sessionId, { name: 'Never' })
      throw new Error('half way')
    }),
  ).toThrow('half way')
  await settle()
  expect(client.deltas).toEqual([])
})

test('where a session is deleted, its displays go dark; undone, they are back', async () => {
  const made = studio(2)
  const { call, sessionId, history } = made
  call('live.start', { sessionId, mode: 'rehearsal' })
  const client = follow(made, sessionId)
  const { undoId } = history.transact('sessions', 'Delete', (tx) => {
    for (const id of made.items) tx.remove('session_products', id)
    tx.remove('session_states', sessionId)
    tx.remove('sessions', sessionId)
  })
  await settle()
  expect(client.state).toMatchObject({ mode: 'off', itemId: null, card: null, lineup: [] })
  history.undo('sessions', undoId)
  await settle()
  expect(client.state).toMatchObject({ mode: 'rehearsal', itemId: made.item(1), total: 2 })
  const { seq, ...state } = call('live.state', { sessionId })
  expect({ seq: client.seq, state: client.state }).toEqual({ seq, state })
})

test('of sessions without a show, those that were asked for last are kept up to date', async () => {
  const made = studio()
  const followed = Array.from({ length: 20 }, () => {
    const id = made.make.session()
    return follow(made, id)
  })
  const shown = follow(made, made.sessionId)
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  made.settings.update({ host: { mirror: true } })
  await settle()
  expect(followed.slice(-16).every(({ state }) => state.host.mirror)).toBe(true)
  expect(shown.state.host.mirror).toBe(true)
})

test('a closed instance hears nothing any more', async () => {
  const made = studio()
  made.call('live.start', { sessionId: made.sessionId, mode: 'live' })
  made.call('live.message', { sessionId: made.sessionId, text: 'Hi', clearAfterSeconds: 5 })
  const display = { key: 'left', width: 800, height: 600, textPx: 40, fits: true }
  made.call('live.reportDisplay', { sessionId: made.sessionId, ...display })
  made.restart()
  const seqs: number[] = []
  made.events.on('live', ({ seq }) => seqs.push(seq))
  const client = follow(made, made.sessionId)
  made.edit(made.product(2), { name: 'New' })
  await settle()
  made.clock.advance(20_000)
  expect(seqs).toEqual([1, 2])
  expect(client.deltas.map((paths) => paths[0])).toEqual(['lineup', 'message'].map(() => expect.any(String)))
})

test('a show that another desktop drives tells since when that one is out of reach, and stops when the show is driven here', async () => {
  const team: { since: string | null } = { since: null }
  const { call, db, writer, events, sessionId, clock } = studio(3, () => team.since)
  call('live.start', { sessionId, mode: 'live' })
  const state = () => call('live.state', { sessionId }).apartSince
  const heard: unknown[] = []
  events.on('live', ({ patch }) => heard.push(...patch.filter(({ path }) => path === '/apartSince')))
  // Driven here: nothing of it is old, whatever the network does.
  team.since = clock.now()
  expect(state()).toBeNull()
  // The other one moves it, then goes out of reach.
  team.since = null
  writer.accept(() => {
    db.statement('UPDATE session_states SET blank = 1 WHERE id = ?').run(sessionId)
    const after = db.statement('SELECT * FROM session_states WHERE id = ?').get(sessionId) as Record<string, unknown>
    return { value: undefined, changes: [{ entity: 'session_states', id: sessionId, before: after, after }] }
  })
  expect(state()).toBeNull()
  const lost = clock.now()
  team.since = lost
  events.emit('changed', { feature: 'sync' })
  await Promise.resolve()
  expect(heard).toEqual([{ op: 'replace', path: '/apartSince', value: lost }])
  // Said once, however often the status is told.
  events.emit('changed', { feature: 'sync' })
  await Promise.resolve()
  expect(heard).toHaveLength(1)
  // Somebody takes over here.
  call('live.next', { sessionId })
  expect(heard.at(-1)).toEqual({ op: 'replace', path: '/apartSince', value: null })
})
