import { expect, test } from 'vitest'
import { metaPolicy, pagePolicy } from '../../src/main/page-policy.ts'

const directives = (policy: string): ReadonlyMap<string, string> =>
  new Map(
    policy.split('; ').map((one) => {
      const at = one.indexOf(' ')
      return [one.slice(0, at), one.slice(at + 1)] as const
    }),
  )

test('a page may load its own things, and nothing by default', () => {
  expect(Object.fromEntries(directives(pagePolicy()))).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'dompurify',
  })
})

test('the copy in the page says the same, but for what a page cannot say and the channel of any studio port', () => {
  const copy = new Map(directives(metaPolicy()))
  expect(copy.get('connect-src')).toBe("'self' ws://127.0.0.1:* ws://localhost:*")
  copy.set('connect-src', "'self'")
  const whole = new Map(directives(pagePolicy()))
  whole.delete('frame-ancestors')
  expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(whole))
})
