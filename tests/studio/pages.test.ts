import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import { openStudio } from './open-studio.ts'
import type { OpenStudio } from './open-studio.ts'

const cookieOf = ({ studio }: OpenStudio): { cookie: string } => ({ cookie: `hudson-${studio.port}=${studio.token}` })
const metaToken = (html: string): string | undefined => /<meta name="hudson-token" content="([^"]*)">/.exec(html)?.[1]

test('the printed link sets the cookie and leads on to the address without the token', async () => {
  await using one = await openStudio()
  const { pathname, search } = new URL(one.studio.url)
  const { status, headers } = await one.send(pathname + search)
  expect([status, headers.location]).toEqual([303, '/'])
  const [cookie] = headers['set-cookie'] ?? []
  expect(cookie).toBe(`hudson-${one.studio.port}=${one.studio.token}; HttpOnly; SameSite=Strict; Path=/`)
})

test('the rest of the address is kept', async () => {
  await using one = await openStudio()
  const { headers } = await one.send(`/products?search=a%26b&token=${one.studio.token}`)
  expect(headers.location).toBe('/products?search=a%26b')
})

test.each([
  '/',
  '/sessions',
  `/sessions/${uuid()}`,
  `/sessions/${uuid()}/show`,
  '/products',
  '/conflicts',
  '/settings',
  '/welcome',
  `/host/${uuid()}`,
])('with the cookie %s is the app, with the token in it, never stored', async (path) => {
  await using one = await openStudio()
  const { status, text, headers } = await one.send(path, { headers: cookieOf(one) })
  expect([status, metaToken(text)]).toEqual([200, one.studio.token])
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
})

test.each(['', '?token=', '?token=wrong', '?token=hudd_x.y'])(
  'without a valid token a page only says what to do: "%s"',
  async (query) => {
    await using one = await openStudio()
    const { status, text, headers } = await one.send(`/${query}`)
    expect(status).toBe(401)
    expect(text).toContain('This page needs a link from Hudson')
    expect(text).not.toContain('<script')
    expect(headers['set-cookie']).toBeUndefined()
  },
)

test.each([
  '/nothing',
  '/sessions/../secret.js',
  '/../secret.js',
  '/assets/../../secret.js',
  '/assets/..%2f..%2fsecret.js',
  '/%2e%2e/secret.js',
  '/assets/%00main-1a2b.js',
  '//evil.example/',
  '/index.html',
  '/host/not-an-id',
  '/dev',
  '/constructor',
])('there is nothing at %s', async (path) => {
  await using one = await openStudio()
  expect((await one.send(path, { headers: cookieOf(one) })).status).toBe(404)
})

test('the page for developers is there in development only', async () => {
  await using one = await openStudio({ development: true })
  expect((await one.send('/dev', { headers: cookieOf(one) })).status).toBe(200)
})

test('files whose names carry a hash are kept for ever, and asked for once', async () => {
  await using one = await openStudio()
  const { status, headers, text } = await one.send('/assets/main-1a2b.js')
  expect([status, text, headers['content-type']]).toEqual([200, 'export {}', 'text/javascript; charset=utf-8'])
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const again = await one.send('/assets/main-1a2b.js', { headers: { 'if-none-match': String(headers.etag) } })
  expect([again.status, again.text]).toEqual([304, ''])
})

test('HEAD answers as GET does, without the body', async () => {
  await using one = await openStudio()
  const { status, text, headers } = await one.send('/assets/main-1a2b.js', { method: 'HEAD' })
  expect([status, text, headers['content-length']]).toEqual([200, '', '9'])
})
