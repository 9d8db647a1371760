import { expect, test } from 'vitest'
import type { Place } from '#shared/presence.ts'
import { Events } from '../../src/main/events.ts'
import { silentLog } from '../../src/main/log.ts'
import { People } from '../../src/main/presence/presence.ts'
import type { Meeting, OtherDesktop } from '../../src/main/team.ts'
import { FakeClock } from '../support/core.ts'

const item = '019ab000-0000-7000-8000-000000000001'
const session = '019ab000-0000-7000-8000-000000000002'
const at = (over: Partial<Place> = {}): Place => ({
  entity: 'session_products',
  id: item,
  sessionId: session,
  editing: true,
  ...over,
})

class FakeTeam implements Meeting {
  reachable = true
  fails = false
  others: OtherDesktop[] = []
  readonly heard: unknown[][] = []

  canMeet(): boolean {
    return this.reachable
  }

  meet(places: readonly unknown[]): Promise<readonly OtherDesktop[]> {
    this.heard.push([...places])
    return this.fails ? Promise.reject(new Error('gone')) : Promise.resolve(this.others)
  }
}

function open() {
  const clock = new FakeClock()
  const team = new FakeTeam()
  const events = new Events(() => {})
  const changed: string[] = []
  events.on('changed', ({ feature }) => changed.push(feature))
  const people = new People({ team, clock, events, log: silentLog })
  const note = (places: Place[], page = 'a'): void => void people.handlers['presence.note']({ page, places })
  /** Lets the time pass in which nobody tells anything again. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500)
      // The answer of the team, and what follows it.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    }
  }
  const list = async () => (await people.handlers['presence.list']({})).items
  return { people, team, changed, note, pass, list }
}

test('what is before a person here is told once for all pages, and the others are shown', async () => {
  const { team, note, pass, list, changed } = open()
  team.others = [{ device: 'Anna', places: [at()] }]
  note([at({ editing: false })], 'a')
  note([at()], 'b')
  await pass(500)
  expect(team.heard).toEqual([[at()]])
  expect(await list()).toEqual([{ ...at(), device: 'Anna' }])
  expect(changed).toEqual(['presence'])
})

test('while somebody is there the team is asked every 5 s; pages hear of what changed only', async () => {
  const { team, note, pass, changed } = open()
  team.others = [{ device: 'Anna', places: [at()] }]
  note([at()])
  await pass(20_500)
  expect(team.heard.length).toBe(5)
  expect(changed).toEqual(['presence'])
  team.others = []
  await pass(5_000)
  expect(changed).toEqual(['presence', 'presence'])
})

test('who leaves says so, and then nothing is asked any more: the database can sleep', async () => {
  const { team, note, pass, list } = open()
  team.others = [{ device: 'Anna', places: [at()] }]
  note([at()])
  await pass(500)
  note([])
  await pass(500)
  expect(team.heard).toEqual([[at()], []])
  expect(await list()).toEqual([])
  await pass(120_000)
  expect(team.heard.length).toBe(2)
})

test('a page that does not tell again is forgotten after 45 s', async () => {
  const { team, note, pass } = open()
  note([at()])
  await pass(60_000)
  expect(team.heard.at(-1)).toEqual([])
  const asked = team.heard.length
  await pass(60_000)
  expect(team.heard.length).toBe(asked)
})

test('where the team cannot be asked nobody is shown, nothing fails, and it is left alone for a while', async () => {
  const { team, note, pass, list } = open()
  team.others = [{ device: 'Anna', places: [at()] }]
  note([at()])
  await pass(500)
  team.fails = true
  await pass(5_000)
  expect(await list()).toEqual([])
  const asked = team.heard.length
  await pass(25_000)
  expect(team.heard.length).toBe(asked)
  team.fails = false
  note([at()])
  await pass(10_000)
  expect(await list()).toHaveLength(1)

  team.reachable = false
  await pass(5_000)
  expect(await list()).toEqual([])
})

test('what another version tells that does not fit is left out', async () => {
  const { team, note, pass, list } = open()
  team.others = [{ device: 'Anna', places: [{ entity: 'moon', id: item }, 7, at({ editing: false })] }]
  note([at()])
  await pass(500)
  expect(await list()).toEqual([{ ...at({ editing: false }), device: 'Anna' }])
})
