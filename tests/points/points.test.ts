import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { points } from '../../src/shared/points.ts'
import { createPoints } from '../../src/main/points/points.ts'
import { Proposals } from '../../src/main/points/proposals.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { testCore } from '../support/core.ts'

function pointsCore() {
  const core = testCore()
  const handlers = createPoints({
    ...core,
    author: 'studio-1',
    proposals: new Proposals(core.db, core.clock),
    changed: () => {},
  })
  const save = (productId: string, text: string) => {
    core.clock.advance(1_000)
    return handlers['points.save'](points['points.save'].input.parse({ productId, text }))
  }
  const list = (productId: string) => points['points.list'].output.parse(handlers['points.list']({ productId })).items
  const text = (id: string) =>
    core.db.get(core.db.build.selectFrom('products').select('talking_points_md').where('id', '=', id))
  return { ...core, make: catalogue(core), save, list, text }
}

test('saving adds a version, newest first, and makes it the product’s text', async () => {
  const { make, save, list, text } = pointsCore()
  const product = make.product()
  await save(product, '- one')
  const two = await save(product, '- two <script>alert(1)</script> "💍"')
  expect(two).toMatchObject({ productId: product, author: { kind: 'person', name: 'studio-1' } })
  expect(list(product).map((point) => point.text)).toEqual(['- two <script>alert(1)</script> "💍"', '- one'])
  expect(text(product)).toEqual({ talking_points_md: '- two <script>alert(1)</script> "💍"' })
})

test('saving the newest text again adds none and answers it', async () => {
  const { make, save, list, changed } = pointsCore()
  const product = make.product()
  const first = await save(product, '- one')
  changed.length = 0
  expect(await save(product, '- one')).toEqual(first)
  expect(changed).toEqual([])
  await save(product, '- two')
  await save(product, '- one')
  expect(list(product)).toHaveLength(3)
})

test('a text that came by another way becomes a version before it is replaced', async () => {
  const { make, save, list, text, writer } = pointsCore()
  const product = make.product({ talking_points_md: '- imported' })
  await save(product, '- mine')
  expect(list(product).map((point) => [point.text, point.author.name])).toEqual([
    ['- mine', 'studio-1'],
    ['- imported', 'Unknown'],
  ])
  writer.transact((tx) => tx.update('products', product, { talking_points_md: '- edited elsewhere' }))
  await save(product, '- mine')
  expect(list(product).map((point) => point.text)).toEqual(['- mine', '- edited elsewhere', '- mine', '- imported'])
  expect(text(product)).toEqual({ talking_points_md: '- mine' })
})

test('an empty text is a version too', async () => {
  const { make, save, list } = pointsCore()
  const product = make.product()
  await save(product, '- one')
  await save(product, '')
  expect(list(product).map((point) => point.text)).toEqual(['', '- one'])
})

test('versions are kept per product, and an unknown product is not found', () => {
  const { make, save, list } = pointsCore()
  const [a, b] = [make.product(), make.product()]
  void save(a, '- a')
  expect(list(b)).toEqual([])
  expect(() => list(uuid())).toThrow('not in the catalogue')
  expect(() => save(uuid(), 'x')).toThrow('not in the catalogue')
})
