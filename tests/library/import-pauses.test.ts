import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { csv, testLibrary } from './support.ts'

const PRODUCTS = 250

/** More products than are planned at once. */
function shop(suffix: string): string {
  return csv(...Array.from({ length: PRODUCTS }, (_, n) => `p${n},Product ${n}${suffix},,V,,true,,,,${n + 1}.00,,,,,`))
}

test('what a person writes while an import is planned is never overwritten, whenever they do', async () => {
  for (let turn = 0; turn < 12; turn += 1) {
    const { call, importText } = testLibrary()
    await importText(shop(''))
    const [first] = (await call('products.list', { search: 'Product 0' })).items
    const importing = importText(shop(' new'))
    for (let passed = 0; passed < turn; passed += 1) await setImmediate()
    await call('products.update', { id: first?.id ?? '', patch: { name: 'By hand' } })
    await importing
    const after = await call('products.get', { id: first?.id ?? '' })
    expect(after, `edited at turn ${turn}`).toMatchObject({ name: 'By hand', overridden: ['name'] })
  }
})

test('an import ends though the catalogue never rests', async () => {
  const { call, importText } = testLibrary()
  await importText(shop(''))
  const [first] = (await call('products.list', { search: 'Product 7' })).items
  const state = { done: false }
  const importing = importText(shop(' new')).finally(() => (state.done = true))
  for (let edit = 0; !state.done; edit += 1) {
    await call('products.update', { id: first?.id ?? '', patch: { talkingPointsMd: `- ${edit}` } })
    await setImmediate()
  }
  expect(await importing).toMatchObject({ updated: PRODUCTS })
})

test('others have their turn while an import is read and planned', async () => {
  const { importText } = testLibrary()
  await importText(shop(''))
  let turns = 0
  const state = { done: false }
  const importing = importText(shop('')).finally(() => (state.done = true))
  for (; !state.done; turns += 1) await setImmediate()
  expect(await importing).toMatchObject({ unchanged: PRODUCTS })
  expect(turns).toBeGreaterThan(PRODUCTS / 100)
})
