import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sessionsCore } from './support.ts'

const edit = fc.record({
  kind: fc.constantFrom('add', 'move', 'block', 'update', 'override', 'remove', 'session', 'paste' as const),
  a: fc.nat(),
  b: fc.nat(),
  text: fc.constantFrom('Rings', '<b>"x"</b>', '💍', null),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

function run({ call, make }: ReturnType<typeof sessionsCore>, id: string, { kind, a, b, text }: Edit): void {
  const items = call('sessions.get', { id }).items.map((item) => item.id)
  const pick = (at: number) => items[at % items.length] ?? ''
  const place = b % (items.length + 1) === 0 ? null : pick(b)
  if (kind === 'session') {
    call('sessions.update', { id, patch: { name: text ?? `N${a}`, notes: `${b}` } })
  } else if (kind === 'add' || items.length < 3) {
    const productIds = Array.from({ length: 1 + (a % 3) }, () => make.product())
    call('lineup.add', { sessionId: id, productIds, after: place })
  } else if (kind === 'paste') {
    call('lineup.paste', { sessionId: id, text: `${make.product()}\n${make.product()}` })
  } else if (kind === 'move') {
    call('lineup.move', { itemId: pick(a), after: place })
  } else if (kind === 'block') {
    call('lineup.move', { itemIds: [pick(a), pick(a + 1)], after: place, section: text })
  } else if (kind === 'update') {
    call('lineup.update', { itemIds: [pick(a), pick(b)], patch: { section: text, skip: a % 2 === 0, notes: `${b}` } })
  } else if (kind === 'override') {
    call('lineup.update', {
      itemId: pick(a),
      patch: { overrides: { name: text, priceCents: b % 2 === 0 ? b % 10_000 : null } },
    })
  } else call('lineup.remove', { itemIds: a % 4 === 0 ? [pick(a), pick(b)] : [pick(a)] })
}

test('any sixty mixed edits are undone to the start and redone to the end, exactly', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 60, maxLength: 80 }), fc.boolean(), (edits, frozen) => {
      const core = sessionsCore()
      const { id } = core.filled(5)
      const scope = `session:${id}`
      if (frozen) core.goLive(id, { guard: 0 })
      const start = core.snapshot()
      for (const one of edits) run(core, id, one)
      const end = core.snapshot()
      const steps = core.call('history.state', { scope }).undo.length
      for (let step = 0; step < steps; step++) core.call('history.undo', { scope })
      expect(core.snapshot()).toEqual(start)
      for (let step = 0; step < steps; step++) core.call('history.redo', { scope })
      expect(core.snapshot()).toEqual(end)
      expect(core.call('history.state', { scope }).redo).toEqual([])
    }),
    { numRuns: 12 },
  )
})

test('a line-up keeps the order of a plain list over hundreds of moves', () => {
  const core = sessionsCore()
  const { id, items } = core.filled(40)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(39), fc.nat(40)), { minLength: 300, maxLength: 300 }), (moves) => {
      let model = core.call('sessions.get', { id }).items.map((item) => item.id)
      for (const [from, to] of moves) {
        const itemId = items[from] ?? ''
        const rest = model.filter((one) => one !== itemId)
        const at = to % (rest.length + 1)
        core.call('lineup.move', { itemId, after: rest[at - 1] ?? null })
        model = rest.toSpliced(at, 0, itemId)
      }
      expect(core.call('sessions.get', { id }).items.map((item) => item.id)).toEqual(model)
    }),
    { numRuns: 3 },
  )
})

test('a new edit after an undo empties what could be redone', () => {
  const { call, filled } = sessionsCore()
  const { id, items } = filled(3)
  const scope = `session:${id}`
  call('lineup.remove', { itemId: items[0] ?? '' })
  expect(call('history.undo', { scope }).redo).toHaveLength(1)
  call('lineup.move', { itemId: items[2] ?? '', after: null })
  expect(call('history.state', { scope }).redo).toEqual([])
})
