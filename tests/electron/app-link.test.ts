import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkIn, planAppLink } from '../../src/main/electron/links.ts'

const id = '019aa000-0000-7000-8000-000000000001'

describe('a link of the system', () => {
  test.each([
    [`hudson://session/${id}`, `/sessions/${id}`],
    [`hudson://session/${id}/`, `/sessions/${id}`],
    [`hudson://session/${id.toUpperCase()}`, `/sessions/${id}`],
    [`hudson://product/${id}`, `/products/${id}`],
  ])('%s opens %s', (link, path) => expect(planAppLink(link)).toBe(path))

  test.each([
    'hudson://',
    'hudson://session/',
    `hudson://session/${id}/producer`,
    `hudson://session/..%2f..%2f${id}`,
    `hudson://session/${id}?next=/settings`,
    `hudson://session/${id}#x`,
    `hudson://user:word@session/${id}`,
    `hudson://session:80/${id}`,
    `hudson:session/${id}`,
    `hudson:///session/${id}`,
    `hudson://live.start/${id}`,
    `hudson://secrets.set/${id}`,
    `https://session/${id}`,
    `javascript://session/${id}`,
    `hudson://session/${id}${' '.repeat(300)}`,
    `hudson://session/${'0'.repeat(36)}`,
  ])('%s opens nothing', (link) => expect(planAppLink(link)).toBeNull())

  test('whatever is written in it, it opens a session, a product, or nothing', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((text) => `hudson://session/${text}`),
    )
    fc.assert(
      fc.property(anything, (link) => {
        expect(planAppLink(link) ?? `/sessions/${id}`).toMatch(/^\/(sessions|products)\/[0-9a-f-]{36}$/)
      }),
    )
  })
  test('is found in a command line among what else stands there', () => {
    expect(linkIn(['/opt/hudson', '--flag', `hudson://session/${id}`])).toBe(`hudson://session/${id}`)
    expect(linkIn(['/opt/hudson', '/home/a/list.csv', '--url=hudson://x'])).toBeNull()
  })
})
