import * as fc from 'fast-check'
import type { Studio } from './support.ts'

const number = fc.integer({ min: 0, max: 8 })
const on = fc.option(fc.boolean(), { nil: undefined })
const text = fc.constantFrom('Hi', '{name} {price}', '{next}', '<b>{session}</b>')

/** Anything that a console, a display, an editor or time may do. */
type Act = (made: Studio, sessionId: string) => void

const act = <T>(values: fc.Arbitrary<T>, run: (value: T) => Act): fc.Arbitrary<Act> =>
  values.map((value) => Object.assign(run(value), { toString: () => `${run.toString()} of ${JSON.stringify(value)}` }))

/** Any of them, with whatever it may be given; some will be refused. */
export const acts: fc.Arbitrary<Act> = fc.oneof(
  act(
    fc.constantFrom('rehearsal' as const, 'live' as const),
    (mode) =>
      ({ call }, sessionId) =>
        void call('live.start', { sessionId, mode }),
  ),
  act(
    fc.constantFrom(
      'live.next',
      'live.previous',
      'live.first',
      'live.last',
      'live.back',
      'live.updateHost',
      'live.clearMessage',
    ),
    (name) =>
      ({ call }, sessionId) =>
        void call(name, { sessionId }),
  ),
  act(
    fc.constant(null),
    () =>
      ({ call }, sessionId) =>
        void call('live.end', { sessionId }),
  ),
  act(
    number,
    (to) =>
      ({ call }, sessionId) =>
        void call('live.goto', { sessionId, number: to }),
  ),
  act(
    number,
    (to) =>
      ({ call }, sessionId) =>
        void call('live.setNext', { sessionId, number: to }),
  ),
  act(
    fc.integer({ min: -3, max: 3 }),
    (step) =>
      ({ call }, sessionId) =>
        void call('live.image', { sessionId, step }),
  ),
  act(
    fc.integer({ min: -3, max: 3 }),
    (step) =>
      ({ call }, sessionId) =>
        void call('live.page', { sessionId, step }),
  ),
  act(
    fc.tuple(fc.constantFrom('live.blank', 'live.notes', 'live.fullImage', 'live.guard'), on),
    ([name, value]) =>
      ({ call }, sessionId) =>
        void call(name, { sessionId, on: value }),
  ),
  act(
    fc.constantFrom('toggle', 'reset', 'adjust'),
    (action) =>
      ({ call }, sessionId) =>
        void call('live.timer', { sessionId, action, seconds: 20 }),
  ),
  act(
    fc.tuple(text, fc.option(fc.integer({ min: 1, max: 9 }))),
    ([value, clearAfterSeconds]) =>
      ({ call }, sessionId) =>
        void call('live.message', { sessionId, text: value, clearAfterSeconds }),
  ),
  act(
    fc.constantFrom('a', 'b'),
    (key) =>
      ({ call }, sessionId) =>
        void call('live.reportDisplay', { sessionId, key, width: 800, height: 600, textPx: 40, fits: true }),
  ),
  act(
    fc.integer({ min: 0, max: 9_000 }),
    (ms) =>
      ({ clock }) =>
        clock.advance(ms),
  ),
  act(number, (place) => (made) => lineupRow(made, place, (id) => made.remove(id))),
  act(
    fc.tuple(number, fc.constantFrom(0 as const, 1 as const)),
    ([place, skip]) =>
      (made) =>
        lineupRow(made, place, (id) => made.editItem(id, { skip })),
  ),
  act(
    fc.tuple(number, fc.integer({ min: 0, max: 9_999 })),
    ([place, key]) =>
      (made) =>
        lineupRow(made, place, (id) => made.editItem(id, { order_key: `a${key}` })),
  ),
  act(fc.integer({ min: 0, max: 99 }), (index) => (made) => void made.add(index)),
  act(
    fc.tuple(number, fc.constantFrom('Red', 'Blue')),
    ([place, name]) =>
      (made) =>
        made.edit(made.product(Math.min(place, 4) + 1), { name }),
  ),
  act(
    fc.boolean(),
    (pushAsTyped) =>
      ({ settings }) =>
        void settings.update({ pushAsTyped }),
  ),
  act(
    fc.boolean(),
    (mirror) =>
      ({ settings }) =>
        void settings.update({ host: { mirror } }),
  ),
)

function lineupRow({ call, sessionId }: Studio, place: number, work: (id: string) => void): void {
  const item = call('live.state', { sessionId }).lineup[place]
  if (item) work(item.itemId)
}
